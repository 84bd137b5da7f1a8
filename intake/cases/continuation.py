"""How a case that is still open goes on when the campaign is over (移交、留办): with whom."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.database import Base, UtcMoment, choice


class Way(StrEnum):
    """Whether a case stays with who has it, or somebody else goes on with it."""

    KEPT = "kept"
    HANDED_ON = "handed_on"

    @property
    def official(self) -> str:
        """The word on the officers' pages."""
        return {Way.KEPT: "留办", Way.HANDED_ON: "移交"}[self]


class Continuation(Base):
    """What was decided last about one case. Handed on, it goes on with a unit of the campaign, or
    with a body outside that the campaign's data name (`body_code`). Why, lies sealed with the case;
    neither moves any of its dates."""

    __tablename__ = "continuation"
    __table_args__ = (
        CheckConstraint("unit_code IS NULL OR body_code IS NULL", name="one_target"),
        CheckConstraint(
            "(way = 'kept') = (unit_code IS NULL AND body_code IS NULL)", name="target_if_handed_on"
        ),
    )

    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), primary_key=True)
    way: Mapped[Way] = mapped_column(choice(Way))
    unit_code: Mapped[str | None] = mapped_column(ForeignKey("unit.code"))
    body_code: Mapped[str | None] = mapped_column(String(20))
    decided_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    decided_at: Mapped[datetime] = mapped_column(UtcMoment)
