"""核对过，没有变化: a person looked at policies and found that they still say what holds."""

from __future__ import annotations

import hashlib
from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.publishing.desk import Publisher, SomebodyWasFaster
from intake.cases.event import record
from portal.campaign.book import Book
from portal.campaign.policy import Policy
from portal.campaign.revision import new_book_revision
from portal.foundation import clock


class NoneChosen(Exception):
    """No policy was chosen."""


def list_version(book: Book) -> str:
    """A word that differs whenever a policy says something else, or another begins to hold."""
    said = [
        (code, len(history.versions), sum(one.waits for one in history.versions))
        for code, history in book.histories.items()
    ]
    return hashlib.blake2b(repr(said).encode(), digest_size=8).hexdigest()


def confirm_unchanged(session: Session, codes: Collection[str], *, by: Publisher, seen: str) -> int:
    """Note that these policies were checked today; returns how many. One person is enough, since
    the public reads nothing else than before. `seen` is the list that he had before him.

    Raises:
        NoneChosen: see there.
        SomebodyWasFaster: some policy says something else by now.
    """
    if list_version(by.book) != seen:
        raise SomebodyWasFaster
    checked = session.scalars(select(Policy).where(Policy.code.in_(codes))).all()
    if not checked:
        raise NoneChosen
    for one in checked:
        one.checked_on = clock.today()
    names = sorted(one.code for one in checked)
    record(session, "policies_checked", by=by.staff_id, policies=names)
    new_book_revision(session)
    return len(checked)
