"""An answer to a mistake on the site that was corrected: what its writer read until then."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from intake.cases.site_mistake import MistakeOutcome
from portal.foundation.database import Base, UtcMoment, choice


class EarlierAnswer(Base):
    """A wording that stood before the one that stands now. It lies in the mistake's own box."""

    __tablename__ = "earlier_answer"

    id: Mapped[int] = mapped_column(primary_key=True)
    mistake_id: Mapped[int] = mapped_column(ForeignKey("site_mistake.id"), index=True)
    outcome: Mapped[MistakeOutcome] = mapped_column(choice(MistakeOutcome))
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    written_at: Mapped[datetime] = mapped_column(UtcMoment)
