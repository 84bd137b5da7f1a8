"""The field for files that staff send to a reporter."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import request
from wtforms.validators import ValidationError

from admin.accounts.guard import signed_in
from intake.asking.files import Files
from intake.enclosing import Enclosed


class FilesToSend(Files):
    """What was sent can't be taken back: a file that isn't taken gives the form back, with the
    words and the other files, for a second look."""

    def __init__(self, **given: Any) -> None:
        super().__init__("附件（可以没有）", **given)

    def begin_with(self, enclosed: Iterable[Enclosed]) -> None:
        """The files that came with an earlier draft."""
        self.data = tuple(one.file for one in enclosed)

    @property
    def _submission(self) -> str:
        """To what the files that the form carries are tied: to who writes, and about which case."""
        return f"desk|{signed_in().id}|{(request.view_args or {})['number']}"

    def pre_validate(self, form: Any) -> None:
        """Say that something is missing."""
        if self.not_taken:
            raise ValidationError(
                "有文件没有收下，还没有送出去。换一个文件，或者不要它了，再按一次"
            )
