"""An act at the desk that would take a case out of the sealed class, where only its rows say that
it may."""

from __future__ import annotations

from sqlalchemy import select
from werkzeug.test import TestResponse

from intake.cases.case import Case
from intake.cases.event import Event
from intake.vault.holders import REPORTER, SEALED
from portal.foundation import clock
from tests.admin.desk.people import Desks
from tests.admin.sealed_class.readers import discipline_browser, holders_of, unlock
from tests.admin.sealed_class.test_what_opens_it import sealed_case

WROTE = "请区民政局先查第二季度的发放表"


def without_its_mark(desks: Desks) -> str:
    """A sealed case of which somebody wrote into the database that it is none."""
    number = sealed_case(desks)
    with desks.deployment.database.writing() as session:
        session.scalars(select(Case).where(Case.number == number)).one().sealed = False
    return number


def asks_for_help(desks: Desks, name: str, number: str) -> TestResponse:
    today = clock.today().isoformat()
    return desks.act(name, number, "assist", unit="MZ", words=WROTE, due_on=today)


def events(desks: Desks, number: str) -> list[str]:
    """What happened to a case, but that somebody read it."""
    with desks.deployment.database.reading() as session:
        of_case = select(Event.name).where(Event.case_id == desks.stored(number).id)
        return list(session.scalars(of_case.where(Event.name != "words_read")))


def test_a_reader_who_has_it_open_is_told_and_keeps_what_he_typed(desks: Desks) -> None:
    number = without_its_mark(desks)
    discipline_browser(desks, "reader", reads=True)
    assert unlock(desks, "reader") == 303
    before = events(desks, number)
    answer = asks_for_help(desks, "reader", number)
    assert answer.status_code == 409
    assert "数据库可能被人改过" in answer.text
    assert "不要移交" in answer.text
    assert WROTE in answer.text
    assert holders_of(desks.deployment, number) == {SEALED, REPORTER}
    assert events(desks, number) == before


def test_for_whoever_hasnt_opened_it_the_case_doesnt_exist(desks: Desks) -> None:
    number = without_its_mark(desks)
    discipline_browser(desks, "outside")
    answer = asks_for_help(desks, "outside", number)
    unknown = desks.get("outside", "/staff/cases/2022-0000-0000")
    assert (answer.status_code, unknown.status_code) == (404, 404)
    assert main_of(answer) == main_of(unknown)
    assert holders_of(desks.deployment, number) == {SEALED, REPORTER}


def main_of(page: TestResponse) -> str:
    return page.text.partition("<main")[2]
