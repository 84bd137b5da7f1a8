"""Whoever keeps account of who reads what is told here that a case was opened, or what was typed
beside cases. Where nobody keeps account, as on the public site and in the worker, nothing
happens."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy.orm import Session

from portal.foundation.database import only_reads

# Under this name a database's sessions carry who is told.
LISTENER = "opened"
# What was opened: a case by its id, a request about one's own information or a mistake on the site
# by its number.
Opened = tuple[str, int | str]
CASE, REQUEST, MISTAKE = "case", "request", "mistake"
Listener = Callable[[Opened], None]


def tell_opened(session: Session, *case_ids: int) -> None:
    """Say that these cases were opened to be read. What an act opens to do its work isn't told: the
    act is an event of its own."""
    if only_reads(session):
        tell_shown(session, *case_ids)


def tell_shown(session: Session, *case_ids: int) -> None:
    """Say the same where an act shows somebody what it opened: that is read as well, and counts
    with all that he reads."""
    for case_id in case_ids:
        _tell(session, (CASE, case_id))


def tell_opened_beside(session: Session, what: str, number: str) -> None:
    """Say that the words of a request or of a mistake, which is about no case, were opened to be
    read; likewise."""
    if only_reads(session):
        tell_shown_beside(session, what, number)


def tell_shown_beside(session: Session, what: str, number: str) -> None:
    """Say the same of what an act shows."""
    _tell(session, (what, number))


def _tell(session: Session, opened: Opened) -> None:
    listener: Listener | None = session.info.get(LISTENER)
    if listener is not None:
        listener(opened)
