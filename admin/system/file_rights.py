"""Who may read and write the deployment's files: what the doctor says of keys, of folders, and of
two users who share them."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path

from admin.system.finding import Finding
from intake.vault.key_files import left_over
from portal.foundation.settings import Settings

_EVERYBODY, _GROUP, _GROUP_WRITES = 0o007, 0o070, 0o020
# A page waits for this, and what is wrong with one file is wrong with its neighbours.
_MOST_LOOKED_AT = 5_000
_CHECKOUT = Path(__file__).resolve().parents[2]


def rights_findings(settings: Settings, checkout: Path = _CHECKOUT) -> Iterator[Finding]:
    """What is more open than it should be, or closed to the user of the other site."""
    yield from _master_key(settings.master_key_file)
    yield from _shared(settings)
    yield from _open_to_everybody(settings)
    yield from _closed_to_the_other(settings)
    yield from _own_code(checkout)


def _master_key(file: Path) -> Iterator[Finding]:
    """The file, and whatever lies beside it: a copy is as good."""
    for name in left_over(file):
        yield Finding(
            f"{name} was left by a killed command and may hold a key: run `shred -u {name}`.",
            f"写到一半留下的文件里可能有密钥：运行 shred -u {name}",
        )
    for one in _beside(file):
        if _rights(one) & (_EVERYBODY | _GROUP):
            yield Finding(
                f"{one} may be read by others than the staff site's user: run `chmod 0400 {one}`.",
                f"主密钥的文件别的用户也能读：运行 chmod 0400 {one}",
            )
            return


def _beside(file: Path) -> list[Path]:
    """The file first, then what else lies in its folder, as far as one may look."""
    with suppress(OSError):
        others = islice(file.parent.iterdir(), _MOST_LOOKED_AT)
        return [file, *sorted(one for one in others if one.is_file() and one != file)]
    return [file]


def _shared(settings: Settings) -> Iterator[Finding]:
    """The public site reads what lies there; what it could write would no longer be pinned."""
    files = settings.secret_key_file, settings.intake_key_file, settings.shared_dir / "pins.json"
    for file in (settings.shared_dir, *files):
        if _rights(file) & _GROUP_WRITES:
            yield Finding(
                f"{file} may be written by its group: run `chmod g-w {file}`.",
                f"{file} 同组的用户也能改：运行 chmod g-w {file}",
            )


def _open_to_everybody(settings: Settings) -> Iterator[Finding]:
    for path in _looked_at(settings):
        if _rights(path) & _EVERYBODY and not _is_walled(path, settings.data_dir):
            yield Finding(
                f"{path} may be entered or read by everybody: run `chmod -R o= {path}`.",
                f"{path} 谁都能进或者能读：运行 chmod -R o= {path}",
            )
            return


def _is_walled(path: Path, data_dir: Path) -> bool:
    """Whether a folder above it keeps everybody out."""
    above = [one for one in path.parents if one == data_dir or data_dir in one.parents]
    return any(not _rights(one) & _EVERYBODY for one in above)


def _closed_to_the_other(settings: Settings) -> Iterator[Finding]:
    """In a folder that two users share, a file of the one which the other can't read."""
    for folder in (settings.database_dir, settings.files_dir):
        if not _rights(folder) & _GROUP_WRITES:
            continue
        for path in islice(folder.rglob("*"), _MOST_LOOKED_AT):
            wanted = 0o070 if path.is_dir() else 0o060
            if path.exists() and _rights(path) & wanted != wanted:
                yield Finding(
                    f"{path} is closed to one of the two sites: run `deploy/folders` as root.",
                    f"{path} 有一个网站的用户读不了：用 root 运行 deploy/folders",
                )
                return


def _own_code(checkout: Path) -> Iterator[Finding]:
    """Root may write anywhere, so of root nothing is said."""
    if os.geteuid() != 0 and os.access(checkout, os.W_OK):
        yield Finding(
            f"The product may overwrite its own code: give {checkout} to root.",
            f"系统能改自己的程序：把 {checkout} 交给 root",
        )


def _looked_at(settings: Settings) -> Iterator[Path]:
    folders = settings.data_dir, settings.shared_dir, settings.database_dir, settings.files_dir
    yield from folders
    yield from (settings.secret_key_file, settings.intake_key_file)
    for folder in folders[1:]:
        yield from islice(folder.rglob("*"), _MOST_LOOKED_AT)


def _rights(path: Path) -> int:
    """The bits of group and others; none where it isn't there, or was taken away just now."""
    try:
        return stat.S_IMODE(path.stat().st_mode) & 0o077
    except OSError:
        return 0
