"""A published list of who received a subsidy (分配结果公示, plan 三(一)5), for a set time.

It is a copy that a second reader released. Names are masked before anything is stored; when the
time is over the rows go for good, and of the list only what it was about stays, with its dates.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import JSON, ColumnElement, ForeignKey, Index, Numeric, String, Text, and_
from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.database import Base, UtcMoment, choice
from portal.published.paid_period import period_words


class TakenDown(StrEnum):
    """Why a list no longer stands: one of a few, since whatever is typed would be published."""

    PERIOD_OVER = "period_over"
    MISTAKE = "mistake"
    OBJECTION = "objection"
    TOO_MUCH = "too_much"

    @property
    def plain(self) -> str:
        """In a citizen's words."""
        return {
            TakenDown.PERIOD_OVER: "公示的日子满了",
            TakenDown.MISTAKE: "名单有错，改好再公布",
            TakenDown.OBJECTION: "有人提出不对，正在查",
            TakenDown.TOO_MUCH: "有不该公布的内容",
        }[self]


class Distribution(Base):
    """One list of one policy in one street. `people` and `amount` (yuan) are its sums; both are
    None where they are too few to be shown, and when it was taken down. `shown_from` and
    `shown_until` are Shanghai days, both included. `columns` names those that its rows fill."""

    __tablename__ = "distribution"
    __table_args__ = (Index("ix_distribution_shown_until", "shown_until"),)

    number: Mapped[str] = mapped_column(String(20), primary_key=True)
    policy_code: Mapped[str] = mapped_column(ForeignKey("policy.code"))
    place_code: Mapped[str] = mapped_column(ForeignKey("place.code"))
    paid_from: Mapped[date]
    paid_to: Mapped[date]
    standard: Mapped[str] = mapped_column(Text)
    telephone: Mapped[str] = mapped_column(String(40))
    sums_only: Mapped[bool]
    columns: Mapped[list[str]] = mapped_column(JSON)
    entries: Mapped[int]
    people: Mapped[int | None]
    amount: Mapped[Decimal | None] = mapped_column(Numeric(14, 2))
    shown_from: Mapped[date]
    shown_until: Mapped[date]
    released_at: Mapped[datetime] = mapped_column(UtcMoment)
    taken_down_on: Mapped[date | None]
    taken_down_because: Mapped[TakenDown | None] = mapped_column(choice(TakenDown))
    # When what was deleted was also wiped from the database's files.
    erased_at: Mapped[datetime | None] = mapped_column(UtcMoment)
    sample: Mapped[bool]

    @property
    def period(self) -> str:
        """For which time it was paid, in words."""
        return period_words(self.paid_from, self.paid_to)

    def stands_on(self, day: date) -> bool:
        """Whether the list may be read on a Shanghai day."""
        return self.taken_down_on is None and self.shown_from <= day <= self.shown_until


def standing_on(day: date) -> ColumnElement[bool]:
    """The condition on the lists that may be read on a Shanghai day."""
    return and_(
        Distribution.taken_down_on.is_(None),
        Distribution.shown_from <= day,
        Distribution.shown_until >= day,
    )
