"""That something of a case will be destroyed: it stands on the list of whoever decides about the
case before it is."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from intake.rules.retention import Reason, What
from portal.foundation.database import Base, choice


class DestructionNotice(Base):
    """One notice: what of a case is destroyed, from which Shanghai day, why, and since which day it
    stands on the list. Gone once it was destroyed, or where the case goes on."""

    __tablename__ = "destruction_notice"
    __table_args__ = (Index("ix_destruction_notice_due_on", "due_on", "case_id"),)

    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), primary_key=True)
    what: Mapped[What] = mapped_column(choice(What), primary_key=True)
    reason: Mapped[Reason] = mapped_column(choice(Reason))
    due_on: Mapped[date]
    listed_on: Mapped[date]
