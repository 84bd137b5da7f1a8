"""What comes in on a day: what people write, what is sent on from the mayor's line and from
audit."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import partial

from admin.demonstration.half_year.findings import fund_years
from admin.demonstration.half_year.handling import go_on, object_to
from admin.demonstration.half_year.stage import Sitting
from admin.demonstration.sample_cases import STORIES, communities_of, write
from admin.orders.demand import Demand
from admin.orders.entering import as_submission, enter
from intake.cases.case import Case, Channel
from intake.draft import Draft
from intake.register import register
from portal.campaign.kinds import Kind
from portal.campaign.unit import UnitKind

_BY_TEXT = 0.2
_FROM_THE_LINE = 0.15
_FROM_AUDIT = 0.02
_SENT_ON = frozenset({Kind.COMPLAINT, Kind.CONSULTATION})
_ANSWER_WITHIN = timedelta(days=20)
_ON_A_DAY_OFF = 0.3


def take_in(sitting: Sitting) -> None:
    """Register the cases of a day, and let their units get round to them."""
    share = 1 if sitting.book.calendar.is_working(sitting.day) else _ON_A_DAY_OFF
    for number in range(sitting.dice.about(sitting.stage.pace.cases * share)):
        draft = _draft(sitting, number)
        sender = _sender(sitting, draft)
        if sender is None:
            registered = register(sitting.session, draft)
            case = registered.case
            _may_object(sitting, case, registered.query_code)
        else:
            case = _order(sitting, draft, sender, number)
        sitting.session.flush()
        sitting.later(1, 2, partial(go_on, case_id=case.id))


def _draft(sitting: Sitting, number: int) -> Draft:
    dice = sitting.dice
    policies = [one for one in sitting.book.policies.values() if one.in_scope]
    draft = write(
        sitting.book,
        dice.one_of(STORIES),
        about=dice.one_of(policies),
        place=dice.one_of(communities_of(sitting.book)),
        submission=f"half-year-{sitting.day}-{number}",
        channel=Channel.TEXT if dice.happens(_BY_TEXT) else Channel.WEB,
    )
    year = dice.one_of(fund_years(sitting))
    return replace(draft, words=f"{draft.words}这是第{dice.between(2, 9)}次问了。", fund_year=year)


def _sender(sitting: Sitting, draft: Draft) -> Channel | None:
    """Who sends it on, where somebody does."""
    if draft.kind in _SENT_ON and sitting.dice.happens(_FROM_THE_LINE):
        return Channel.HOTLINE
    if draft.kind is Kind.COMPLAINT and sitting.dice.happens(_FROM_AUDIT):
        return Channel.AUDIT
    return None


def _order(sitting: Sitting, draft: Draft, sender: Channel, number: int) -> Case:
    audits = [one.code for one in sitting.book.units.values() if one.kind is UnitKind.AUDIT]
    demand = Demand(
        source=sender,
        number=f"样例{sitting.day:%Y%m%d}-{number}",
        ordered_on=sitting.day,
        answer_by=sitting.day + _ANSWER_WITHIN if sender is Channel.HOTLINE else None,
        from_unit=next(iter(audits), None) if sender is Channel.AUDIT else None,
    )
    recorded = replace(draft, channel=sender, recorded_by=sitting.cast.clerk.id)
    return enter(sitting.session, as_submission(sitting.session, recorded, demand), demand).case


def _may_object(sitting: Sitting, case: Case, code: str) -> None:
    """Some look at the answer after a month, and don't agree with it."""
    sitting.later(20, 30, partial(object_to, code=code))
