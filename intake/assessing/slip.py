"""A slip (问卷条): a code on paper that is good for one questionnaire."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, Session, mapped_column

from intake.vault.vault import vault_of
from portal.foundation.database import Base

# What the mark of a code is for.
SLIP_CODE = "slip-code"


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


def code_marks(session: Session, code: str) -> tuple[bytes, ...]:
    """What the database may keep of a slip's code, by keys that no backup holds, the newest first.
    The code is nowhere, so that it can't be marked anew when the key is turned."""
    return vault_of(session).marks(SLIP_CODE, code)
