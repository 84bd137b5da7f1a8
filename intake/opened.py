"""Whoever keeps account of who reads what is told here that a case was opened. Where nobody keeps
account, as on the public site and in the worker, nothing happens."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy.orm import Session

from portal.foundation.database import only_reads

# Under this name a database's sessions carry who is told.
LISTENER = "opened"
Listener = Callable[[int], None]


def tell_opened(session: Session, *case_ids: int) -> None:
    """Say that these cases were opened to be read. What an act opens to do its work isn't told: the
    act is an event of its own."""
    if only_reads(session):
        tell_shown(session, *case_ids)


def tell_shown(session: Session, *case_ids: int) -> None:
    """Say the same where an act shows somebody what it opened: that is read as well, and counts
    with all that he reads."""
    listener: Listener | None = session.info.get(LISTENER)
    if listener is not None:
        for case_id in case_ids:
            listener(case_id)
