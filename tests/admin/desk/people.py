"""A deployment with people at several desks, and what they do there in a browser."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from html import unescape

from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from admin.accounts.access import Access, find_case
from admin.desk import casework
from admin.desk.hand import Hand
from intake.cases.case import Case, Channel
from intake.draft import Draft
from intake.register import Registered, register
from portal.campaign.book import book
from portal.campaign.kinds import Kind
from portal.foundation import clock
from portal.foundation.staff import Role, Staff
from tests.deployments import Deployment

WORDS = "我妈的高龄津贴三个月没发了"
COMPLAINT = Draft(
    channel=Channel.WEB,
    kind=Kind.COMPLAINT,
    words=WORDS,
    submission="",
    policy="MZ11",
    problem="1.2",
)
# For another unit, so that every test has rows that must not show.
NOISE = replace(COMPLAINT, policy="RS01", words="灵活就业的补贴没有到账")
UNCLEAR = replace(COMPLAINT, policy="", problem="", words="有件事想反映，不知道归谁管")
TIP_OFF = replace(COMPLAINT, kind=Kind.TIP_OFF, words="有人扣了老人的钱", problem="3.3")

PEOPLE = {
    "mz-officer": ("MZ", Role.OFFICER, "民政甲经办"),
    "mz-second": ("MZ", Role.OFFICER, "民政乙经办"),
    "mz-head": ("MZ", Role.HEAD, "民政丙负责"),
    "rs-officer": ("RS", Role.OFFICER, "人力甲经办"),
    "st-officer": ("ST05", Role.OFFICER, "民意甲经办"),
    "office": ("BGS", Role.OFFICE, "办公甲"),
    "office-head": ("BGS", Role.OFFICE_HEAD, "办公乙"),
    "clerk": ("BGS", Role.INTAKE_CLERK, "登记甲"),
    "mz-clerk": ("MZ", Role.INTAKE_CLERK, "登记乙"),
    "publisher": ("BGS", Role.PUBLISHER, "公示甲"),
    "discipline": ("JW", Role.DISCIPLINE, "纪检甲"),
    "auditor": ("SJ", Role.AUDITOR, "审计甲"),
    "admin": ("BGS", Role.SYSTEM_ADMIN, "系统甲"),
}
# The usual way of a case, on which nearly every test begins. That a page does the same is proven
# where these acts are tested; to walk there in a browser took a quarter of the time of the desks.
_USUAL: dict[str, Callable[[Session, Case, Hand, str], object]] = {
    "sign-for": lambda session, case, hand, _words: casework.sign_for(session, case, hand),
    "accept": lambda session, case, hand, _words: casework.accept(session, case, hand),
    "draft": casework.draft_reply,
    "sign": lambda session, case, hand, _words: casework.sign_reply(session, case, hand),
    "reply": lambda session, case, hand, _words: casework.send_reply(session, case, hand),
    "release": lambda session, case, hand, _words: casework.send_reply(session, case, hand),
    "close": lambda session, case, hand, _words: casework.close(session, case, hand),
}
_NUMBER = re.compile(r'<th scope="row">\s*<a href="/staff/cases/([A-Z0-9]+)\?')


@dataclass
class Desks:
    """The desks of one deployment."""

    deployment: Deployment
    browsers: dict[str, FlaskClient] = field(default_factory=dict)
    _known: set[str] = field(default_factory=set)
    _submissions: itertools.count = field(default_factory=itertools.count)

    def register(self, draft: Draft = COMPLAINT, **changed: object) -> Registered:
        """Let a citizen send something."""
        sent = replace(draft, submission=f"s{next(self._submissions)}", **changed)  # type: ignore[arg-type]
        with self.deployment.database.writing() as session:
            return register(session, sent)

    def case(self, draft: Draft = COMPLAINT, **changed: object) -> str:
        """The number of a case that a citizen sends."""
        return self.register(draft, **changed).case.number

    def stored(self, number: str) -> Case:
        """The case as it is stored."""
        with self.deployment.database.reading() as session:
            found: Case = session.query(Case).where(Case.number == number).one()
            return found

    def change(self, number: str, **values: object) -> None:
        """Set something that has no page yet."""
        with self.deployment.database.writing() as session:
            case = session.query(Case).where(Case.number == number).one()
            for name, value in values.items():
                setattr(case, name, value)

    def at(self, name: str) -> FlaskClient:
        """The browser of that person, signed in."""
        if name not in self.browsers:
            self._comes(name)
            self.browsers[name] = self.deployment.officer(name)
        return self.browsers[name]

    def _comes(self, name: str) -> None:
        """One of the people has a desk from now on."""
        if name in PEOPLE and name not in self._known and name not in self.browsers:
            unit, role, display = PEOPLE[name]
            self.deployment.add_staff(name, (unit, role), display=display)
            self._known.add(name)

    @contextmanager
    def on(self, day: str, hour: int = 12) -> Iterator[None]:
        """A day and an hour in Shanghai at which the clock stands still; everybody signs in
        anew."""
        moment = datetime.fromisoformat(day).replace(hour=hour, tzinfo=clock.SHANGHAI)
        self.browsers.clear()
        with clock.stopped_at(moment.astimezone(UTC)):
            yield
        self.browsers.clear()

    def get(self, name: str, path: str) -> TestResponse:
        """Open a page."""
        return self.at(name).get(path)

    def token(self, name: str) -> dict[str, str]:
        """The token that every form of that person carries."""
        return self.deployment.form_token(self.at(name))

    def form(self, name: str, number: str, act: str) -> dict[str, str]:
        """The fields of an act's page as they stand there: token, version, list, what is filled
        in."""
        page = self.get(name, f"/staff/cases/{number}/{act}?list=tab%3Dopen")
        return filled(page.text)

    def act(self, name: str, number: str, act: str, **typed: str) -> TestResponse:
        """Open an act's page and send its form."""
        fields = self.form(name, number, act) | typed
        return self.at(name).post(f"/staff/cases/{number}/{act}", data=fields)

    def through(self, number: str, *acts: tuple[str, str, str]) -> None:
        """Several acts after one another: person, act, text. The usual ones without a browser."""
        for name, act, words in acts:
            if act in _USUAL:
                self._does(name, number, act, words)
            else:
                answer = self.act(name, number, act, words=words)
                assert answer.status_code == 303, (act, answer.status_code)

    def _does(self, name: str, number: str, act: str, words: str) -> None:
        self._comes(name)
        with self.deployment.database.writing() as session:
            found = book(session)
            person = session.get_one(Staff, self.deployment.staff_id(session, name))
            access = Access.of(person, found, unlocked=True)
            case = find_case(session, access, number, to_change=True)
            _USUAL[act](session, case, Hand(access, found, case.version), words)

    def list(self, name: str, query: str = "") -> list[str]:
        """The numbers on a page of the queue, in order."""
        return numbers(self.get(name, f"/staff/cases?{query}"))


def numbers(page: TestResponse) -> list[str]:
    """The numbers that a list shows."""
    assert page.status_code == 200, page.status_code
    return _NUMBER.findall(page.text)


def counts(page: TestResponse) -> dict[str, tuple[str, str]]:
    """Each tab's address and count."""
    found = re.findall(
        r'<a href="(/staff/cases\?tab=([a-z-]+)[^"]*)"[^>]*>\s*[^<]+<span class="count">([^<]+)<',
        page.text,
    )
    return {tab: (unescape(address), count) for address, tab, count in found}


def hidden(html: str) -> dict[str, str]:
    """The hidden fields of a page's last form."""
    form = html[html.rindex("<form") :]
    found = re.findall(r"<input[^>]*>", form)
    fields = {}
    for one in found:
        if 'type="hidden"' in one:
            fields[re.search(r'name="([^"]*)"', one)[1]] = unescape(  # type: ignore[index]
                re.search(r'value="([^"]*)"', one)[1]  # type: ignore[index]
            )
    return fields


def filled(html: str) -> dict[str, str]:
    """What a browser sends of a page's last form if nobody changes anything."""
    form = html[html.rindex("<form") :]
    fields = hidden(html)
    for tag, content in re.findall(r"<select([^>]*)>(.*?)</select>", form, re.DOTALL):
        chosen = re.search(r'<option selected value="([^"]*)"', content)
        first = re.search(r'<option[^>]*value="([^"]*)"', content)
        if chosen or first:
            fields[_name(tag)] = unescape((chosen or first)[1])  # type: ignore[index]
    for tag, content in re.findall(r"<textarea([^>]*)>(.*?)</textarea>", form, re.DOTALL):
        fields[_name(tag)] = unescape(content).strip()
    for tag in re.findall(r'<input[^>]*type="date"[^>]*>', form):
        fields[_name(tag)] = re.search(r'value="([^"]*)"', tag)[1]  # type: ignore[index]
    return fields


def _name(tag: str) -> str:
    return re.search(r'name="([^"]*)"', tag)[1]  # type: ignore[index]


def link(page: TestResponse, words: str) -> str | None:
    """The address behind some words."""
    found = re.search(rf'<a[^>]*href="([^"]*)"[^>]*>{words}</a>', page.text)
    return unescape(found[1]) if found else None
