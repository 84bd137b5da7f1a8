"""Writing the rows of a campaign into the database, touching only what differs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.campaign.policy import Policy
from portal.campaign.responsibility import Responsibility
from portal.campaign.unit import Unit
from portal.foundation import clock
from portal.foundation.database import Base
from portal.loading.bad_campaign import Row
from portal.loading.policy_changes import PolicyChanges
from portal.loading.responsibility_changes import Changes
from portal.published.policy_releasing import put_out_policies


def upsert(session: Session, record: type[Base], rows: Sequence[Row], key: str = "code") -> int:
    """Add the rows that are new under their natural key and change those that differ; nothing is
    deleted. Returns how many were added or changed."""
    kept = {getattr(one, key): one for one in session.scalars(select(record))}
    differing = [(kept[row[key]], row) for row in rows if row[key] in kept]
    differing = [(one, row) for one, row in differing if _differs(one, row.values)]
    _free_names(session, differing)
    for one, row in differing:
        _set(one, row.values)
    added = [row for row in _parents_first(rows, key) if row[key] not in kept]
    session.add_all(record(**row.values) for row in added)
    session.flush()
    return len(differing) + len(added)


def replace(session: Session, record: type[Base], rows: Sequence[Row], by: Any) -> int:
    """Put these rows in the place of all that are there, unless they are the same; `by` is the
    column that keeps their order. Returns how many were added, 1 if some only went away."""
    kept = list(session.scalars(select(record).order_by(by)))
    if len(kept) == len(rows) and not any(
        _differs(one, row.values) for one, row in zip(kept, rows, strict=True)
    ):
        return 0
    for one in kept:
        session.delete(one)
    session.flush()
    session.add_all(record(**row.values) for row in rows)
    session.flush()
    return max(1, len(rows))


def apply(session: Session, changes: Changes, today: date) -> int:
    """Carry out the changes to the responsibilities. Returns how many rows changed."""
    for known, row in changes.amended:
        _set(known, row.values)
    for gone in changes.ended:
        gone.valid_to, gone.ended_at = today - timedelta(days=1), clock.now()
    for never in changes.dropped:
        session.delete(never)
    session.add_all(Responsibility(**row.values) for row in changes.added)
    session.flush()
    return changes.number


def store_policies(session: Session, changes: PolicyChanges) -> int:
    """Carry out the changes to the policy list, each with a dated version. Returns how many
    policies changed."""
    put_out_policies(session, changes.words)
    for code, values in changes.besides.items():
        _set(session.get_one(Policy, code), values)
    session.flush()
    return changes.number


def numbered(rows: Sequence[Row]) -> list[Row]:
    """The same rows, each with its place in the file, by which the record is shown."""
    return [
        Row(row.file, row.line, {**row.values, "position": place})
        for place, row in enumerate(rows, start=1)
    ]


def _differs(one: Base, values: Mapping[str, Any]) -> bool:
    return any(getattr(one, attribute) != value for attribute, value in values.items())


def _set(one: Base, values: Mapping[str, Any]) -> None:
    for attribute, value in values.items():
        setattr(one, attribute, value)


def _free_names(session: Session, differing: Sequence[tuple[Base, Row]]) -> None:
    """Two records that swap their unique names would collide halfway; the codes stand in."""
    for one, row in differing:
        if isinstance(one, Unit) and one.name != row["name"]:
            one.name = one.code
    session.flush()


def _parents_first(rows: Sequence[Row], key: str) -> Iterator[Row]:
    """A row that names a parent comes after it, since the database checks each row as it comes."""
    waiting = {row[key]: row for row in rows}
    while waiting:
        ready = [row for row in waiting.values() if row.values.get("parent_code") not in waiting]
        for row in ready:
            del waiting[row[key]]
        yield from ready
