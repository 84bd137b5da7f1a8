"""Withdrawing a result (撤下): at once and by one person, since what says too much can't wait."""

from __future__ import annotations

from sqlalchemy.orm import Session

from admin.publishing.desk import LeaksOpen, NeedsText, Publisher
from admin.publishing.inside import says_too_much
from intake.cases.event import record
from portal.published.releasing import withdraw_result
from portal.published.result import Result


class AlreadyWithdrawn(Exception):
    """Somebody withdrew it before."""


def withdraw(session: Session, result: Result, *, by: Publisher, because: str) -> None:
    """Take a result down; the public reads that it was, when and why. What it said stays sealed at
    the desk. `result` is held by whoever calls.

    Raises:
        NeedsText: no reason is given.
        LeaksOpen: the reason itself says too much.
        AlreadyWithdrawn: see there.
    """
    if result.withdrawn_on:
        raise AlreadyWithdrawn(result.number)
    if not because.strip():
        raise NeedsText
    if says_too_much(because, by.book):
        raise LeaksOpen
    withdraw_result(session, result, because.strip())
    record(session, "result_withdrawn", by=by.staff_id, result=result.number)
