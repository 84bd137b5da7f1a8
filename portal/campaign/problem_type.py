"""One of the problem types of 三 of the plan, in its own words and in everyday ones."""

from __future__ import annotations

from sqlalchemy import JSON, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.database import Base


class ProblemType(Base):
    """`code` is 1.1 … 3.4; `accuses` marks the breaches of discipline or law (三(三))."""

    __tablename__ = "problem_type"

    code: Mapped[str] = mapped_column(String(10), primary_key=True)
    group: Mapped[str] = mapped_column("problem_group", String(10))
    group_name: Mapped[str] = mapped_column(String(80))
    plan_text: Mapped[str] = mapped_column(String(400))
    plain_text: Mapped[str] = mapped_column(String(200))
    accuses: Mapped[bool]
    keywords: Mapped[list[str]] = mapped_column(JSON)
    position: Mapped[int]
