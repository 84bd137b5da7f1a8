"""Making anew what older keys made, a few at a time: nobody waits long for his turn at writing, and
killed anywhere it goes on where it was, since what is left still bears an older key."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from typing import Any

from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import Session

from admin.keys.bearers import Bearer
from intake.vault.vault import DoesNotOpen
from portal.foundation.database import Database

_AT_ONCE = 100


def renew(
    database: Database, bearers: Sequence[Bearer], ids: Collection[str]
) -> Iterator[tuple[str, int]]:
    """Make anew what keys of these ids made; after each batch yields of which table it was, and how
    many. What doesn't open by its key, because somebody changed it, stays as it is."""
    if not ids:
        return
    for bearer in bearers:
        with database.reading() as session:
            left = bearer.bearing(session, ids)
        for at in range(0, len(left), _AT_ONCE):
            batch = left[at : at + _AT_ONCE]
            with database.writing() as session:
                renewed = sum(_renewed(session, bearer, key) for key in batch)
            if renewed:
                yield bearer.record.__tablename__, renewed


def renew_rest(session: Session, bearers: Sequence[Bearer], ids: Collection[str]) -> int:
    """Make anew at once what little came since, in the turn at writing that destroys the keys.
    Returns how many don't open by them, so that nothing is lost with the keys."""
    return sum(
        not _renewed(session, bearer, key)
        for bearer in bearers
        for key in bearer.bearing(session, ids)
    )


def _renewed(session: Session, bearer: Bearer, key: Any) -> bool:
    """Whether one was made anew; by now it may be gone, or somebody else's work."""
    row = session.get(bearer.record, tuple(key), with_for_update=True)
    if row is not None:
        with suppress(DoesNotOpen, NoResultFound):
            bearer.renew(session, row)
            session.flush()
            return True
    return False
