"""Every wording fits its part, whatever stands in its gaps."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from string import Formatter

import pytest

from intake.cases.case import Case
from intake.rules.clocks import Running
from intake.rules.deadlines import Working
from intake.rules.lifecycle import State
from intake.sms.answers import ANSWERS, MOST_PARTS, PART_LENGTH, WORDINGS, Answer, as_table
from intake.told import Told, told
from portal.campaign.book import Book, book
from portal.campaign.kinds import Kind
from tests.deployments import Deployment

PAGE = Path(__file__).parents[3] / "docs" / "text-messages.md"
# The longest address that the wordings leave room for; the page in docs/ says so.
LONGEST_SITE = "https://" + "a" * 27
DATE = "2022年12月31日"


def longest_unit(campaign_book: Book) -> str:
    campaign = campaign_book.campaign
    chain = {campaign.office_code, campaign.discipline_code, campaign.superior_code}
    handlers = {row.unit_code for row in campaign_book.responsibilities} | chain
    names = [u.name for u in campaign_book.units.values() if u.desk or u.code in handlers]
    return max(names, key=len)


def states(campaign_book: Book) -> Iterator[Told]:
    """Everything that a reporter can be told about any state."""
    sign_for = Running("sign_for", Working(date(2022, 12, 31), (), tentative=False))
    unit = next(u for u in campaign_book.units.values() if u.name == longest_unit(campaign_book))
    for kind, state in itertools.product((Kind.COMPLAINT, Kind.TIP_OFF), State):
        case = Case(kind=kind, state=state, unit_code=unit.code)
        for events, running in itertools.product(
            ("registered", "looked", "referred", "reopened", "reopened_by_office", "review_asked"),
            (True, False),
        ):
            yield told(case, campaign_book, [events], [sign_for] if running else [])


def test_every_wording_fits_its_part(each_campaign: Deployment) -> None:
    with each_campaign.database.reading() as session:
        campaign_book = book(session)
    unit, campaign = longest_unit(campaign_book), campaign_book.campaign
    for state in set(states(campaign_book)):
        values = {
            "number": f"{campaign.case_prefix}12345678",
            "code": "ABCD EFGH JKMN PQRS T",
            "unit": unit,
            "date": DATE,
            "hotline": campaign.hotline,
            "emergency": campaign.emergency,
            "state": state.state,
            "sentence": state.sentence,
            "count": "99",
            "score": "5",
        }
        values |= {
            f"{name}_{place}": values[name]
            for name in ("number", "state", "sentence")
            for place in (2, 3)
        }
        for name in WORDINGS:
            part = Answer((name,), values).parts(LONGEST_SITE)[0]
            assert len(part) <= PART_LENGTH, (name, len(part), part)


@pytest.mark.parametrize("names", ANSWERS)
def test_an_answer_is_made_of_wordings_and_has_few_parts(names: tuple[str, ...]) -> None:
    assert set(names) <= set(WORDINGS)
    assert len(names) <= MOST_PARTS
    assert len(Answer(names).label) <= 40


def test_every_wording_is_used() -> None:
    assert {name for names in ANSWERS for name in names} == set(WORDINGS)


def test_a_tip_offs_wordings_have_no_gap_for_a_unit() -> None:
    for name in ("receipt", "tip_off", "tip_off_undated", "warning", "besides", "state_due"):
        gaps = {gap for _, gap, _, _ in Formatter().parse(WORDINGS[name])}
        assert "unit" not in gaps


def test_the_page_in_docs_shows_these_wordings() -> None:
    assert as_table() in PAGE.read_text()
