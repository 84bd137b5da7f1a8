"""Every notice fits one message of seventy characters, and gives nothing away."""

from __future__ import annotations

from pathlib import Path
from string import Formatter

import pytest

from intake.outbox.notices import (
    NOTICES,
    PROMISED,
    RECEIPT,
    REGISTERED,
    TITLES,
    Occasion,
    as_table,
    templates_of,
    worded,
)
from intake.sms.answers import PART_LENGTH
from intake.vault.query_codes import write_code
from portal.campaign.book import book
from tests.deployments import Deployment

PAGE = Path(__file__).parents[3] / "docs" / "text-messages.md"


def test_every_notice_fits_one_message(each_campaign: Deployment) -> None:
    with each_campaign.database.reading() as session:
        campaign = book(session).campaign
    values = {
        "number": f"{campaign.case_prefix}12345678",
        "hotline": campaign.hotline,
        "date": "2022年12月31日",
        "code": write_code(bytes(10)),
    }
    for name in NOTICES:
        said = worded(name, values)
        assert len(said) <= PART_LENGTH, (name, len(said), said)


@pytest.mark.parametrize("name", NOTICES)
def test_a_notice_has_no_gap_for_words_codes_units_or_addresses(name: str) -> None:
    gaps = {gap for _, gap, _, _ in Formatter().parse(NOTICES[name]) if gap}
    # A receipt is there for its code.
    assert gaps <= {"number", "hotline", "date"} | (
        {"code"} if name in {RECEIPT, REGISTERED} else set()
    )
    assert "http" not in NOTICES[name]


def test_every_notice_is_used_and_has_a_title() -> None:
    used = {
        name
        for occasion in Occasion
        for is_tip_off in (True, False)
        for name in templates_of(occasion, is_tip_off=is_tip_off)
    }
    assert used | {RECEIPT, REGISTERED, PROMISED} == NOTICES.keys() == TITLES.keys()


@pytest.mark.parametrize("occasion", Occasion)
def test_a_tip_offs_writer_reads_the_same_whatever_happened(occasion: Occasion) -> None:
    assert templates_of(occasion, is_tip_off=True) == ("news",)


def test_the_page_in_docs_shows_these_notices() -> None:
    assert as_table() in PAGE.read_text()
