"""What is written about a problem of the ledger, sealed, sentence by sentence."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.database import Base, UtcMoment, choice


class LedgerTextKind(StrEnum):
    """What a sealed text of the ledger is."""

    WHAT_IS_WRONG = "what_is_wrong"
    LEADER = "leader"
    PERSON = "person"
    MEASURE = "measure"
    MEASURE_PERSON = "measure_person"
    EVIDENCE = "evidence"
    HEADS_WORD = "heads_word"
    REASON = "reason"
    APPROVAL = "approval"
    CARRIED = "carried"
    RESUMED = "resumed"
    UNFOUNDED = "unfounded"
    REOPENED = "reopened"
    CHANGED = "changed"

    @property
    def is_work(self) -> bool:
        """Whether its writer had a hand in what is to be approved, so that he can't approve it."""
        return self not in _OFFICE_WORDS


# What the office says about a problem without having done anything to put it right.
_OFFICE_WORDS = frozenset(
    {
        LedgerTextKind.REASON,
        LedgerTextKind.APPROVAL,
        LedgerTextKind.CARRIED,
        LedgerTextKind.RESUMED,
        LedgerTextKind.UNFOUNDED,
        LedgerTextKind.REOPENED,
        LedgerTextKind.CHANGED,
    }
)


class LedgerText(Base):
    """One sealed text about a problem, or about one of its measures."""

    __tablename__ = "ledger_text"
    __table_args__ = (Index("ix_ledger_text_problem_id_id", "problem_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    problem_id: Mapped[int] = mapped_column(ForeignKey("problem.id"))
    measure_id: Mapped[int | None] = mapped_column(ForeignKey("measure.id"))
    kind: Mapped[LedgerTextKind] = mapped_column(choice(LedgerTextKind))
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    written_at: Mapped[datetime] = mapped_column(UtcMoment)
