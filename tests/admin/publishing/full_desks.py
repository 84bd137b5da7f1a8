"""The publishing desks towards the end of a campaign: more in each list than one page holds."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from admin.mistakes.answerer import Answerer
from admin.mistakes.answering import answer
from admin.publishing.desk import Publisher
from admin.publishing.drafting import Words, draft_result
from intake.cases.site_mistake import MistakeOutcome
from intake.mistakes.reporting import Written, prepare_mistake, report_mistake
from portal.campaign.book import Book, book
from portal.foundation import clock
from portal.foundation.staff import Staff
from portal.published.appearance import Appearance, StaysBecause
from portal.published.distributing import put_out
from portal.published.notice import Notice, NoticeKind
from portal.published.noticing import NoticePublication, put_out_notice, withdraw_notice
from portal.published.releasing import withdraw_result
from tests.admin.distributions.desk import Lists
from tests.admin.house import House
from tests.admin.notices.writing import drafted as drafted_notice
from tests.admin.policies.desk import Desk
from tests.portal.pages.released import publish_months, release
from tests.portal.pages.released_further import a_list

# One more than a page of a list.
MANY = 9
MANY_APPEARANCES, MANY_MISTAKES = 7, 21
TITLE = "（样例）六月集中发放高龄津贴的时间、地点和要带的证件，请互相转告"


def fill(house: House) -> dict[str, str]:
    """Fill every list of every desk; returns the addresses of a draft at each of them."""
    case = house.answered_case()
    problems = [house.problem(case) for _ in range(2 * MANY)]
    with house.deployment.database.writing() as session:
        found = book(session)
        _results(session, found)
        _notices(session)
        for at in range(MANY):
            put_out(session, a_list(found, f"F9{at:05d}", "MZ11", has_rows=False), [])
        publish_months(session)
        _appearances(session, house.deployment.staff_id(session, "gong"))
        mistake = _mistakes(session, house, found)
        drafts = [_draft(session, house, number, found) for number in problems[:MANY]]
    notices = [drafted_notice(house, title=f"{TITLE}，第{at}次") for at in range(MANY)]
    lists, policies = Lists(house.deployment), Desk(house)
    numbers = [lists.drafted() for _ in range(MANY)]
    key = policies.drafted(standard="每人每月90元。")
    desk = "/staff/publishing"
    return {
        "result": f"{desk}/{drafts[0]}",
        "notice": f"{desk}/notices/drafts/{notices[0]}",
        "list": f"{desk}/distributions/{numbers[0]}",
        "policies": f"{desk}/policies/drafts/{key}",
        "mistake": f"{desk}/mistakes/{mistake}",
    }


def _draft(session: Session, house: House, number: str, found: Book) -> int:
    staff = session.get_one(Staff, house.deployment.staff_id(session, "gong"))
    words = Words(summary="津贴晚发。", measures="核对账号，补发。", progress="全部补发。")
    problem = house.find(session, number)
    return draft_result(session, problem, by=Publisher.of(staff, found), words=words).id


def _results(session: Session, found: Book) -> None:
    for at in range(2 * MANY):
        result = release(session, f"WT-{at:04d}", of=found)
        if at % 2:
            withdraw_result(session, result, "数字写错了，核对以后再公布")


def _notices(session: Session) -> None:
    said: dict[str, Any] = {"source": "领导小组办公室", "summary": "带身份证。", "body": "六月发。"}
    for at in range(2 * MANY):
        publication = NoticePublication(
            slug=f"notice-{at}",
            kind=NoticeKind.NOTICE,
            title=TITLE,
            finding_body="",
            document_number="",
            note="第一次公布",
            files=[],
            **said,
        )
        put_out_notice(session, publication)
        if at % 2:
            notice = session.get_one(Notice, publication.slug)
            withdraw_notice(session, notice, title=TITLE, because="日子写错了，改好再公布")


def _appearances(session: Session, by: int) -> None:
    """What stands elsewhere, what is to be taken down there, what became of that."""
    today = clock.today()
    gone: tuple[dict[str, Any], ...] = (
        {},
        {"gone_on": today},
        {"gone_on": today, "ended_on": today, "ended_by": by, "stays": StaysBecause.PRINTED},
    )
    session.add_all(
        Appearance(
            path="/policies",
            outlet=f"区政府门户网站惠民惠农财政补贴专项治理专栏，第{at}次",
            link=f"https://www.example.cn/zl/{'z' * 40}/{at}.html",
            appeared_on=today,
            recorded_by=by,
            **more,
        )
        for more in gone
        for at in range(MANY_APPEARANCES)
    )


def _mistakes(session: Session, house: House, found: Book) -> str:
    """As many that wait as were answered; returns the number of one that waits."""
    staff = session.get_one(Staff, house.deployment.staff_id(session, "gong"))
    by = Answerer.of(staff, found)
    for at in range(2 * MANY_MISTAKES):
        written = Written(
            words=f"第{at}处：区民政局的电话打不通，是空号，打了好几回都一样",
            page="https://www.example.cn/policies/MZ11?from=search-engine-with-a-long-name",
            submission=f"{at}",
        )
        mistake = report_mistake(session, prepare_mistake(session, written))
        if at % 2:
            outcome, text = MistakeOutcome.CORRECTED, "改好了。"
            answer(session, mistake, by=by, version=mistake.version, outcome=outcome, text=text)
        else:
            waiting = mistake.number
    return waiting
