"""What reporters asked to be destroyed (个人信息保护法 47) and were granted: the request keeps it,
until it is carried out and for ever after."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session

from intake.cases.case import Case
from intake.cases.rights_request import RightsRequest
from intake.rules.retention import Granted, What
from portal.foundation.clock import day_of

_IS_GRANTED = and_(RightsRequest.deletes.is_not(None), RightsRequest.decided_at.is_not(None))


def granted(session: Session, case_ids: Collection[int]) -> Mapping[int, Granted]:
    """What was granted of some cases, by their ids: of two requests what goes further, then what
    was granted first. Give a few hundred at a time."""
    wanted = select(RightsRequest.case_id, RightsRequest.deletes, RightsRequest.decided_at).where(
        _IS_GRANTED, RightsRequest.case_id.in_(case_ids)
    )
    found: dict[int, list[Granted]] = {}
    for case_id, what, at in session.execute(wanted):
        if case_id and what and at:
            found.setdefault(case_id, []).append(Granted(what, day_of(at)))
    return {case_id: one for case_id, those in found.items() if (one := furthest(those))}


def furthest(those: Iterable[Granted]) -> Granted | None:
    """The one that takes all words before one that takes the contact, the earliest of them."""
    return min(those, key=lambda one: (one.what is not What.WORDS, one.on), default=None)


def granted_of(session: Session, case: Case) -> Granted | None:
    """What was granted of the message in which a case came: it is of all its cases."""
    return furthest(granted(session, {case.id, case.part_of_id or case.id}).values())


def was_granted() -> ColumnElement[bool]:
    """The condition under which something of a case was granted; a request is about the whole."""
    return Case.id.in_(select(RightsRequest.case_id).where(_IS_GRANTED))
