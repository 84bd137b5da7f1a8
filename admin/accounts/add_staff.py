"""Adding a member of staff, or a post for one who is here already."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.accounts.access import CHECKED_FROM
from admin.accounts.credential import Credential
from admin.accounts.one_time_token import new_token, stamp_of
from admin.accounts.passkeys import forget_all
from admin.accounts.posts import only_stamped, stamped_post
from admin.accounts.sessions import end_sessions
from admin.accounts.sign_in import tidy_name
from intake.cases.event import record
from portal.campaign.campaign import Campaign
from portal.campaign.unit import Unit
from portal.foundation import clock
from portal.foundation.staff import Role, Staff

LINK_LASTS = timedelta(hours=48)
Posts = list[tuple[str, Role]]


# What the stamp of a one-time link is for.
ENROLMENT = "enrolment"


class UnknownUnit(LookupError):
    """No unit has this code or name."""


class WrongPlace(ValueError):
    """In this unit the role gives nothing."""


class RealPerson(ValueError):
    """A real account must not become a sample one, whose codes the command line shows."""


def unit_for(session: Session, code_or_name: str, role: Role) -> str:
    """The code of a unit, named by its code or its full name, for somebody of that role.

    Raises:
        UnknownUnit: there is none.
        WrongPlace: a checker works at a street or a community, the office's roles and that of
            discipline inspection are held there alone.
    """
    wanted = code_or_name.strip()
    found = session.scalar(select(Unit).where((Unit.code == wanted) | (Unit.name == wanted)))
    if found is None:
        raise UnknownUnit(wanted)
    if role is Role.CHECKER and found.kind not in CHECKED_FROM:
        raise WrongPlace(found.code)
    campaign = session.get(Campaign, 1)
    if campaign is not None and found.code != _home_of(role, campaign, found.code):
        raise WrongPlace(found.code)
    return found.code


def _home_of(role: Role, campaign: Campaign, elsewhere: str) -> str:
    """The one unit in which a role is held; any other role is held where it is wanted."""
    if role is Role.DISCIPLINE:
        return campaign.discipline_code
    return campaign.office_code if role in {Role.OFFICE, Role.OFFICE_HEAD} else elsewhere


def add_staff(
    session: Session, *, name: str, display_name: str, posts: Posts, sample: bool = False
) -> str:
    """Add a person, or further posts for one of this name; returns the token of a one-time link.

    The link is good for 48 hours and sets password and second factor; until it is used, an existing
    password stays as it is. A new post ends the person's sign-ins.

    Raises:
        RealPerson: `sample` was asked of somebody who is none.
    """
    staff = session.scalar(select(Staff).where(Staff.name == tidy_name(name)))
    if staff is None:
        staff = new_staff(session, name=name, display_name=display_name, sample=sample)
    elif sample and not staff.sample:
        raise RealPerson(staff.name)
    if not staff.active:
        come_back(session, staff)
    give_posts(session, staff, posts)
    session.get_one(Credential, staff.id).close_enrolment()
    return make_link(session, staff.id, new_token(staff.id))


def make_link(session: Session, staff_id: int, token: str, *, by: int | None = None) -> str:
    """Let the holder of this token enrol, for 48 hours; an older link dies. Returns the token."""
    credential = session.get_one(Credential, staff_id)
    credential.offer_enrolment(stamp_of(session, ENROLMENT, token), clock.now() + LINK_LASTS)
    record(session, "link_made", by=by, staff=staff_id)
    session.flush()
    return token


def come_back(session: Session, staff: Staff) -> None:
    """Let somebody who left work here again, with no post. He proves himself anew: his old password
    may have been shared when he left."""
    staff.active = True
    staff.posts.clear()
    session.get_one(Credential, staff.id).forget(clock.now())
    forget_all(session, staff.id)
    session.flush()


def new_staff(session: Session, *, name: str, display_name: str, sample: bool) -> Staff:
    """A person with an empty credential and no post yet."""
    now = clock.now()
    staff = Staff(
        name=tidy_name(name),
        display_name=display_name or name,
        sample=sample,
        created_at=now,
        posts=[],
    )
    session.add(staff)
    session.flush()
    session.add(Credential(staff_id=staff.id, changed_at=now))
    session.flush()
    return staff


def give_posts(session: Session, staff: Staff, posts: Posts, *, by: int | None = None) -> None:
    """Add the posts this person doesn't hold yet; if there are any, his sign-ins end, and so does a
    link that was made for less. `by` is who agreed to it; nobody where the command line gives
    them."""
    held = {(post.unit_code, post.role) for post in only_stamped(session, staff).posts}
    fresh = [post for post in dict.fromkeys(posts) if post not in held]
    for code, role in fresh:
        session.merge(stamped_post(session, staff.id, code, role))
        record(session, "staff_added", by=by, staff=staff.id, unit=code, role=role)
    if fresh:
        end_sessions(session, staff.id)
        session.get_one(Credential, staff.id).close_enrolment()
    session.flush()
    session.refresh(staff, ["posts"])
