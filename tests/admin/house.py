"""People of a district, cases whose facts stand, and browsers that walk the staff site."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from admin.accounts.access import Access
from admin.accounts.hand import Hand
from admin.desk import casework
from admin.desk.hand import Hand as DeskHand
from admin.files.evidence import Proof
from admin.ledger import finding, opening, rectifying, referring, strike_off
from admin.ledger.problem import Problem, Source
from admin.ledger.rectifying import PlannedMeasure
from admin.ledger.referring import Referred
from intake.cases.case import Case, Channel, Identity
from intake.draft import Draft
from intake.register import register
from intake.rules.lifecycle import State
from portal.campaign.book import book
from portal.campaign.kinds import Kind
from portal.foundation.staff import Role, Staff
from tests.deployments import Deployment
from tests.pages.checks import check_html

WORDS = "我家楼下的王老太太八月份起高龄津贴一直没有打到卡上，问了三次社区都说再等等"
PEOPLE: dict[str, tuple[str, Role]] = {
    "chen": ("BGS", Role.OFFICE),
    "lu": ("BGS", Role.OFFICE_HEAD),
    "gong": ("BGS", Role.PUBLISHER),
    "shi": ("BGS", Role.PUBLISHER),
    "min": ("MZ", Role.OFFICER),
    "zheng": ("MZ", Role.HEAD),
    "jie": ("ST05", Role.OFFICER),
    "tou": ("ST05", Role.HEAD),
    "tui": ("TY", Role.OFFICER),
    "bie": ("TY", Role.PUBLISHER),
    "ji": ("JW", Role.DISCIPLINE),
    "shen": ("SJ", Role.AUDITOR),
}
# Who sees to a measure, and by when, as its form sends it.
PLANNED = {"person": "何经办", "due_on": "2022-06-30"}
FOUND = "8名高龄老人的津贴从8月起漏发，原因是换卡后没有更新账号。"


@dataclass
class House:
    """A deployment with its people."""

    deployment: Deployment
    browsers: dict[str, FlaskClient] = field(default_factory=dict)

    def move_in(self) -> House:
        """Give everybody an account."""
        self.deployment.begin_with("house", self._give_accounts)
        return self

    def _give_accounts(self) -> None:
        for name, post in PEOPLE.items():
            self.deployment.add_staff(name, post, display=f"{name}同志")

    def browser(self, name: str) -> FlaskClient:
        """The browser in which this person is signed in."""
        if name not in self.browsers:
            self.browsers[name] = self.deployment.officer(name)
        return self.browsers[name]

    def get(self, name: str, path: str, status: int = 200) -> str:
        """A page as this person sees it; its markup is checked on the way."""
        answer = self.browser(name).get(path)
        assert answer.status_code == status, answer.text
        found = check_html(answer.text, thorough=False)
        assert not found, found
        return answer.text

    def post(self, name: str, path: str, /, **typed: Any) -> TestResponse:
        """Send a form."""
        browser = self.browser(name)
        answer = browser.post(path, data={**self.deployment.form_token(browser), **typed})
        if answer.status_code in {200, 409, 422}:
            found = check_html(answer.text, thorough=False)
            assert not found, found
        return answer

    def case(self, **said: Any) -> str:
        """A registered case; returns its number."""
        given: dict[str, Any] = {
            "channel": Channel.WEB,
            "kind": Kind.COMPLAINT,
            "words": WORDS,
            "submission": f"submission {said}",
            "policy": "MZ11",
            "problem": "1.2",
            "identity": Identity.REAL_NAME,
            "contact_name": "万秋月",
            "contact_phone": "13907123456",
            **said,
        }
        with self.deployment.database.writing() as session:
            return register(session, Draft(**given)).case.number

    def answered_case(self, **said: Any) -> str:
        """A case that its unit has answered."""
        number = self.case(**said)
        self.handle(number, to=State.REPLIED)
        return number

    def handle(self, number: str, *, to: State) -> None:
        """Let two people of the unit, or the office for a tip-off in its hands, handle a case."""
        acts = {
            State.SIGNED_FOR: casework.sign_for,
            State.ACCEPTED: casework.accept,
            State.DRAFTED: lambda s, c, h: casework.draft_reply(s, c, h, "查过了，补发已经到账。"),
            State.REPLIED: casework.send_reply,
        }
        for state, act in acts.items():
            with self.deployment.database.writing() as session:
                case = session.scalars(select(Case).where(Case.number == number)).one()
                head = state is State.REPLIED
                act(session, case, self._handler(session, case, head=head))
            if state is to:
                return

    def act(
        self, number: str, do: Callable[[Session, Case, DeskHand], object], *, head: bool = False
    ) -> None:
        """Let an officer of the unit that has a case, or its head, do something with it."""
        with self.deployment.database.writing() as session:
            case = session.scalars(select(Case).where(Case.number == number)).one()
            do(session, case, self._handler(session, case, head=head))

    def hand(self, session: Any, name: str, version: int) -> Hand:
        """This person's hand on the version of a problem."""
        return Hand(self.access(session, name), book(session), version)

    def access(self, session: Any, name: str) -> Access:
        """What this person may see."""
        person = session.get_one(Staff, self.deployment.staff_id(session, name))
        return Access.of(person, book(session), unlocked=True)

    def problem(
        self,
        case_number: str,
        by: str = "chen",
        source: Source = Source.VERIFICATION,
        **found: Any,
    ) -> str:
        """A problem that the office opened from a case; returns its number."""
        what: dict[str, Any] = {
            "unit": "MZ",
            "problem_type": "1.2",
            "what_is_wrong": FOUND,
            "rectify_by": date(2022, 9, 30),
            "policy": "MZ11",
            **found,
        }
        with self.deployment.database.writing() as session:
            case = session.scalars(select(Case).where(Case.number == case_number)).one()
            hand = self.hand(session, by, len(opening.problems_of(session, case)))
            made = opening.open_problem(
                session,
                from_case=case,
                by=hand,
                finding=finding.Finding(**what),
                source=source,
            )
            return made.number

    def rectify(self, number: str, *, officer: str = "min", head: str = "zheng") -> None:
        """Take one measure, finish it, and give the head's word."""
        with self.deployment.database.writing() as session:
            problem = self.find(session, number)
            measure = rectifying.record_measure(
                session,
                problem,
                by=self._now(session, officer, problem),
                planned=PlannedMeasure(
                    text="补发漏发的津贴",
                    person=PLANNED["person"],
                    due_on=date.fromisoformat(PLANNED["due_on"]),
                ),
            )
            rectifying.finish_measure(
                session,
                problem,
                measure,
                by=self._now(session, officer, problem),
                done_on=date(2022, 6, 1),
                evidence=Proof("银行回单，6月1日，8笔"),
            )
            rectifying.report_rectified(
                session, problem, by=self._now(session, head, problem), word=Proof("都补发到位了")
            )

    def strike_off(self, number: str, by: str = "lu") -> None:
        """Approve it."""
        with self.deployment.database.writing() as session:
            problem = self.find(session, number)
            strike_off.strike_off(
                session, problem, by=self._now(session, by, problem), opinion="回单核对无误"
            )

    def refer(self, number: str, by: str = "chen") -> None:
        """Note that it was handed to discipline inspection."""
        with self.deployment.database.writing() as session:
            referring.note_referral(
                session,
                self.find(session, number),
                by=self.hand(session, by, 0),
                referred=Referred(body="JW", referred_on=date(2022, 6, 6)),
            )

    def find(self, session: Any, number: str) -> Problem:
        """The problem of that number, whoever asks."""
        return session.scalars(select(Problem).where(Problem.number == number)).one()

    def state(self, number: str) -> str:
        """How far a problem is."""
        with self.deployment.database.reading() as session:
            return self.find(session, number).state.value

    def version(self, number: str) -> int:
        """The version of a problem now."""
        with self.deployment.database.reading() as session:
            return self.find(session, number).version

    def _now(self, session: Any, name: str, problem: Problem) -> Hand:
        return self.hand(session, name, problem.version)

    def _handler(self, session: Any, case: Case, *, head: bool) -> DeskHand:
        names = {"MZ": ("min", "zheng"), "BGS": ("chen", "lu"), "ST05": ("jie", "tou")}
        if case.unit_code not in names:
            self.deployment.add_staff(f"o-{case.unit_code}", (case.unit_code, Role.OFFICER))
            names[case.unit_code] = (f"o-{case.unit_code}", "lu")
        access = self.access(session, names[case.unit_code][head])
        return DeskHand(access, book(session), case.version)
