"""What came of one row, or of one slip that was sent in, without who it was. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from admin.assessments.entry import Result
from intake.assessing.said import Said


@dataclass(frozen=True)
class Voice:
    """One respondent (受访户), by the code of his street."""

    street: str
    result: Result
    said: Said
    by_slip: bool
    remark: str = ""
