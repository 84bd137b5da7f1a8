"""Destroying what was typed about a case (销毁): its keys first, then every text that they opened.

The row of the case stays with its codes and dates, and so do its events, milestones, answers in
numbers, and what the ledger says in the office's own words: every figure is the same afterwards.
"""

from __future__ import annotations

from sqlalchemy.orm import Session

from admin.retention import wiping
from intake.cases.case import Case
from intake.cases.event import record
from intake.rules.retention import Reason
from portal.foundation import clock


class NotOver(Exception):
    """The case still goes on: what nobody has answered isn't destroyed."""


def destroy(session: Session, case: Case, *, reason: Reason, by: int | None) -> None:
    """Destroy all that was typed about one case, for good, in the caller's transaction.

    Gone with it: every key of its boxes, whoever held them, those of its referrals and of what
    other units checked; the sealed texts and what opens its files; notices' addresses, marks of
    telephones and the reporter's key; the sender's number of an order. Its code still finds it, and
    finds that it was destroyed.

    It doesn't ask whether it may: that is `admin.retention.standing` for what holds a case, and
    `admin.retention.listing` for its day. Of a message that was split, the whole holds the words
    of every part: destroy all of it (`admin.retention.kinship.family_of`), each by one call. Hold
    the rows before (`intake.family.hold_together`). Once the transaction is committed, the worker
    takes the files away that nothing refers to any more, and wipes the database's own files.

    `by` is the member of staff who decided it, None where the worker goes by the period. Destroyed
    before, it changes nothing.

    Raises:
        NotOver: see there.
    """
    if case.destroyed_on is not None:
        return
    _check_over(case)
    session.flush()
    wiping.wipe_contact(session, case)
    wiping.wipe_words(session, case)
    case.destroyed_on = clock.today()
    case.contact_destroyed_on = case.contact_destroyed_on or case.destroyed_on
    _settle(session, case)
    record(session, "destroyed", case_id=case.id, by=by, reason=reason.value)
    session.flush()


def destroy_contact(session: Session, case: Case, *, reason: Reason, by: int | None) -> None:
    """Destroy how the reporter of one case can be reached, and nothing else of it; likewise.

    Raises:
        NotOver: see there.
    """
    if case.contact_destroyed_on is not None:
        return
    _check_over(case)
    session.flush()
    wiping.wipe_contact(session, case)
    case.contact_destroyed_on = clock.today()
    _settle(session, case)
    record(session, "contact_destroyed", case_id=case.id, by=by, reason=reason.value)
    session.flush()


def _check_over(case: Case) -> None:
    if not case.state.has_ended:
        raise NotOver(case.number)


def _settle(session: Session, case: Case) -> None:
    case.version += 1
    wiping.forget_notices(session, case)
    session.flush()
    # What was deleted below the session's own records must not be met in them.
    session.expire_all()
