"""Sample results for a demonstration: problems of the ledger, walked by their units and released by
two people on two days; what they say is invented and says so."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.accounts.access import Access
from admin.accounts.hand import Hand
from admin.demonstration.sample_people import publishers
from admin.files.evidence import Proof
from admin.ledger import carrying, opening, rectifying, strike_off, unfounded
from admin.ledger.finding import Finding, may_open_from
from admin.ledger.problem import Problem
from admin.ledger.rectifying import PlannedMeasure
from admin.publishing import drafting, release
from admin.publishing.desk import Publisher
from admin.publishing.drafting import Words
from admin.publishing.inside import cases_behind
from admin.publishing.result_draft import ResultDraft
from intake.cases.case import Case
from portal.campaign.book import Book, book
from portal.campaign.kinds import Kind
from portal.foundation import clock
from portal.foundation.database import Database
from portal.foundation.staff import Role, Staff
from portal.published.result import ResultState

Colleagues = Mapping[tuple[str, Role], Staff]
_MARK = "（样例）"
_EARLIER, _LATER = timedelta(days=12), timedelta(days=3)
_TIME = timedelta(days=60)
_EVIDENCE = f"{_MARK}补发清单。"


@dataclass(frozen=True)
class _Story:
    """A problem's type and texts, how many steps of its walk it takes on the earlier day and up to
    the later one, whether it is released on the earlier day, too, and as what it is set aside on
    the later one, if it is."""

    problem: str
    wrong: str
    measures: str
    earlier: int
    later: int
    twice: bool = False
    aside: ResultState | None = None


_PROGRESS = {
    ResultState.FOUND: "已经交给单位去改。",
    ResultState.RECTIFYING: "正在改。",
    ResultState.RECTIFIED: "单位说改好了，等办公室查。",
    ResultState.STRUCK_OFF: "少领的都补到卡上了。",
    ResultState.CARRIED_OVER: "要等新系统上线，到时候再改。",
    ResultState.UNFOUNDED: "逐户查过，没有少发。",
}


_STORIES = (
    _Story("1.2", "新账号录入晚了，8人少领两个月。", "补发，逐户核对账号。", 1, 4, twice=True),
    _Story("1.5", "两个社区没有贴出领补贴的名单。", "补贴名单，每月拍照留底。", 1, 3),
    _Story("2.1", "同一个人办了两张发补贴的卡。", "并成一张，销掉另一张。", 1, 1, twice=True),
    _Story("1.3", "停发手续办得慢，多发了一个月。", "追回多发的，和民政数据每月比对。", 0, 0),
    _Story(
        "1.4",
        "有一项补贴还没有用“一卡通”发。",
        "等新系统上线，改用“一卡通”发。",
        1,
        1,
        aside=ResultState.CARRIED_OVER,
    ),
    _Story(
        "1.2",
        "一个小区有一个月的补贴对不上。",
        "查发放清单和银行回单。",
        0,
        0,
        twice=True,
        aside=ResultState.UNFOUNDED,
    ),
)


class _Walk:
    """Whoever walks one problem: its unit's officer and head, the office, and who publishes."""

    def __init__(self, session: Session, found: Book, colleagues: Colleagues, case: Case) -> None:
        self.session, self.found, self.case = session, found, case
        office = found.campaign.office_code
        self.officer = colleagues[case.unit_code, Role.OFFICER]
        self.head = colleagues[case.unit_code, Role.HEAD]
        self.finder = colleagues[office, Role.OFFICE]
        self.approver = colleagues[office, Role.OFFICE_HEAD]

    def hand(self, staff: Staff, version: int) -> Hand:
        """Somebody's hand on a version."""
        return Hand(Access.of(staff, self.found), self.found, version)

    def find(self, story: _Story) -> Problem:
        """Enter the problem into the ledger."""
        opened = len(opening.problems_of(self.session, self.case))
        finding = Finding(
            unit=self.case.unit_code,
            problem_type=story.problem,
            what_is_wrong=_MARK + story.wrong,
            rectify_by=clock.today() + _TIME,
            place=self.case.place_code,
            policy=self.case.policy_code,
            verified=True,
        )
        by = self.hand(self.finder, opened)
        return opening.open_problem(self.session, from_case=self.case, by=by, finding=finding)

    def go(self, problem: Problem, story: _Story, first: int, last: int) -> None:
        """Take the steps of its walk from one up to another."""
        steps: list[Callable[[], object]] = [
            lambda: rectifying.record_measure(
                self.session,
                problem,
                by=self.hand(self.officer, problem.version),
                planned=PlannedMeasure(
                    text=_MARK + story.measures, person="吴演示", due_on=clock.today() + _TIME
                ),
            ),
            lambda: self._finish(problem),
            lambda: rectifying.report_rectified(
                self.session,
                problem,
                by=self.hand(self.head, problem.version),
                word=Proof(f"{_MARK}已经改好。"),
            ),
            lambda: strike_off.strike_off(
                self.session,
                problem,
                by=self.hand(self.approver, problem.version),
                opinion=f"{_MARK}看过凭据，同意销号。",
            ),
        ]
        for step in steps[first:last]:
            step()

    def set_aside(self, problem: Problem, as_what: ResultState) -> None:
        """Let the office carry it over, or say that there was nothing in it."""
        by = self.hand(self.approver, problem.version)
        if as_what is ResultState.CARRIED_OVER:
            reason, until = f"{_MARK}要等新系统上线。", clock.today() + 2 * _TIME
            carrying.carry_over(self.session, problem, by=by, until=until, reason=reason)
        else:
            reason = f"{_MARK}清单和回单都对得上。"
            unfounded.find_unfounded(self.session, problem, by=by, reason=reason)

    def _finish(self, problem: Problem) -> None:
        [measure] = rectifying.measures_of(self.session, problem)
        by = self.hand(self.officer, problem.version)
        rectifying.finish_measure(
            self.session, problem, measure, by=by, done_on=clock.today(), evidence=Proof(_EVIDENCE)
        )


def publish_results(database: Database, colleagues: Colleagues) -> None:
    """Find, rectify and release them on two days, unless somebody drafted a result before or there
    is nobody to."""
    with database.reading() as session:
        there = session.scalar(select(ResultDraft.id).limit(1)) is not None
    if there:
        return
    now = clock.now()
    with clock.stopped_at(now - _EARLIER), database.writing() as session:
        begun = _begin(session, colleagues)
    with clock.stopped_at(now - _LATER), database.writing() as session:
        _go_on(session, colleagues, begun)


def _begin(session: Session, colleagues: Colleagues) -> list[int]:
    """Open a problem for each story and take its first steps; returns their ids."""
    found = book(session)
    cases, readers = _cases(session, colleagues), publishers(session, found)
    if not cases or len(readers) < 2:
        return []
    begun = []
    for at, story in enumerate(_STORIES):
        walk = _Walk(session, found, colleagues, cases[at % len(cases)])
        problem = walk.find(story)
        begun.append(problem.id)
        walk.go(problem, story, 0, story.earlier)
        if story.twice:
            _release(session, problem, story, readers)
    return begun


def _go_on(session: Session, colleagues: Colleagues, begun: Sequence[int]) -> None:
    """Take each problem as far as its story tells, and release it."""
    found = book(session)
    readers = publishers(session, found)
    for story, problem_id in zip(_STORIES, begun, strict=False):
        problem = session.get_one(Problem, problem_id)
        [case] = cases_behind(session, problem)
        walk = _Walk(session, found, colleagues, case)
        walk.go(problem, story, story.earlier, story.later)
        if story.aside:
            walk.set_aside(problem, story.aside)
        _release(session, problem, story, readers)


def _release(
    session: Session, problem: Problem, story: _Story, readers: Sequence[Publisher]
) -> None:
    words = Words(
        summary=_MARK + story.wrong,
        measures=_MARK + story.measures,
        progress=_MARK + _PROGRESS[problem.state],
    )
    draft = drafting.draft_result(session, problem, by=readers[0], words=words)
    release.release(
        session, draft, by=readers[1], version=draft.version, problem_version=problem.version
    )


def _cases(session: Session, colleagues: Colleagues) -> list[Case]:
    """The sample complaints that came before, whose facts the office may vouch for and whose unit
    has sample people."""
    wanted = select(Case).where(
        Case.kind == Kind.COMPLAINT,
        Case.accusing.is_(False),
        Case.registered_at <= clock.now(),
    )
    return [
        one
        for one in session.scalars(wanted.order_by(Case.id))
        if may_open_from(one)
        and {(one.unit_code, Role.OFFICER), (one.unit_code, Role.HEAD)} <= colleagues.keys()
    ]
