"""What waits for the office: each number with the list that it counts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from flask import current_app
from sqlalchemy.orm import Session

from admin.accounts.access import Access
from admin.accounts.own_units import own_units
from admin.closing import open_cases
from admin.desk.queue_view import Tab, View
from admin.distributions.desk_lists import count_waiting_lists
from admin.ledger.day_come import DayCome
from admin.ledger.problem_list import Wanted, count_each
from admin.mistakes.mistake_list import count_waiting
from admin.notices.notice_list import waiting_notice_count
from admin.office import waiting
from admin.office.duty_status import near_duties
from admin.office.waiting import Waiting
from admin.policies import draft_list as policy_draft_list
from admin.public_figures.figures_list import count_waiting_months
from admin.publishing.publishing_list import waiting_counts
from admin.publishing.result_draft import DraftState
from admin.returns.matrix import NilCount
from admin.returns.waiting import count_to_receive, units_without
from admin.rights.waiting import requests_waiting
from admin.rounds.round_file import count_late_orders, count_reported_orders
from admin.shirking.letter_list import count_waiting as count_waiting_letters
from admin.spot_checks.check_file import count_in_hand
from admin.summaries.waiting import count_owing, count_to_accept, count_to_approve
from admin.supervision.supervision_list import count_suggested, count_supervised
from portal.campaign.book import Book
from portal.foundation import clock
from portal.foundation.links import Links
from portal.published.appearance import count_to_take_down
from portal.published.result import ResultState

# What it is called, what it is counted in, how many, where it is done.
Thing = tuple[str, str, int, str]


@dataclass(frozen=True)
class Figure:
    """A number and the list that it counts."""

    label: str
    number: str
    href: str


def to_do(
    session: Session, access: Access, campaign_book: Book, nil: Iterable[NilCount]
) -> list[Figure]:
    """What waits for the office, each with where it is done; nothing that doesn't wait. `nil`: the
    nil returns of every month."""
    waiting_things = [
        *_cases(session, access),
        *_ledger(session, access),
        *_desks(session),
        *_duties(session, campaign_book),
        *_supervision(session, access),
        *_rounds(session, own_units(campaign_book, access)),
        *_letters(session),
        *_mistakes(session, access, campaign_book),
        *_requests(session, access, campaign_book),
        *_returns(session, access, campaign_book, nil),
        *_summaries(session, access, campaign_book),
        *_spot_checks(session),
    ]
    figures = [
        Figure(label, capped(number) + unit, href)
        for label, unit, number, href in waiting_things
        if number
    ]
    return [*figures, *_closing(session, access, campaign_book)]


def capped(number: int) -> str:
    """A number as far as it was counted."""
    return f"{waiting.MOST}+" if number > waiting.MOST else str(number)


def _cases(session: Session, access: Access) -> list[Thing]:
    """Cases that wait for a decision of the office."""
    links: Links = current_app.extensions["links"]
    triage = f"{links.cases()}?{View(Tab.TRIAGE).query}"
    return [
        ("等办公室分派", "件", waiting.count(session, access, Waiting.TRIAGE), triage),
        (
            "举报等办公室先看",
            "件",
            waiting.count(session, access, Waiting.FIRST_LOOK),
            f"{links.office()}/first-look",
        ),
        (
            "类别可能不对",
            "件",
            waiting.count(session, access, Waiting.DOUBTED),
            f"{links.office()}/doubted",
        ),
    ]


def _ledger(session: Session, access: Access) -> list[Thing]:
    """Problems that wait for their approval, are past their limit, or are to be looked at again."""
    there = current_app.extensions["links"].problems()
    to_check, late, again = count_each(
        session,
        access,
        Wanted(state=ResultState.RECTIFIED),
        Wanted(day_come=DayCome.LATE),
        Wanted(day_come=DayCome.LOOK_AGAIN),
    )
    return [
        ("问题改好了，等查了销号", "个", to_check, f"{there}?state={ResultState.RECTIFIED}"),
        ("问题过了整改时限", "个", late, f"{there}?due={DayCome.LATE}"),
        ("挂账的问题，到了再看的日子", "个", again, f"{there}?due={DayCome.LOOK_AGAIN}"),
    ]


def _desks(session: Session) -> list[Thing]:
    """Drafts of the publishing desks that wait for somebody."""
    links: Links = current_app.extensions["links"]
    return [
        *_results(waiting_counts(session)),
        ("通知和案例的稿", "份", waiting_notice_count(session), links.public_notices()),
        ("公示名单等第二人审读", "份", count_waiting_lists(session), links.list_drafts()),
        *_policies(session),
        ("数字等第二人核对", "个月", count_waiting_months(session), links.public_figures()),
        ("登在别处，要去撤下", "处", count_to_take_down(session), links.appearances()),
    ]


def _spot_checks(session: Session) -> list[Thing]:
    """Spot checks that aren't over."""
    links: Links = current_app.extensions["links"]
    return [("重点抽查没有了结", "次", count_in_hand(session), links.spot_checks())]


def _closing(session: Session, access: Access, campaign_book: Book) -> list[Figure]:
    """Once the plan's last day has come: the open cases of which nobody has said how they go on."""
    if clock.today() < campaign_book.campaign.ends_on:
        return []
    links: Links = current_app.extensions["links"]
    left = open_cases.count_undecided(session, access, campaign_book)
    found = [Figure("治理收尾：没有定去向", f"{capped(left)}件", links.closing())]
    return found if left else []


def _results(drafts: dict[DraftState, int]) -> list[Thing]:
    """Drafts of results that wait for somebody."""
    desk = current_app.extensions["links"].publishing()
    return [
        ("整改结果等第二人审读", "条", drafts.get(DraftState.DRAFTED, 0), desk),
        ("整改结果退回修改", "条", drafts.get(DraftState.SENT_BACK, 0), desk),
    ]


def _policies(session: Session) -> list[Thing]:
    """Changes of the policy list that wait for somebody."""
    links: Links = current_app.extensions["links"]
    drafts = policy_draft_list.waiting_counts(session)
    return [
        (
            "政策清单的改动等第二人审读",
            "稿",
            drafts.get(DraftState.DRAFTED, 0),
            links.policy_desk(),
        ),
        ("政策清单的改动退回修改", "稿", drafts.get(DraftState.SENT_BACK, 0), links.policy_desk()),
    ]


def _supervision(session: Session, access: Access) -> list[Thing]:
    """What is late of what the office supervises, and what it might supervise."""
    links: Links = current_app.extensions["links"]
    late = count_supervised(session, access, overdue=True)
    return [
        ("督办超期", "件", late, links.supervisions()),
        ("系统建议督办", "件", count_suggested(session, access), links.suggested_supervision()),
    ]


def _rounds(session: Session, own: frozenset[str]) -> list[Thing]:
    """What units, but for the reader's own, reported of what rounds told them to do, and what they
    are late with."""
    rooms = current_app.extensions["links"].supervision_rounds()
    return [
        ("督导交代的事，单位报了", "件", count_reported_orders(session, own), rooms),
        ("督导交代的事超期", "件", count_late_orders(session, own), rooms),
    ]


def _letters(session: Session) -> list[Thing]:
    """Letters that wait for the head, and units that are late with their answer."""
    rooms = current_app.extensions["links"].letters()
    drafts, late = count_waiting_letters(session)
    return [("提醒、约谈等签发", "封", drafts, rooms), ("提醒、约谈超期没回", "封", late, rooms)]


def _duties(session: Session, campaign_book: Book) -> list[Thing]:
    """What the plan asks for within a week, and what it asked for in vain."""
    plan = current_app.extensions["links"].plan_calendar()
    near = near_duties(session, campaign_book)
    late = sum(one.is_late for one in near)
    return [
        ("方案日程：快到期", "项", len(near) - late, plan),
        ("方案日程：过了日子", "项", late, plan),
    ]


def _mistakes(session: Session, access: Access, campaign_book: Book) -> list[Thing]:
    """The mistakes on the site that wait for their answer, and those past their date."""
    links: Links = current_app.extensions["links"]
    count, late = count_waiting(session, access, campaign_book)
    return [
        ("网站找错等答复", "条", count, links.pointed_out()),
        ("网站找错超期", "条", late, links.pointed_out()),
    ]


def _requests(session: Session, access: Access, campaign_book: Book) -> list[Thing]:
    """The requests about one's own information that wait for their answer, for a second person, and
    those past their date."""
    there = current_app.extensions["links"].rights_requests()
    left = requests_waiting(session, access, campaign_book)
    if left is None:
        return []
    return [
        ("个人信息请求等答复", "条", left.count, there),
        ("个人信息请求等第二人", "条", left.proposed, there),
        ("个人信息请求超期", "条", left.late, there),
    ]


def _returns(
    session: Session, access: Access, campaign_book: Book, nil: Iterable[NilCount]
) -> list[Thing]:
    """The units of which this month's return hasn't come, what waits to be accepted, and nil
    returns that something contradicts."""
    there, today = current_app.extensions["links"].returns_that_came(), clock.today()
    return [
        ("月报还没报齐", "个单位", len(units_without(session, campaign_book, today)), there),
        ("月报等接收", "份", count_to_receive(session, access), there),
        ("零报送有矛盾", "份", sum(one.contradicted for one in nil), there),
    ]


def _summaries(session: Session, access: Access, campaign_book: Book) -> list[Thing]:
    """The units' parts of summaries that haven't come or wait to be accepted, and what waits for
    the head."""
    there = current_app.extensions["links"].summaries()
    return [
        ("总结材料还没报", "份", count_owing(session, campaign_book), there),
        ("总结材料等接收", "份", count_to_accept(session, access), there),
        ("总结等审签", "份", count_to_approve(session, access), there),
    ]
