"""A change to who is in charge (plan 四(二)): rows that are added and rows that end, proposed as a
whole, checked as a whole, and carried out together or not at all."""

from __future__ import annotations

import hashlib
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from sqlalchemy.orm import Session

from admin.responsibilities.checks import Wrong, wrong_end, wrong_places, wrong_row
from admin.responsibilities.table import Table
from intake.cases.event import record
from portal.campaign.responsibility import Responsibility
from portal.campaign.revision import new_book_revision
from portal.foundation import clock

_ONE_DAY = timedelta(days=1)


class SomebodyWasFaster(Exception):
    """The table was changed since the editor saw it."""


class Refused(ValueError):
    """The change can't be made; `wrong` says what is wrong with which row."""

    def __init__(self, wrong: list[Wrong]) -> None:
        self.wrong = wrong
        super().__init__("; ".join(one.what for one in wrong))


@dataclass(frozen=True)
class Change:
    """What is to change. `added` are rows that no session knows yet; `ended` maps the number of a
    row to the last day on which it shall hold."""

    added: tuple[Responsibility, ...] = ()
    ended: Mapping[int, date] = field(default_factory=dict)

    @property
    def days(self) -> list[date]:
        """The days from which something is different, the first one first."""
        begin = {row.valid_from for row in self.added}
        return sorted(begin | {last + _ONE_DAY for last in self.ended.values()})

    @property
    def digest(self) -> str:
        """A word for exactly this change, by which a form knows what its writer has seen."""
        rows = [
            (row.cell, row.unit_code, row.basis, row.valid_from, row.valid_to) for row in self.added
        ]
        said = repr((rows, sorted(self.ended.items())))
        return hashlib.blake2b(said.encode(), digest_size=8).hexdigest()

    @property
    def bases(self) -> frozenset[str]:
        """What the public would read at once."""
        return frozenset(row.basis for row in self.added)

    def rows_on(self, table: Table, day: date) -> Iterator[Responsibility]:
        """The rows that would be in force on a Shanghai day."""
        for row in table.rows:
            if row.holds_on(day) and day <= self.ended.get(row.id, date.max):
                yield row
        for row in self.added:
            if row.holds_on(day):
                yield row


def ending(row: Responsibility, last_day: date) -> dict[int, date]:
    """The end of a row; one that hasn't begun by then is taken back whole."""
    return {row.id: max(last_day, row.valid_from - _ONE_DAY)}


def replacing(row: Responsibility, unit: str, basis: str, begin: date) -> Change:
    """Another unit in charge of the same from a day on; the row ends on the day before."""
    new = Responsibility(
        policy_code=row.policy_code,
        problem_code=row.problem_code,
        place_code=row.place_code,
        kind=row.kind,
        actor=row.actor,
        unit_code=unit,
        basis=basis,
        valid_from=begin,
        valid_to=row.valid_to,
    )
    return Change(added=(new,), ended=ending(row, begin - _ONE_DAY))


def wrong_with(change: Change, table: Table, repeated: Container[str] = ()) -> list[Wrong]:
    """Everything that keeps a change from being made; nothing where it can be. `repeated`: bases
    that repeat words of a case, which the door has found by comparing them."""
    wrong = [
        one for row in change.added for one in wrong_row(row, table.book, table.today, repeated)
    ]
    for row_id, last_day in change.ended.items():
        wrong += wrong_end(table.row(row_id), last_day, table.today)
    return wrong or list(wrong_places(change.added, table.rows, change.ended, table.book))


def carry_out(session: Session, change: Change, table: Table, *, by: int, seen: str) -> None:
    """Make the change, with an event for each row; every page and book is old at once.

    Cases that are with a unit stay there: an assignment keeps the row that it was made by.

    Raises:
        SomebodyWasFaster: `seen` isn't the table's version any more.
        Refused: something is wrong with it.
    """
    if table.version != seen:
        raise SomebodyWasFaster
    wrong = wrong_with(change, table)
    if wrong:
        raise Refused(wrong)
    now = clock.now()
    for row_id, last_day in change.ended.items():
        row = session.get_one(Responsibility, row_id)
        row.valid_to, row.ended_by, row.ended_at = last_day, by, now
        record(session, "responsibility_ended", by=by, responsibility=row_id)
    for row in change.added:
        row.added_by, row.added_at = by, now
    session.add_all(change.added)
    session.flush()
    for row in change.added:
        record(session, "responsibility_added", by=by, responsibility=row.id)
    new_book_revision(session)
