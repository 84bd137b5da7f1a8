"""Lists of recipients as the desk leaves them behind, for what is told of them elsewhere."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from portal.foundation import clock
from portal.published.distributing import put_out
from portal.published.distribution import Distribution
from portal.published.distribution_row import DistributionRow

# Of one list, more than one page of the public site shows.
NAMES = tuple(f"王*{letter}" for letter in "甲乙丙丁戊己庚辛壬癸") * 6
TODAY = date(2022, 6, 6)


def put_out_list(session: Session, number: str, *, rows: bool = True, **said: Any) -> Distribution:
    """A list of a policy that may name people; whatever isn't said is plausible."""
    fields: dict[str, Any] = {
        "policy_code": "MZ11",
        "place_code": "420103001",
        "paid_from": date(2022, 5, 1),
        "paid_to": date(2022, 5, 31),
        "standard": f"标准{number}",
        "telephone": "027-85000000",
        "sums_only": not rows,
        "columns": ["standard"] if rows else [],
        "entries": len(NAMES) if rows else 0,
        "people": 60,
        "amount": Decimal("6000.50"),
        "shown_from": TODAY,
        "shown_until": TODAY,
        "released_at": clock.now(),
        "sample": False,
        **said,
    }
    one = Distribution(number=number, **fields)
    put_out(session, one, [_row(number, at, name) for at, name in enumerate(NAMES, 1)] * rows)
    return one


def _row(number: str, at: int, name: str) -> DistributionRow:
    return DistributionRow(
        distribution_number=number,
        position=at,
        name=name,
        community_code=None,
        people=1,
        standard=f"{number}-{at}号",
        amount=Decimal(100),
    )
