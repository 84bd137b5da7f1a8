"""What the worker does with requests that everybody who answers is barred from: they go to
discipline inspection, and where nobody may read them there either, they are carried on as cases.
Nothing may get lost."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from admin.accounts.request_access import barred_request, of_sealed_class, requests_visible
from admin.enquiries.unread import unread
from intake.cases.bar import Bar
from intake.cases.case import Case
from intake.cases.event import record
from intake.cases.rights_bar import RightsBar
from intake.cases.rights_request import RightsRequest
from intake.chain import chain_of
from intake.rights.carrying_on import carry_on
from intake.rights.rights_texts import give_to, give_to_class
from intake.sealing_off import sealed_to
from intake.vault.fresh_box import held_by_units
from intake.vault.holders import SEALED
from portal.campaign.book import Book, book
from portal.foundation.database import Database


def hand_on_requests(database: Database) -> int:
    """Hand on what nobody who answers may read, each in one transaction; returns how many. What
    belongs to the sealed class goes to it first."""
    sealed = _seal_off(database)
    with database.reading() as session:
        left = unread(
            session,
            RightsRequest,
            _waits(),
            visible=requests_visible,
            answers=lambda access: access.answers_requests,
        )
    for request_id in left:
        with database.writing() as session:
            wanted = select(RightsRequest).where(RightsRequest.id == request_id, _waits())
            request = session.scalars(wanted.with_for_update()).first()
            if request is not None:
                _hand_on(session, request, book(session))
    return sealed + len(left)


def _seal_off(database: Database) -> int:
    """Give to the sealed class what somebody else still holds of its requests: their case became
    sealed later, or the class is founded since."""
    with database.reading() as session:
        known = book(session)
        discipline = chain_of(known).discipline
        holder = sealed_to(session, known)
        due = _due_to_class(holder, discipline)
        ids = session.scalars(select(RightsRequest.id).where(due)).all()
    for request_id in ids:
        with database.writing() as session:
            wanted = select(RightsRequest).where(RightsRequest.id == request_id, due)
            request = session.scalars(wanted.with_for_update()).first()
            if request is not None:
                moved = request.unit_code != discipline
                give_to_class(session, request, discipline, holder)
                if moved:
                    record(session, "rights_handed_on", request=request.number, unit=discipline)
    return len(ids)


def _due_to_class(holder: str, discipline: str) -> ColumnElement[bool]:
    """What belongs to the class, and a unit holds: before the class is founded, if it isn't marked
    yet. What its words say of discipline inspection, the class doesn't read either."""
    held = held_by_units("rights:" + RightsRequest.number).correlate(RightsRequest)
    accuses = (
        select(RightsBar.id)
        .where(RightsBar.request_id == RightsRequest.id, RightsBar.unit_code == discipline)
        .correlate(RightsRequest)
    )
    unmarked = [] if holder == SEALED else [~RightsRequest.sealed]
    return and_(of_sealed_class(), held.exists(), ~accuses.exists(), *unmarked)


def _waits() -> ColumnElement[bool]:
    """Only what bars somebody can be barred from all; what bars nobody waits for whoever comes. The
    worker can't open what is sealed: it waits for a reader of the class."""
    return and_(RightsRequest.decided_at.is_(None), ~RightsRequest.sealed, barred_request())


def _hand_on(session: Session, request: RightsRequest, known: Book) -> None:
    chain = chain_of(known)
    if request.unit_code == chain.office and not _bars(session, request, chain.discipline):
        give_to(session, request, chain.discipline)
        record(session, "rights_handed_on", request=request.number, unit=chain.discipline)
    else:
        carry_on(session, request)


def _bars(session: Session, request: RightsRequest, unit: str) -> bool:
    own = select(RightsBar.id).where(
        RightsBar.request_id == request.id, RightsBar.unit_code == unit
    )
    of_case = (
        select(Bar.id)
        .join(Case, Case.id == Bar.case_id)
        .where(
            or_(Case.id == request.case_id, Case.part_of_id == request.case_id),
            Bar.unit_code == unit,
        )
    )
    return any(session.scalars(one.limit(1)).first() for one in (own, of_case))
