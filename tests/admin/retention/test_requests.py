"""Requests about one's own information are destroyed: with the case that they are about, or by an
age of their own; what waits for its answer holds the case."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import select

from intake.cases.rights_request import RightsRequest
from intake.rules.rights import RightsOutcome
from intake.vault.compartment import Compartment
from portal.foundation import clock
from tests.admin.desk.people import Desks
from tests.admin.retention.years import ENDED, WORDS_GO, after_the_years, answered, night
from tests.intake.pages.journey import show
from tests.intake.pages.rights import ask_on_own_page, ask_without_code

# As the campaign keeps consultations: two years.
AGE = date(2024, 7, 1)
DAY = timedelta(days=1)


def decide_all(desks: Desks) -> None:
    """Let every request be granted; how is proven where deciding is tested."""
    with desks.deployment.database.writing() as session:
        by = desks.deployment.staff_id(session, "office")
        for one in session.scalars(select(RightsRequest)):
            one.propose(RightsOutcome.GRANTED, None, by=by, at=clock.now())
            one.end(RightsOutcome.GRANTED, by=by, at=clock.now())


def left(desks: Desks) -> dict[int | None, tuple[bool, bool]]:
    """Of each request, by its case, whether its texts and its box are there."""
    with desks.deployment.database.reading() as session:
        boxes = set(session.scalars(select(Compartment.label)))
        return {
            one.case_id: (
                any((one.sealed_words, one.sealed_contact, one.sealed_answer)),
                one.label in boxes,
            )
            for one in session.scalars(select(RightsRequest))
        }


def test_a_request_goes_with_its_case_and_one_without_by_its_age(desks_on_each: Desks) -> None:
    desks = desks_on_each
    with desks.on(ENDED):
        gone = answered(desks)
        ask_on_own_page(desks.deployment.citizen(), gone.query_code)
        _, code = ask_without_code(desks.deployment.citizen(), contact="王秀英").receipt
        decide_all(desks)
    case_id = gone.case.id
    after_the_years(desks, AGE - DAY)
    assert left(desks) == {case_id: (True, True), None: (True, True)}
    night(desks, AGE)
    assert left(desks) == {case_id: (True, True), None: (False, False)}
    assert "已经销毁" in show(desks.deployment.citizen(), code).text
    after_the_years(desks, WORDS_GO)
    assert left(desks) == {case_id: (False, False), None: (False, False)}
    assert night(desks, WORDS_GO + DAY) == 0


def test_what_waits_for_its_answer_holds_the_case(desks: Desks) -> None:
    with desks.on(ENDED):
        gone = answered(desks)
        ask_on_own_page(desks.deployment.citizen(), gone.query_code)
    after_the_years(desks, WORDS_GO)
    assert desks.stored(gone.case.number).destroyed_on is None
    with desks.on(WORDS_GO.isoformat()):
        decide_all(desks)
    night(desks, WORDS_GO + DAY)
    assert desks.stored(gone.case.number).destroyed_on == WORDS_GO + DAY
