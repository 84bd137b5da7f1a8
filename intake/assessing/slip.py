"""A slip (问卷条): a code on paper that is good for one questionnaire."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, Session, mapped_column

from intake.vault.vault import vault_of
from portal.foundation.database import Base


class Slip(Base):
    """One slip. It belongs to an assessment and a street, never to a household: which slip was left
    where, nobody writes down. The code itself is nowhere: it is short, and a digest that needs no
    key would be tried out by whoever has a backup. `used_by` is a digest of the form's
    one-time id, by which the same form sent again is known; it leads to no answer."""

    __tablename__ = "assessment_slip"
    __table_args__ = (Index("ix_assessment_slip_assessment_id", "assessment_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessment.id"))
    unit_code: Mapped[str] = mapped_column(ForeignKey("unit.code"))
    code_mark: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    used_by: Mapped[bytes | None] = mapped_column(LargeBinary)


def code_mark(session: Session, code: str) -> bytes:
    """What the database keeps of a slip's code, by a key that no backup holds."""
    return vault_of(session).mark("slip-code", code)
