"""What else is still open beside cases, each figure counted by the rule of the list that it leads
to. None of it keeps the campaign from being closed: it goes on where it lies."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy.orm import Session

from admin.closing.pages.blueprint import links
from admin.desk.pages.desk import Desk
from admin.follow_up import waiting as follow_ups
from admin.ledger import problem_list
from admin.ledger.counting import IN_HAND
from admin.ledger.walk import word_of
from admin.orders import order_list
from admin.referrals import referral_list
from admin.referrals.referral_list import Part
from admin.supervision import supervision_list
from portal.published.result import ResultState


@dataclass(frozen=True)
class Other:
    """A figure with the list that it counts."""

    what: str
    number: str
    href: str


def others(session: Session, desk: Desk) -> Iterator[Other]:
    """What of everything else is open, as far as this person sees it."""
    if desk.access.as_office:
        yield from _of_the_office(session, desk)
    supervised = supervision_list.count_supervised(session, desk.access)
    most = supervision_list.MOST
    yield Other("督办还没有销督", _capped(supervised, most, "件"), links().supervisions())
    found = referral_list.read_totals(session, desk.access, desk.book)
    for part in (Part.TO_DO, Part.WITH_A_BODY):
        words = {Part.TO_DO: "要移送、还没有送出", Part.WITH_A_BODY: "已移送、还没有结果"}[part]
        href = f"{links().referrals()}?part={part}"
        yield Other(words, f"{found.count(*part.states)}件", href)


def _of_the_office(session: Session, desk: Desk) -> Iterator[Other]:
    problems = problem_list.totals(session, desk.access, problem_list.Wanted())
    ended = (ResultState.STRUCK_OFF, ResultState.UNFOUNDED)
    for state in (one for one in ResultState if one not in ended):
        if problems.of(state) or state in IN_HAND:
            href = f"{links().problems()}?state={state}"
            yield Other(f"台账上{word_of(state)}的问题", f"{problems.of(state)}个", href)
    running = order_list.read_counts(session, desk.access, order_list.Wanted())
    number = _capped(running[order_list.Tab.OPEN], order_list.MOST_COUNTED, "件")
    yield Other("来单还没有报回", number, f"{links().orders()}?tab={order_list.Tab.OPEN}")
    to_visit = follow_ups.read_page(session, desk.access).count
    number = _capped(to_visit, follow_ups.MOST_COUNTED, "件")
    yield Other("等回访", number, links().follow_ups())


def _capped(number: int, most: int, unit: str) -> str:
    return f"{most}+{unit}" if number > most else f"{number}{unit}"
