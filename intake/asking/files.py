"""The field for files: what arrived is kept sealed, and stays with the form however often it is
given back."""

from __future__ import annotations

from typing import Any

from flask import current_app, request
from wtforms.fields import Field

from intake.asking.fields import secret
from intake.attachments.file_type import Refusal
from intake.attachments.stored_file import LeftOut, StoredFile
from intake.attachments.taking import take
from intake.attachments.upload import MOST_BYTES, MOST_FILES, Upload
from intake.attachments.wordings import RECORDING_WARNING
from intake.typed_text import tidy_line

# Hidden fields beside the one for new files: what was kept, and what of it is wanted no more.
KEPT, DROPPED = "kept_file", "dropped_file"
_LONGEST_NAME = 200


class Files(Field):
    """Files of one message. A file that isn't taken is no error of the form: the words count."""

    data: tuple[StoredFile, ...]
    not_taken: tuple[LeftOut, ...]

    def __init__(self, label: str, **given: Any) -> None:
        super().__init__(label, **given)
        self._form = given["_form"]

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        """Take what was kept before and what came now."""
        self.process_errors = []
        self.data, self.not_taken = (), ()
        if formdata:
            self._find_kept(formdata)
            self._take_new()

    @property
    def tokens(self) -> list[tuple[str, StoredFile]]:
        """Each file with what the form carries of it."""
        return [(one.to_token(secret(), self._submission), one) for one in self.data]

    @property
    def warning(self) -> str:
        """What whoever sent a recording has to know; empty where none was taken."""
        return "" if all(one.file_type.is_cleaned for one in self.data) else RECORDING_WARNING

    @property
    def _submission(self) -> str:
        return str(self._form["submission_id"].data)

    def _find_kept(self, formdata: Any) -> None:
        dropped = set(formdata.getlist(DROPPED))
        store = current_app.extensions["files"]
        for token in formdata.getlist(KEPT)[:MOST_FILES]:
            found = StoredFile.from_token(token, secret(), self._submission)
            if found is None or not store.hold(found.stored):
                self.not_taken += (LeftOut(found.name if found else "", Refusal.GONE),)
            elif found.stored not in dropped:
                self.data += (found,)

    def _take_new(self) -> None:
        folder = current_app.extensions["settings"].database_dir
        store = current_app.extensions["files"]
        for sent in request.files.getlist(self.name):
            if not isinstance(sent.stream, Upload):
                continue
            name = tidy_line(sent.filename or "")[-_LONGEST_NAME:]
            taken = self._too_many(sent.stream, name) or take(sent.stream, name, store, folder)
            if isinstance(taken, LeftOut):
                self.not_taken += (taken,)
            else:
                self.data += (taken,)

    def _too_many(self, upload: Upload, name: str) -> LeftOut | None:
        """Together with what was kept, no more than one message may have."""
        size = upload.file.size if upload.file else 0
        if len(self.data) >= MOST_FILES:
            return LeftOut(name, Refusal.TOO_MANY)
        if sum(one.size for one in self.data) + size > MOST_BYTES:
            return LeftOut(name, Refusal.TOO_MUCH)
        return None
