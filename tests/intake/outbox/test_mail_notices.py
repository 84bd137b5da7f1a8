"""Every mail gives nothing away, and stands in docs/ for the office to proof-read."""

from __future__ import annotations

from pathlib import Path
from string import Formatter

import pytest

from intake.outbox.mail_notices import (
    CONFIRM,
    MAIL_NOTICES,
    MAIL_TITLES,
    STAFF_ACCOUNT,
    STAFF_MAIL_MOVED,
    STAFF_NEWS,
    as_mail_table,
    mail_template_of,
    subject_of,
)
from intake.outbox.notices import Occasion

OF_THEIR_OWN = {CONFIRM, STAFF_NEWS, STAFF_ACCOUNT, STAFF_MAIL_MOVED}
TO_STAFF = OF_THEIR_OWN - {CONFIRM}
PAGE = Path(__file__).parents[3] / "docs" / "mail.md"


def gaps(text: str) -> set[str]:
    return {gap for _, gap, _, _ in Formatter().parse(text) if gap}


@pytest.mark.parametrize("name", MAIL_NOTICES)
def test_a_mail_has_no_gap_for_words_codes_or_units(name: str) -> None:
    assert gaps(MAIL_NOTICES[name]) <= {"number", "hotline", "date", "site"}
    assert gaps(subject_of(name)) == set()
    assert "http" not in MAIL_NOTICES[name]
    assert "/" not in MAIL_NOTICES[name]


@pytest.mark.parametrize("name", ["news", *sorted(OF_THEIR_OWN)])
def test_what_goes_to_everybody_alike_has_no_number(name: str) -> None:
    assert "number" not in gaps(MAIL_NOTICES[name])


def test_to_staff_it_says_nothing_else() -> None:
    assert {gap for name in TO_STAFF for gap in gaps(MAIL_NOTICES[name])} == set()
    assert MAIL_NOTICES[STAFF_NEWS].startswith("有新的待办，请登录工作台查看。")


@pytest.mark.parametrize("name", sorted(MAIL_NOTICES.keys() - TO_STAFF))
def test_each_mail_to_a_reporter_says_how_to_stop(name: str) -> None:
    assert "不想再收邮件" in MAIL_NOTICES[name]


def test_what_stands_above_a_notice_is_the_same_whatever_happened() -> None:
    assert len({subject_of(name) for name in MAIL_NOTICES.keys() - OF_THEIR_OWN}) == 1


def test_every_mail_is_used_and_has_a_title() -> None:
    used = {
        mail_template_of(occasion, is_tip_off=is_tip_off)
        for occasion in Occasion
        for is_tip_off in (True, False)
    }
    assert used | OF_THEIR_OWN == MAIL_NOTICES.keys() == MAIL_TITLES.keys()


@pytest.mark.parametrize("occasion", Occasion)
def test_a_tip_offs_writer_reads_the_same_whatever_happened(occasion: Occasion) -> None:
    assert mail_template_of(occasion, is_tip_off=True) == "news"


def test_the_page_in_docs_shows_these_mails() -> None:
    assert as_mail_table() in PAGE.read_text()
