"""Which requests about one's own information a person may see: the sibling of `access.visible`.
What it leaves out answers exactly as what doesn't exist."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, or_, select, true

from admin.accounts.access import Access
from intake.cases.bar import Bar
from intake.cases.case import Case
from intake.cases.event import Event
from intake.cases.rights_bar import RightsBar
from intake.cases.rights_request import RightsRequest


def requests_visible(access: Access) -> ColumnElement[bool]:
    """The condition under which a request about one's own information exists for this person: one
    of his bodies answers it, and neither its words nor the case that it is about accuse him or a
    unit that he serves. One of the sealed class exists for nobody who hasn't unlocked that."""
    open_to_him = [] if access.reads_sealed else [~of_sealed_class()]
    return and_(
        RightsRequest.unit_code.in_(access.answers_requests),
        ~_request_bars(access.units, access.staff_id),
        *open_to_him,
    )


def of_sealed_class() -> ColumnElement[bool]:
    """The condition under which a request belongs to the sealed class: it was sealed to it, or a
    case that it is about was since, and its keys follow."""
    return or_(RightsRequest.sealed, about_sealed_case())


def about_sealed_case() -> ColumnElement[bool]:
    """The condition under which the case that a request is about is sealed, or what was split from
    that."""
    sealed = select(Case.id).where(
        RightsRequest.case_id.in_((Case.id, Case.part_of_id)), Case.sealed
    )
    return sealed.correlate(RightsRequest).exists()


def of_no_barring_request(units: frozenset[str], staff_id: int) -> ColumnElement[bool]:
    """The condition under which an event isn't of a request about one's own information that
    accuses a person or one of his units, nor of one of the sealed class."""
    barring = (
        select(RightsRequest.id)
        .where(
            RightsRequest.number == Event.facts["request"].as_string(),
            or_(_request_bars(units, staff_id), of_sealed_class()),
        )
        .correlate(Event)
    )
    return or_(~Event.name.startswith("rights_", autoescape=True), ~barring.exists())


def barred_request() -> ColumnElement[bool]:
    """The condition under which a request bars anybody at all."""
    return _bars_of_request(true(), true())


def _request_bars(units: frozenset[str], staff_id: int) -> ColumnElement[bool]:
    return _bars_of_request(
        or_(RightsBar.unit_code.in_(units), RightsBar.staff_id == staff_id),
        or_(Bar.unit_code.in_(units), Bar.staff_id == staff_id),
    )


def _bars_of_request(
    in_words: ColumnElement[bool], in_case: ColumnElement[bool]
) -> ColumnElement[bool]:
    """Bars of its own words, and of the case that it is about, with what was split from that."""
    own = select(RightsBar.id).where(RightsBar.request_id == RightsRequest.id, in_words)
    of_case = (
        select(Bar.id)
        .join(Case, Case.id == Bar.case_id)
        .where(
            RightsRequest.case_id.in_((Case.id, Case.part_of_id)),
            in_case,
        )
    )
    return or_(own.correlate(RightsRequest).exists(), of_case.correlate(RightsRequest).exists())
