"""Putting a list of recipients on the public site, and taking it down with its rows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import delete
from sqlalchemy.orm import Session

from portal.campaign.revision import new_revision
from portal.foundation import clock
from portal.published.appearance import note_gone
from portal.published.discretion import is_hidden
from portal.published.distribution import Distribution, TakenDown
from portal.published.distribution_row import DistributionRow


class NamesOfDiscreet(Exception):
    """A list that may show sums only came with rows."""


def put_out(session: Session, distribution: Distribution, rows: Sequence[DistributionRow]) -> None:
    """Publish a list; kept pages learn of it at once.

    Raises:
        NamesOfDiscreet: it may show sums only.
    """
    if distribution.sums_only and rows:
        raise NamesOfDiscreet(distribution.number)
    session.add(distribution)
    session.flush()
    session.add_all(rows)
    session.flush()
    new_revision(session)


def only_what_is_shown(distribution: Distribution) -> None:
    """Drop sums that are too small to be shown, so that the public side never has them."""
    if distribution.sums_only and is_hidden(distribution.people):
        distribution.people = distribution.amount = None


def take_down(
    session: Session, distribution: Distribution, *, on: date, because: TakenDown
) -> None:
    """Delete a list's rows and sums. What it was about stays as a dated note."""
    rows = DistributionRow.distribution_number == distribution.number
    session.execute(delete(DistributionRow).where(rows))
    distribution.people = distribution.amount = None
    distribution.standard = ""
    distribution.entries = 0
    distribution.taken_down_on, distribution.taken_down_because = on, because
    session.flush()
    note_gone(session, f"/distributions/{distribution.number}", on=on)
    new_revision(session)


def note_erased(distribution: Distribution) -> None:
    """Note that nothing of a list is left in the database's files."""
    distribution.erased_at = clock.now()
