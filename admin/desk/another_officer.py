"""A case that was opened again goes to another officer (换人办): whoever had a hand in the earlier
reply doesn't write the next one, as long as a colleague is there who may.

In a unit that has nobody else he may; the head's signature under the reply is the second word then,
as under every reply.
"""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.accounts.access import Access
from intake.cases.bar import Bar
from intake.cases.case import Case
from intake.cases.event import Event
from intake.follow_ups import AGAIN
from intake.rules.lifecycle import MoveNotAllowed
from portal.foundation.staff import AT_A_DESK, Post, Staff

# What gives somebody a hand in a reply; of who was given a case, the event itself says who.
_A_HAND_IN_IT = frozenset({"drafted", "reviewed", "replied", "claimed"})
# Besides, what shows that somebody handled a case, whatever came of it.
HANDLING = _A_HAND_IN_IT | {
    "signed_for",
    "accepted",
    "sent_back",
    "closed",
    "reporter_asked",
    "proposed",
    "extended",
    "document_drafted",
    "document_issued",
    "assistance_given",
}


class AnsweredBefore(MoveNotAllowed):
    """This person had a hand in the reply that is looked at again; a colleague writes the next."""


def handled_by(session: Session, case: Case) -> frozenset[int]:
    """Everybody who ever handled a case, by the chain of events."""
    return _people(_told(session, case, HANDLING))


def answered_before(session: Session, case: Case) -> frozenset[int]:
    """Who had a hand in the replies before a case was last opened again; nobody where it never
    was."""
    events = _told(session, case, _A_HAND_IN_IT | AGAIN)
    last = max((at for at, one in enumerate(events) if one.name in AGAIN), default=0)
    return _people([one for one in events[:last] if one.name not in AGAIN])


def leaves_it_to_others(session: Session, case: Case, staff_id: int) -> bool:
    """Whether a person may not answer a case again, since a colleague of his may."""
    before = answered_before(session, case)
    return staff_id in before and _has_somebody_else(session, case, before)


def check_is_another(session: Session, case: Case, access: Access) -> None:
    """Refuse who answered before. Raises AnsweredBefore."""
    if leaves_it_to_others(session, case, access.staff_id):
        raise AnsweredBefore(case.number)


def _told(session: Session, case: Case, names: frozenset[str]) -> list[Event]:
    wanted = select(Event).where(Event.case_id == case.id, Event.name.in_(names))
    return list(session.scalars(wanted.order_by(Event.seq)))


def _people(events: list[Event]) -> frozenset[int]:
    """Who did it; of a case that was given to somebody, to whom."""
    found = (one.facts["staff"] if one.name == "claimed" else one.staff_id for one in events)
    return frozenset(one for one in found if one is not None)


def _has_somebody_else(session: Session, case: Case, before: frozenset[int]) -> bool:
    """Whether anybody else at the unit's desk may see the case."""
    posts = select(Post.staff_id).where(
        Post.unit_code == case.unit_code, Post.role.in_(AT_A_DESK), Post.staff_id.not_in(before)
    )
    units = select(Post.unit_code).where(Post.staff_id == Staff.id)
    bars = select(Bar.id).where(
        Bar.case_id == case.id, (Bar.staff_id == Staff.id) | Bar.unit_code.in_(units)
    )
    others = select(Staff.id).where(Staff.active, Staff.id.in_(posts), ~bars.exists())
    return session.scalars(others.limit(1)).first() is not None
