"""A proposal (报批): what one person asks for and another has to agree to, before it counts."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.campaign.kinds import Kind
from portal.foundation.database import Base, UtcMoment, choice


class What(StrEnum):
    """What is asked for."""

    EXTENSION = "extension"
    DECLINE = "decline"

    @property
    def official(self) -> str:
        """The word on the officers' pages."""
        return {What.EXTENSION: "延期", What.DECLINE: "不予受理"}[self]


class Ground(StrEnum):
    """Why a case may be declined. That it lies outside the campaign's funds or years is none: such
    a case is answered."""

    OTHER_PROCEDURE = "other_procedure"
    PENDING_ABOVE = "pending_above"
    FINAL = "final"
    NOT_GOVERNMENT = "not_government"
    NO_CONTENT = "no_content"

    @property
    def official(self) -> str:
        """The ground in words, with its clause, as the reporter reads it."""
        return _GROUNDS[self]

    def fits(self, kind: Kind) -> bool:
        """Whether a case of this kind may be declined for it: the clauses of the petition rules
        (信访工作条例) are none for a request for information, which has its own answers
        (信息公开条例 36)."""
        return kind is not Kind.DISCLOSURE_REQUEST or self not in _OF_PETITIONS


_GROUNDS = {
    Ground.OTHER_PROCEDURE: "要走诉讼、仲裁、行政复议这些法定的路（《信访工作条例》第三十一条）",
    Ground.PENDING_ABOVE: "同一件事上级机关正在办（《信访工作条例》第十九条）",
    Ground.FINAL: "同一件事已经复核过，没有新的事实（《信访工作条例》第三十六条）",
    Ground.NOT_GOVERNMENT: "不是政府和残联管的事，要找别的单位",
    Ground.NO_CONTENT: "没有写具体的事，也没有办法问清楚",
}
_OF_PETITIONS = frozenset({Ground.OTHER_PROCEDURE, Ground.PENDING_ABOVE, Ground.FINAL})


class Proposal(Base):
    """One proposal of the unit that has the case. Its reason lies sealed in the message of
    `message_id`.

    `days` is how much longer `clock` shall run, in the clock's own unit; `ground` is why the case
    shall be declined. It lapses once the case leaves the unit.
    """

    __tablename__ = "proposal"
    __table_args__ = (Index("ix_proposal_case_id", "case_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"))
    what: Mapped[What] = mapped_column(choice(What))
    unit_code: Mapped[str] = mapped_column(ForeignKey("unit.code"))
    clock: Mapped[str | None] = mapped_column(String(40))
    days: Mapped[int | None]
    ground: Mapped[Ground | None] = mapped_column(choice(Ground))
    message_id: Mapped[int] = mapped_column(ForeignKey("message.id"))
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    made_at: Mapped[datetime] = mapped_column(UtcMoment)
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    decided_at: Mapped[datetime | None] = mapped_column(UtcMoment)
    agreed: Mapped[bool | None]
