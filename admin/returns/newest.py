"""The versions of returns: all of one, and which of them counts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session

from admin.accounts.hand import Hand
from admin.returns.expected import Expected
from admin.returns.monthly_return import MonthlyReturn
from admin.returns.signed_version import SignedVersion
from admin.returns.version_steps import newest_held
from portal.campaign.return_rule import Period

# Whose return it is, and to whom.
Pair = tuple[str, str]
_Version = TypeVar("_Version", bound=SignedVersion)


def versions_of(session: Session, expected: Expected) -> list[MonthlyReturn]:
    """Every version of one return, newest first."""
    return list(session.scalars(_newest_first(expected)))


def newest_to_change(session: Session, expected: Expected, by: Hand) -> MonthlyReturn | None:
    """The newest version, held until the transaction ends, so that the later of two writers waits;
    None where there is none yet.

    Raises:
        ReturnChanged: it isn't the edition that the writer saw.
    """
    return newest_held(session, expected.unit, _newest_first(expected), by)


def standing_version(versions: Iterable[_Version]) -> _Version | None:
    """The version that counts: the newest that was signed and not sent back."""
    return next((one for one in versions if one.stands), None)


def by_pair(
    session: Session, period: Period, *which: ColumnElement[bool]
) -> dict[Pair, list[MonthlyReturn]]:
    """The versions of a period's returns by whose they are and to whom, newest first."""
    return by_period(session, [period], *which).get(period, {})


def by_period(
    session: Session, periods: Sequence[Period], *which: ColumnElement[bool]
) -> dict[Period, dict[Pair, list[MonthlyReturn]]]:
    """The same of several periods at once."""
    known = {period.last: period for period in periods}
    rows = session.scalars(
        select(MonthlyReturn)
        .where(MonthlyReturn.last.in_(known), *which)
        .order_by(MonthlyReturn.version.desc())
    )
    found: dict[Period, dict[Pair, list[MonthlyReturn]]] = {}
    for row in rows:
        pairs = found.setdefault(known[row.last], {})
        pairs.setdefault((row.unit_code, row.receiver_code), []).append(row)
    return found


def _newest_first(expected: Expected) -> Select[MonthlyReturn]:
    return (
        select(MonthlyReturn)
        .where(
            MonthlyReturn.unit_code == expected.unit,
            MonthlyReturn.receiver_code == expected.receiver,
            MonthlyReturn.last == expected.period.last,
        )
        .order_by(MonthlyReturn.version.desc())
    )
