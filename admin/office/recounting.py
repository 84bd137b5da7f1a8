"""Counting the dates of all open cases again after the calendar changed, in small steps.

The page does some of it at once, the worker and the command line the rest. Each step is a short
transaction that also notes how far it came, so that it can be broken off anywhere and goes on.
"""

from __future__ import annotations

import math
import time

from sqlalchemy.orm import Session

from intake.cases.recount import Recount
from intake.moved_dates import cases_after, may_move, move_dates, put_moved
from portal.campaign.book import book
from portal.foundation import clock
from portal.foundation.database import Database

_STEP = 200


def finish_recount(database: Database, *, most_seconds: float = math.inf, step: int = _STEP) -> int:
    """Go on counting until nothing is left, or some seconds have passed; at least one step.

    `step` is how many cases are held in memory at a time. Returns how many cases' dates moved.
    """
    began, moved = time.monotonic(), 0
    while (done := _step(database, step)) is not None:
        moved += done
        if time.monotonic() - began >= most_seconds:
            break
    return moved


def is_counting(session: Session) -> bool:
    """Whether some dates may still be those of the calendar before."""
    waiting = session.get(Recount, 1)
    return waiting is not None and not waiting.again


def _step(database: Database, most: int) -> int | None:
    """One step; returns how many cases moved, None where there is nothing to do.

    Which cases move is found while others may write; only those are then held and counted again.
    """
    with database.reading() as session:
        waiting = session.get(Recount, 1)
        if waiting is None or not waiting.is_due(clock.now()):
            return None
        seen, condition = waiting.place, may_move(waiting.from_day)
        cases = cases_after(session, waiting.done_to, condition, most)
        moving = put_moved(session, cases, book(session)) if cases else {}
    with database.writing() as session:
        held = session.get(Recount, 1, with_for_update=True)
        if held is None or held.place != seen:
            return 0  # Somebody else did this step meanwhile, or the calendar changed again.
        if cases:
            held.done_to = cases[-1].id
        else:
            _end_round(session, held)
        return move_dates(session, moving, book(session)) if moving else 0


def _end_round(session: Session, held: Recount) -> None:
    if held.again:
        session.delete(held)
    else:
        held.done_to, held.again = 0, True
