"""Publishing what is promised before a draw, and afterwards the draw, or that it was given up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from portal.campaign.revision import new_revision
from portal.foundation import clock
from portal.published.spot_check_record import SpotCheckRecord, with_digest


class DifferentPromise(Exception):
    """What is to be published isn't what was promised before the draw."""


def put_out_promise(session: Session, number: str, promise: Mapping[str, Any]) -> None:
    """Publish what is promised. Kept pages learn of it at once."""
    kept = with_digest(promise)
    session.add(SpotCheckRecord(number=number, committed_at=clock.now(), kept=kept))
    session.flush()
    new_revision(session)


def put_out_draw(session: Session, number: str, drawn: Mapping[str, Any]) -> str:
    """Publish what came of the draw beside the promise; returns the SHA-256 of the whole record.

    Raises:
        DifferentPromise: it changes what was promised, or the draw stands there already, or that it
            was given up.
    """
    standing = _put_beside(session, number, drawn)
    standing.drawn_at = clock.now()
    session.flush()
    return str(standing.kept["sha256"])


def put_out_giving_up(session: Session, number: str, given_up: Mapping[str, Any]) -> str:
    """Publish beside the promise, which stays, that it was given up and why; returns the SHA-256 of
    the whole record.

    Raises:
        DifferentPromise: it changes what was promised, or was drawn or given up already.
    """
    standing = _put_beside(session, number, given_up)
    session.flush()
    return str(standing.kept["sha256"])


def _put_beside(session: Session, number: str, more: Mapping[str, Any]) -> SpotCheckRecord:
    """Add to what was promised, once. Kept pages learn of it at once."""
    standing = session.get_one(SpotCheckRecord, number, with_for_update=True)
    promised = {name: value for name, value in standing.kept.items() if name != "sha256"}
    is_over = bool(standing.drawn_at or standing.given_up_on)
    if is_over or promised.keys() & more.keys():
        raise DifferentPromise(number)
    standing.kept = with_digest({**promised, **more})
    new_revision(session)
    return standing
