"""Linking two cases (关联), and ending the link. A link moves nothing: whoever sees both reads on
each that there is the other."""

from __future__ import annotations

import secrets

from sqlalchemy.orm import Session

from admin.duplicates.pair import Pair
from admin.duplicates.standing import (
    Why,
    against_a_repeat,
    against_linking,
    against_unlinking,
    link_of,
    refuse_if,
    relations,
)
from intake.cases.case_link import CaseLink, Relation
from intake.cases.event import record
from intake.repeats import repeats_before
from portal.foundation import clock

_KEY_BYTES = 4


def new_key(prefix: str) -> str:
    """A key by which events name a tie."""
    return f"{prefix}{secrets.token_hex(_KEY_BYTES).upper()}"


def link(session: Session, pair: Pair, how: Relation, *, reason: str) -> None:
    """Link two cases. As a repeat (重复件) the later one is marked in the queue, and may be
    answered as the earlier one was.

    Raises:
        SomebodyWasFaster, NeedsText: see there.
        NotTogether: something stands against it.
    """
    pair.check_versions()
    refuse_if(against_linking(session, pair))
    refuse_if(None if how in relations(pair, merging=False) else Why.TIP_OFF_APART)
    earlier, later = pair.both
    if how is Relation.REPEAT:
        refuse_if(against_a_repeat(session, pair))
        later.repeat = True
    pair.keep_reason(session, later, reason)
    made = CaseLink(
        key=new_key("GL"),
        earlier_id=earlier.id,
        later_id=later.id,
        how=how,
        linked_by=pair.hand.access.staff_id,
        linked_at=clock.now(),
    )
    session.add(made)
    for case in pair.both:
        by = pair.hand.access.staff_id
        record(session, "linked", case_id=case.id, by=by, link=made.key, how=how)
    pair.settle(session)


def unlink(session: Session, pair: Pair, *, reason: str) -> None:
    """End the link between two cases.

    Raises:
        SomebodyWasFaster, NeedsText: see there.
        NotTogether: they aren't linked, or he doesn't handle both.
    """
    pair.check_versions()
    refuse_if(against_unlinking(session, pair))
    found = link_of(session, pair)
    if found is None:
        return
    _, later = pair.both
    pair.keep_reason(session, later, reason)
    found.ended_at, found.ended_by = clock.now(), pair.hand.access.staff_id
    session.flush()
    later.repeat = repeats_before(session, later) > 0
    for case in pair.both:
        record(session, "unlinked", case_id=case.id, by=found.ended_by, link=found.key)
    pair.settle(session)
