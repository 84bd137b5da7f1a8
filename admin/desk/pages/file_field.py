"""The field for files that staff send to a reporter."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from wtforms.validators import ValidationError

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

    def pre_validate(self, form: Any) -> None:
        """Say that something is missing."""
        if self.not_taken:
            raise ValidationError(
                "有文件没有收下，还没有送出去。换一个文件，或者不要它了，再按一次"
            )
