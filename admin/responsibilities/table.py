"""The table of responsibilities as one person has it before him: its rows, the day, the version."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.cases.event import Event
from portal.campaign.book import Book, book
from portal.campaign.campaign import Campaign
from portal.campaign.responsibility import Responsibility
from portal.foundation import clock
from portal.foundation.staff import Staff

_LOADED = "campaign_loaded"
_CHANGES = ("responsibility_added", "responsibility_ended", _LOADED)


class NoSuchRow(LookupError):
    """There is no row of that number."""


@dataclass(frozen=True)
class LastChange:
    """Who changed the table last, and when. No name: the campaign's folder was loaded again."""

    name: str
    at: datetime | None


@dataclass(frozen=True)
class Table:
    """All rows, past and future ones too, on a Shanghai day."""

    book: Book
    today: date

    @classmethod
    def read(cls, session: Session, *, to_change: bool = False) -> Table:
        """The table as it is now. `to_change` holds it, so that the later of two editors sees what
        the earlier did."""
        if to_change:
            session.get(Campaign, 1, with_for_update=True, populate_existing=True)
        return cls(book(session), clock.today())

    @property
    def rows(self) -> tuple[Responsibility, ...]:
        """Every row, the oldest first."""
        return self.book.responsibilities

    def row(self, row_id: int) -> Responsibility:
        """The row of that number.

        Raises:
            NoSuchRow: there is none.
        """
        for row in self.rows:
            if row.id == row_id:
                return row
        raise NoSuchRow(row_id)

    @cached_property
    def version(self) -> str:
        """A word that differs whenever a row does. The campaign's revision would not do: it also
        counts results that were published meanwhile."""
        said = [
            (row.id, row.cell, row.unit_code, row.basis, row.valid_from, row.valid_to)
            for row in self.rows
        ]
        return hashlib.blake2b(repr(said).encode(), digest_size=8).hexdigest()


def names_of(session: Session, rows: Iterable[Responsibility]) -> dict[int, str]:
    """The names of those who added or ended these rows, by staff id."""
    ids = {who for row in rows for who in (row.added_by, row.ended_by) if who is not None}
    if not ids:
        return {}
    found = session.execute(select(Staff.id, Staff.display_name).where(Staff.id.in_(ids)))
    return {row.id: row.display_name for row in found}


def last_change(session: Session) -> LastChange:
    """Who changed the table last. Asked after a change has just been made, so that the search from
    the end of the chain is short."""
    query = (
        select(Event.happened_at, Staff.display_name, Event.name)
        .join(Staff, Staff.id == Event.staff_id, isouter=True)
        .where(Event.name.in_(_CHANGES))
        .order_by(Event.seq.desc())
        .limit(1)
    )
    found = session.execute(query).first()
    if found is None:
        return LastChange("", None)
    at, name, event = found
    return LastChange("" if event == _LOADED else name or "", at)
