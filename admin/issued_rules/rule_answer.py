"""Which problems of the ledger a rule answers.

This stands outside the entry's versions: a version that counts on while nothing changes would tell
a reader that the rule answers a problem which he may not know of.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.database import Base, UtcMoment


class RuleAnswer(Base):
    """That a rule answers a problem; who said so and who took it back, when."""

    __tablename__ = "rule_answer"

    id: Mapped[int] = mapped_column(primary_key=True)
    rule_id: Mapped[int] = mapped_column(ForeignKey("issued_rule.id"), index=True)
    problem_id: Mapped[int] = mapped_column(ForeignKey("problem.id"), index=True)
    said_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    said_at: Mapped[datetime] = mapped_column(UtcMoment)
    taken_back_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    taken_back_at: Mapped[datetime | None] = mapped_column(UtcMoment)
