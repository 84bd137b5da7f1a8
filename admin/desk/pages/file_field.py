"""The field for files that staff send to a reporter."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import request

from admin.accounts.guard import signed_in
from admin.files.file_field import StaffFiles
from intake.enclosing import Enclosed


class FilesToSend(StaffFiles):
    """What was sent can't be taken back, so that its writer looks twice."""

    refusal = "有文件没有收下，还没有送出去。换一个文件，或者不要它了，再按一次"

    def __init__(self, **given: Any) -> None:
        super().__init__("附件（可以没有）", **given)

    def begin_with_enclosed(self, enclosed: Iterable[Enclosed]) -> None:
        """The files that came with an earlier draft."""
        self.begin_with(tuple(one.file for one in enclosed))

    @property
    def _submission(self) -> str:
        """To what the files that the form carries are tied: to who writes, and about which case,
        since one draft is written on several pages."""
        return f"desk|{signed_in().id}|{(request.view_args or {})['number']}"
