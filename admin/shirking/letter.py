"""A letter of the office to a unit: a written reminder (提醒函) or a summons to talk (约谈)."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.database import Base, UtcMoment, choice


class LetterKind(StrEnum):
    """What sort of letter it is."""

    REMINDER = "reminder"
    SUMMONS = "summons"

    @property
    def official(self) -> str:
        """Its name."""
        return {"reminder": "提醒函", "summons": "约谈通知"}[self.value]


class LetterState(StrEnum):
    """How far it is."""

    DRAFTED = "drafted"
    DROPPED = "dropped"
    SENT = "sent"
    ANSWERED = "answered"
    CLOSED = "closed"

    @property
    def official(self) -> str:
        """The word on the staff's pages."""
        return {
            "drafted": "等负责人签发",
            "dropped": "不发了",
            "sent": "等单位回复",
            "answered": "单位回复了",
            "closed": "了结",
        }[self.value]


class Letter(Base):
    """One letter. `answer_by` and `talk_on` are Shanghai's days; the second only where somebody is
    summoned. Until it is sent it exists for the office alone; its sentences are sealed to the
    office and the unit."""

    __tablename__ = "letter"
    __table_args__ = (Index("ix_letter_unit_code_state", "unit_code", "state"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(8), unique=True)
    kind: Mapped[LetterKind] = mapped_column(choice(LetterKind))
    unit_code: Mapped[str] = mapped_column(ForeignKey("unit.code"))
    state: Mapped[LetterState] = mapped_column(choice(LetterState))
    answer_by: Mapped[date]
    talk_on: Mapped[date | None]
    drafted_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    drafted_at: Mapped[datetime] = mapped_column(UtcMoment)
    sent_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    sent_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)

    @property
    def label(self) -> str:
        """What ties its compartment to it."""
        return f"letter:{self.key}"

    def is_late(self, today: date) -> bool:
        """Whether the unit's answer is overdue."""
        return self.state is LetterState.SENT and self.answer_by < today


class LetterTextKind(StrEnum):
    """What a text of a letter is."""

    BODY = "body"
    ANSWER = "answer"
    RESULT = "result"

    @property
    def official(self) -> str:
        """What stands above it."""
        return {"body": "办公室写的", "answer": "单位回复", "result": "了结"}[self.value]


class LetterText(Base):
    """One sealed text; the last one of a kind counts."""

    __tablename__ = "letter_text"
    __table_args__ = (Index("ix_letter_text_letter_id_id", "letter_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    letter_id: Mapped[int] = mapped_column(ForeignKey("letter.id"))
    kind: Mapped[LetterTextKind] = mapped_column(choice(LetterTextKind))
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    written_at: Mapped[datetime] = mapped_column(UtcMoment)
