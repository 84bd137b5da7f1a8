"""What an interviewer writes down about a row, as the text that is sealed; and what is sealed in
the place of a reserve that nobody needed. Pure.

All these texts have the same length, and a sealed one tells nobody which of them it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from intake.assessing.questions import Question
from intake.assessing.said import Said, padded, unpadded

# Longer than any entry: its remark has at most 500 characters of at most six bytes each.
ENTRY_BYTES = 4096
# About a reserve nothing was written down.
NOTHING = padded({}, ENTRY_BYTES)


class How(StrEnum):
    """How a respondent (受访户) was asked."""

    PAPER = "paper"
    TELEPHONE = "telephone"
    VISIT = "visit"

    @property
    def official(self) -> str:
        """The word on the staff's pages."""
        return {How.PAPER: "纸质问卷", How.TELEPHONE: "电话", How.VISIT: "入户"}[self]


class Result(StrEnum):
    """What came of it. Who complained before is asked no further, and a reserve is asked in his
    stead; nobody stands in for whoever wasn't reached."""

    ANSWERED = "answered"
    COMPLAINED = "complained"
    SLIP = "slip"
    NOT_REACHED = "not_reached"
    DECLINED = "declined"
    MOVED = "moved"

    @property
    def official(self) -> str:
        """The word on the staff's pages."""
        return {
            Result.ANSWERED: "答了",
            Result.COMPLAINED: "反映过，不再问",
            Result.SLIP: "留了问卷条",
            Result.NOT_REACHED: "没访到",
            Result.DECLINED: "不愿答",
            Result.MOVED: "搬走了",
        }[self]


def filled_up(text: str) -> str:
    """What was sealed, to be sealed anew: entries of earlier days were shorter."""
    return padded(unpadded(text), ENTRY_BYTES)


def without_remark(text: str) -> str:
    """What was sealed, without what its interviewer remarked."""
    plain = unpadded(text)
    return padded({**plain, "remark": ""} if plain else plain, ENTRY_BYTES)


@dataclass(frozen=True)
class Entry:
    """One entry. `tries` is how often it was tried to reach somebody, 1 or more."""

    how: How
    result: Result
    tries: int
    said: Said
    remark: str

    @property
    def text(self) -> str:
        """What is sealed."""
        # Whatever was chosen besides another result isn't kept.
        said = self.said if self.result is Result.ANSWERED else Said(self.said.complained)
        return padded(
            {
                "how": self.how,
                "result": self.result,
                "tries": self.tries,
                "said": said.plain,
                "remark": self.remark,
            },
            ENTRY_BYTES,
        )

    @classmethod
    def of(cls, text: str, questions: Sequence[Question]) -> Entry | None:
        """What was sealed; None where nothing was written down."""
        plain = unpadded(text)
        if not plain:
            return None
        return cls(
            how=How(plain["how"]),
            result=Result(plain["result"]),
            tries=plain["tries"],
            said=Said.of(plain["said"], questions),
            remark=plain["remark"],
        )
