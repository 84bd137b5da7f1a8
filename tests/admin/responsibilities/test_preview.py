"""The effect before saving: exact, blind to what the editor may not see, and quick."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import event, func, insert, select

from admin.responsibilities.change import Change
from intake.cases.assignment import Assignment
from intake.cases.bar import Bar, BarSource
from intake.cases.case import NO_DUE_DATE, Case, Channel, Identity
from intake.rules.lifecycle import State
from portal.campaign.kinds import Kind
from portal.campaign.responsibility import Actor, Responsibility
from portal.foundation import clock
from tests.admin.responsibilities.office import NEW, Office, numbers_on

TODAY = date(2022, 6, 6)
A_YEAR_LATER = datetime(2023, 6, 6, 4, 0, tzinfo=UTC)


def row(unit: str = "TY", **cells: Any) -> Responsibility:
    empty = dict.fromkeys(("policy_code", "problem_code", "place_code", "kind", "actor"))
    return Responsibility(
        **{**empty, **cells}, unit_code=unit, basis="x", valid_from=TODAY, valid_to=None
    )


def adding(unit: str = "TY", **cells: Any) -> Change:
    return Change(added=(row(unit, **cells),))


def numbers(office: Office, change: Change, name: str = "chen") -> set[str]:
    found = office.preview(change, name)
    assert len(found.cases) == found.number
    return {one.number for one in found.cases}


@contextmanager
def counted(office: Office) -> Iterator[list[str]]:
    """The statements that the block sends."""
    sent: list[str] = []

    def note(_c: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        sent.append(statement)

    engine = office.house.deployment.database.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(engine, "before_cursor_execute", note)


def test_a_case_that_bars_the_editor_is_neither_listed_nor_counted(
    office_on_each_database: Office,
) -> None:
    office = office_on_each_database
    seen, hidden = office.house.case(), office.house.case(submission="hidden")
    with office.house.deployment.database.writing() as session:
        case = session.scalars(select(Case).where(Case.number == hidden)).one()
        chen = office.house.deployment.staff_id(session, "chen")
        session.add(
            Bar(
                case_id=case.id,
                staff_id=chen,
                source=BarSource.STAFF,
                named=True,
                set_at=clock.now(),
            )
        )
    change = adding(policy_code="MZ11", problem_code="1.2")
    found = office.preview(change)
    assert (found.looked_at, found.number) == (1, 1)
    assert numbers(office, change) == {seen}
    assert numbers(office, change, "lu") == {seen, hidden}
    page = office.look("/new", **NEW).text
    assert numbers_on(page) == [seen]
    assert "1件里，有1件" in page


def test_every_cell_is_held_against_the_case(office_on_each_database: Office) -> None:
    office = office_on_each_database
    community = next(p for p in office.book.places.values() if p.kind == "community")
    plain = office.house.case()
    placed = office.house.case(submission="placed", place=community.code)
    asked = office.house.case(submission="asked", kind=Kind.CONSULTATION)
    everything = {plain, placed, asked}
    policy = {"policy_code": "MZ11", "problem_code": "1.2"}
    assert numbers(office, adding(**policy)) == everything
    assert numbers(office, adding("MZ", **policy)) == set()
    assert numbers(office, adding(**policy, place_code=community.parent_code)) == {placed}
    assert numbers(office, adding(**policy, kind=Kind.CONSULTATION)) == {asked}
    assert numbers(office, adding(**policy, actor=Actor.UNIT)) == set()
    assert numbers(office, adding(policy_code="MZ01", problem_code="1.2")) == set()


def test_the_doer_is_the_one_by_whom_the_case_was_routed(office_on_each_database: Office) -> None:
    """2.2 has rows of its own for what a bank and what a unit did."""
    office = office_on_each_database
    words = "银行办卡的时候收了我二十块钱工本费，说是都要交的"
    number = office.house.case(problem="2.3", words=words)
    with office.house.deployment.database.reading() as session:
        decided = session.scalars(
            select(Responsibility).join(
                Assignment, Assignment.responsibility_id == Responsibility.id
            )
        ).one()
    assert decided.actor is Actor.BANK
    with_bank = adding(policy_code="MZ11", problem_code="2.3", actor=Actor.BANK)
    assert numbers(office, with_bank) == {number}
    assert not numbers(office, adding(policy_code="MZ11", problem_code="2.3", actor=Actor.UNIT))


def test_only_the_last_year_counts(office: Office) -> None:
    office.house.case()
    change = adding(policy_code="MZ11", problem_code="1.2")
    with clock.stopped_at(A_YEAR_LATER - timedelta(days=1)):
        assert office.preview(change).number == 1
    with clock.stopped_at(A_YEAR_LATER):
        assert office.preview(change).looked_at == 0


def test_rows_of_later_days_are_compared_on_their_day(office: Office) -> None:
    number = office.house.case()
    later = row(policy_code="MZ11", problem_code="1.2")
    later.valid_from = TODAY + timedelta(days=30)
    found = office.preview(Change(added=(later,)))
    assert [one.number for one in found.cases] == [number]
    assert found.days == [later.valid_from]


def fill(office: Office, number: int) -> None:
    """Cases of every sort, stored by the table."""
    book = office.book
    policies, problems = list(book.policies), list(book.problem_types)
    places, kinds = [*book.places, None], list(Kind)
    shared = {
        "channel": Channel.WEB,
        "state": State.ASSIGNED,
        "unit_code": "MZ",
        "identity": Identity.PHONE,
        "accusing": False,
        "registered_at": clock.now(),
        "registered_on": TODAY,
        "last_act_at": clock.now(),
        "due_on": NO_DUE_DATE,
        "due_clock": "",
        "answer_by": TODAY,
    }
    with office.house.deployment.database.writing() as session:
        rows = [
            {
                **shared,
                "number": f"N{i}",
                "kind": kinds[i % 5],
                "policy_code": policies[i % len(policies)],
                "problem_code": problems[i // len(policies) % len(problems)],
                "place_code": places[i * 13 % len(places)],
            }
            for i in range(number)
        ]
        session.execute(insert(Case), rows)


def test_a_year_of_cases_costs_two_statements(
    office_on_each_database: Office,
) -> None:
    office = office_on_each_database
    fill(office, 20_000)
    street = next(p.code for p in office.book.places.values() if p.kind == "street")
    for cells in ({"policy_code": "MZ11"}, {"place_code": street, "kind": Kind.COMPLAINT}):
        change = adding(**cells, problem_code="1.2")
        with office.house.deployment.database.reading() as session:
            expected = session.scalar(
                select(func.count()).where(
                    Case.problem_code == "1.2",
                    Case.policy_code == "MZ11"
                    if "policy_code" in cells
                    else Case.kind == Kind.COMPLAINT,
                )
            )
        with counted(office) as sent:
            found = office.preview(change)
        assert found.looked_at == 20_000
        if "policy_code" in cells:
            assert found.number == expected
        else:
            assert 0 < found.number < (expected or 0)
        assert len(found.cases) == min(50, found.number)
        about_cases = [one for one in sent if '"case"' in one]
        assert len(about_cases) == 2, about_cases
