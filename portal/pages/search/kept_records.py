"""What is kept as one record each, months of figures and draws of spot checks: few of both, so that
one query reads them all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import String, cast, literal, null, select, union_all

from portal.foundation.database import remembered
from portal.pages.search.sought import Sought
from portal.published.month_figures import MonthFigures
from portal.published.spot_check_record import SpotCheckRecord

_DRAW, _MONTH = "draw", "month"


@dataclass(frozen=True)
class KeptRecord:
    """One record by its key: the number of a draw, or the first day of a month. `at` is when it was
    promised or changed, `drawn_at` when a draw was drawn (UTC)."""

    key: str
    at: datetime
    drawn_at: datetime | None
    kept: dict[str, Any]


def kept_draws(sought: Sought) -> list[KeptRecord]:
    """Every draw, the newest first; those too that are promised only."""
    found = _records(sought, _DRAW)
    return sorted(found, key=lambda one: (one.at, one.key), reverse=True)


def kept_months(sought: Sought) -> list[KeptRecord]:
    """Every month that stands, the newest first."""
    return sorted(_records(sought, _MONTH), key=lambda one: one.key, reverse=True)


def _records(sought: Sought, sort: str) -> list[KeptRecord]:
    session = sought.session
    rows: Sequence[Any] = remembered(
        session, ("search", "kept records"), lambda: session.execute(_WANTED).all()
    )
    return [KeptRecord(*row[1:]) for row in rows if row[0] == sort]


_WANTED = union_all(
    select(
        literal(_DRAW),
        SpotCheckRecord.number,
        SpotCheckRecord.committed_at,
        SpotCheckRecord.drawn_at,
        SpotCheckRecord.kept,
    ),
    select(
        literal(_MONTH),
        cast(MonthFigures.month, String),
        MonthFigures.changed_at,
        null(),
        MonthFigures.kept,
    ).where(MonthFigures.kept.is_not(None)),
)
