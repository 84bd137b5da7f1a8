"""The files of a case inside a package: under neutral names, since the names in an archive can be
read without its passphrase, with a list of what they were called."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from admin.files.scanned_files import HarmfulFile
from intake.attachments.store import FileIsGone, FileStore
from intake.attachments.stored_file import StoredFile
from intake.correspondence import Letter
from portal.foundation.logs import log_error


def enclosed_files(
    letters: Iterable[Letter], store: FileStore
) -> Iterator[tuple[str, str, bytes | None]]:
    """Each file as (its name in the package, what it was called, what is in it). One that came
    with several messages, a draft's and the reply's, is there once, with all that it was called.
    One that can't be opened any more has nothing in it: the rest goes all the same."""
    enclosed: dict[str, list[StoredFile]] = {}
    for file in (one.file for letter in letters for one in letter.files):
        enclosed.setdefault(file.stored, []).append(file)
    store.expect([(one.stored, one.key, one.size) for one, *_ in enclosed.values()])
    for at, (file, *others) in enumerate(enclosed.values(), 1):
        name = f"附件{at:02d}{file.file_type.suffix}"
        called = "、".join(dict.fromkeys(one.name for one in (file, *others)))
        try:
            yield name, called, store.whole(file.stored, file.key, file.size)
        except FileIsGone as error:
            log_error(error)
            why = "（查出有害）" if isinstance(error, HarmfulFile) else ""
            yield name, called + why, None


def list_of_enclosed(files: Iterable[tuple[str, str, bytes | None]]) -> str:
    """What the files were called, a line each; empty where there are none."""
    lines = [
        f"{name}　{called}" + ("　打不开了，没有放进来" if content is None else "")
        for name, called, content in files
    ]
    return "\n".join(["【附件】", *lines]) if lines else ""
