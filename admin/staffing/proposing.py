"""Asking for what gives somebody power: a new person, a post, a new one-time link. The system's
administrator asks; `deciding` says who agrees."""

from __future__ import annotations

import secrets
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.accounts.add_staff import unit_for
from admin.accounts.posts import only_stamped
from admin.accounts.sign_in import tidy_name
from admin.staffing.refusals import (
    ForHimself,
    HoldsItAlready,
    NameTaken,
    NoName,
    NoSuchPerson,
    NotNow,
)
from admin.staffing.staff_change import Outcome, StaffChange, What
from admin.staffing.wanted import Wanted, sealed_now
from intake.cases.event import record
from portal.foundation import clock
from portal.foundation.staff import Role, Staff


def propose(session: Session, wanted: Wanted, *, by: int) -> StaffChange:
    """Ask for a change; nothing changes until another person agrees, within seven days.

    Raises:
        ForHimself, NoSuchPerson, NameTaken, NoName, HoldsItAlready: see there.
        UnknownUnit, WrongPlace: see `unit_for`.
    """
    tidied = _checked(session, wanted)
    if tidied.staff_id == by:
        raise ForHimself
    change = StaffChange(
        key=secrets.token_hex(8),
        what=tidied.what,
        staff_id=tidied.staff_id,
        proposed_by=by,
        proposed_at=clock.now(),
    )
    sealed_now(session, change, tidied)
    session.add(change)
    what, how = tidied.what.value, tidied.how.value
    record(session, "staff_change_proposed", by=by, change=change.key, what=what, how=how)
    session.flush()
    return change


def take_back(session: Session, change: StaffChange, *, by: int) -> None:
    """Ask for it no more. Raises NotNow."""
    if change.proposed_by != by or not change.waits(clock.now()):
        raise NotNow
    end(session, change, Outcome.TAKEN_BACK, by=by)
    what = change.what.value
    record(session, "staff_change_taken_back", by=by, change=change.key, what=what)


def take_all_back(
    session: Session, staff_id: int, *, by: int, concerning_him: bool = False
) -> None:
    """What somebody asked for waits for nobody any more; on request what was asked for him too."""
    whose = StaffChange.proposed_by == staff_id
    if concerning_him:
        whose |= StaffChange.staff_id == staff_id
    for change in session.scalars(
        select(StaffChange).where(StaffChange.decided_at.is_(None), whose)
    ):
        end(session, change, Outcome.TAKEN_BACK, by=by)
        what = change.what.value
        record(session, "staff_change_taken_back", by=by, change=change.key, what=what)


def end(session: Session, change: StaffChange, outcome: Outcome, *, by: int) -> None:
    """Write down what became of a change."""
    change.decided_by, change.decided_at, change.outcome = by, clock.now(), outcome
    session.flush()


def _checked(session: Session, wanted: Wanted) -> Wanted:
    """The same with tidy names and a code for its unit; of somebody who comes back, with his id."""
    if wanted.what is not What.PERSON:
        return _of_a_person(session, wanted)
    name = tidy_name(wanted.name)
    if not name:
        raise NoName
    staff = session.scalar(select(Staff).where(Staff.name == name))
    if staff is not None and staff.active:
        raise NameTaken(name)
    return replace(
        wanted,
        staff_id=staff.id if staff else None,
        name=name,
        display_name=wanted.display_name.strip()[:80] or name,
        unit_code=_unit(session, wanted),
    )


def _of_a_person(session: Session, wanted: Wanted) -> Wanted:
    staff = session.get(Staff, wanted.staff_id or 0)
    if staff is None or not staff.active:
        raise NoSuchPerson
    if wanted.what is What.LINK:
        return Wanted(wanted.what, wanted.how, staff.id)
    code, role = _unit(session, wanted), wanted.role
    posts = only_stamped(session, staff).posts
    if any(post.unit_code == code and post.role is role for post in posts):
        raise HoldsItAlready
    return Wanted(wanted.what, wanted.how, staff.id, unit_code=code, role=role)


def _unit(session: Session, wanted: Wanted) -> str:
    return unit_for(session, wanted.unit_code, wanted.role or Role.OFFICER)
