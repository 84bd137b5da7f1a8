"""The field for files that staff send with what they write."""

from __future__ import annotations

from typing import Any

from flask import request
from wtforms.form import BaseForm
from wtforms.validators import ValidationError

from admin.accounts.guard import signed_in
from intake.asking.files import Files
from intake.attachments.stored_file import StoredFile

# The button that uploads what was chosen, and does nothing else.
MORE_FILES = "more_files"


class StaffFiles(Files):
    """Somebody acts by what he sends, so a file that isn't taken gives the form back, with the
    words and the other files, for a second look. `refusal` says that nothing was done yet."""

    refusal = "有文件没有收下，还没有记。换一个文件，或者不要它了，再按一次"

    def begin_with(self, files: tuple[StoredFile, ...]) -> None:
        """The files that are there already."""
        self.data = files

    @property
    def _submission(self) -> str:
        """To what the files that the form carries are tied: to who writes, and where."""
        return f"staff|{signed_in().id}|{request.path}"

    def pre_validate(self, form: Any) -> None:
        """Say that something is missing."""
        if self.not_taken:
            raise ValidationError(self.refusal)


class EvidenceFiles(StaffFiles):
    """Photographs and papers that prove what is written."""

    def __init__(self, **given: Any) -> None:
        super().__init__("照片、材料（可以没有）", **given)


def comes_back(form: BaseForm) -> int:
    """With which status a form comes back before anything is tried: 200 where its writer wants to
    add files, 422 where something is wrong with it. 0 where it doesn't."""
    if MORE_FILES in request.form:
        return 200
    return 0 if form.validate() else 422
