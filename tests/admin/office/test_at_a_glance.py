"""The office's page shows what waits in the ledger, and costs the same however much there is; the
brief stays one page of paper."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime

import pypdfium2
from sqlalchemy import event

from admin.ledger import carrying
from admin.system.watching import watch_dates
from intake.cases.case import Case
from portal.campaign.book import book
from portal.foundation import clock
from portal.foundation.staff import Role
from tests.admin.house import House
from tests.portal.pages.test_publicity_in_a_browser import window

SOON = datetime(2022, 7, 18, 4, 0, tzinfo=UTC)
LATER = datetime(2022, 8, 8, 4, 0, tzinfo=UTC)
A4 = (210, 297)
POINTS = 72 / 25.4
IN_TIME = ("问题过了整改时限", "挂账的问题，到了再看的日子")


def step(house: House, number: str, act: Callable[..., object], **said: object) -> None:
    """Let the office take a step with a problem."""
    with house.deployment.database.writing() as session:
        problem = house.find(session, number)
        act(session, problem, by=house.hand(session, "chen", problem.version), **said)


def carry(house: House, number: str, until: date) -> None:
    """Carry a problem over."""
    step(house, number, carrying.carry_over, until=until, reason="等法院判决")


def statements(house: House, path: str) -> list[str]:
    """What a page of the office asks the database."""
    house.get("chen", path)
    sent: list[str] = []
    engine = house.deployment.staff.extensions["database"].engine
    note = lambda *given: sent.append(str(given[2]))  # noqa: E731  # Taken off again below.
    event.listen(engine, "before_cursor_execute", note)
    house.get("chen", path)
    event.remove(engine, "before_cursor_execute", note)
    return sent


def test_what_waits_in_the_ledger_opens_the_list_that_it_counts(house_on_each: House) -> None:
    house = house_on_each
    case = house.answered_case()
    late, rectified, carried, waits = (
        house.problem(case, rectify_by=date(2022, 7, 1)) for _ in range(4)
    )
    done, quiet = (house.problem(case) for _ in range(2))
    for number in (rectified, done):
        house.rectify(number)
    carry(house, carried, date(2022, 8, 8))
    carry(house, waits, date(2022, 8, 9))
    page = house.get("chen", "/staff/office")
    assert not any(label in page for label in IN_TIME)
    with clock.stopped_at(LATER):
        house.browsers.clear()
        page = house.get("chen", "/staff/office")
        lists = {
            "问题改好了，等查了销号": {rectified, done},
            "问题过了整改时限": {late, rectified},
            "挂账的问题，到了再看的日子": {carried},
        }
        for label, numbers in lists.items():
            found = re.search(rf'href="([^"]*)">{label}</a><b>(\d+)个', page)
            assert found is not None, label
            listed = house.get("chen", found.group(1).split("8001", 1)[-1])
            assert set(re.findall(r'/staff/problems/(JHW\d{6})"', listed)) == numbers
            assert int(found.group(2)) == len(numbers)
        listed = house.get("chen", "/staff/problems?due=late")
        assert "过了整改时限" in listed
        assert "过了时限，等办公室查" in listed
        assert 'name="due" value="late"' in listed
        assert quiet in house.get("chen", "/staff/problems?due=no-such")
        # A unit narrows its own problems by the same words, and finds none of another unit.
        assert "JHW" not in house.get("tui", "/staff/problems?due=late")


def test_how_many_were_referred_is_for_the_office_alone(house: House) -> None:
    case = house.answered_case()
    numbers = [house.problem(case, unit=unit) for unit in ("MZ", "MZ", "ST05")]
    for number in numbers[1:]:
        house.refer(number)
    house.deployment.add_staff("shuang", ("BGS", Role.OFFICE), ("MZ", Role.OFFICER))
    for query, count in (
        ("", 2),
        ("?unit=MZ", 1),
        ("?unit=ST05&state=struck_off", 1),
        ("?unit=TY", 0),
    ):
        assert f"；其中移送{count}个" in house.get("chen", f"/staff/problems{query}"), query
        for name in ("shuang", "min", "jie"):
            assert "其中移送" not in house.get(name, f"/staff/problems{query}")


def test_the_page_costs_the_same_however_much_there_is(house: House) -> None:
    case = house.answered_case()
    house.problem(case, rectify_by=date(2022, 7, 1))
    with clock.stopped_at(SOON):
        house.browsers.clear()
        watch_dates(house.deployment.database)
        few = statements(house, "/staff/office")
    with house.deployment.database.reading() as session:
        units = [code for code, unit in book(session).units.items() if unit.desk]
    for unit in units:
        house.problem(case, unit=unit, rectify_by=date(2022, 7, 1))
        number = house.case(words=f"高龄津贴没有发，{unit}", submission=unit)
        with house.deployment.database.writing() as session:
            session.query(Case).filter(Case.number == number).one().unit_code = unit
    with clock.stopped_at(SOON):
        house.browsers.clear()
        watch_dates(house.deployment.database)
        many = statements(house, "/staff/office")
        page = house.get("chen", "/staff/office")
    assert len(few) == len(many), "\n".join(set(many) - set(few))
    assert page.count('<svg class="weeks"') == len(units)
    assert len(many) <= 64
    assert len(page.encode()) <= 60_000


def test_the_brief_is_one_page_of_paper_however_many_are_late(house: House) -> None:
    case = house.answered_case()
    with house.deployment.database.reading() as session:
        units = [code for code, unit in book(session).units.items() if unit.desk]
    assert len(units) > 20
    for unit in units:
        house.problem(case, unit=unit, rectify_by=date(2022, 6, 7))
    for kind in ("consultation", "petition", "disclosure_request"):
        house.case(kind=kind, words=f"问一下{kind}")
    with clock.stopped_at(LATER):
        house.browsers.clear()
        page = house.get("chen", "/staff/office/brief")
        assert page.count("过了整改时限的问题1个") == 8
        assert f"还有{len(units) - 8}家，见" in page
        cookie = house.browser("chen").get_cookie("hh_staff")
        assert cookie is not None
        with window(house.deployment.staff, (cookie.key, cookie.value)) as opened:
            shown = opened.new_page()
            shown.goto("/staff/office/brief")
            printed = shown.pdf(format="A4", prefer_css_page_size=True)
    with closing(pypdfium2.PdfDocument(io.BytesIO(printed))) as document:
        assert len(document) == 1
        assert tuple(round(side / POINTS) for side in document.get_page_size(0)) == A4
