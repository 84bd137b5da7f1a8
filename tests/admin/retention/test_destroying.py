"""What is destroyed when its time is over, and what stays: pages, figures, other cases."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from admin.desk.own_note import OwnNote
from admin.figures.counting import count_milestones
from admin.figures.milestone import Milestone
from admin.retention.destroy_due import keep_retention
from admin.retention.destroying import NotOver, destroy
from admin.retention.destruction_notice import DestructionNotice
from admin.retention.wiping import WIPED
from intake.cases.attachment import Attachment
from intake.cases.case import Case, Channel
from intake.cases.event import Event
from intake.cases.follow_up import FollowUp
from intake.cases.message import Message
from intake.cases.order import Order
from intake.cases.receipt import Receipt
from intake.cases.verification import Verification
from intake.outbox.notice_address import NoticeAddress
from intake.progress import look_up, withdraw
from intake.rules.lifecycle import State
from intake.rules.retention import Reason
from intake.vault.compartment import Compartment, CompartmentKey
from portal.foundation.database import Base
from tests.admin.desk.people import NOISE, TIP_OFF, Desks, filled
from tests.admin.desk.reporter import page_of
from tests.admin.retention.years import (
    CONTACT_GOES,
    ENDED,
    NAMED,
    WORDS,
    WORDS_GO,
    after_the_years,
    answered,
    night,
    rows_of,
)
from tests.pages.checks import check_html

DAY = timedelta(days=1)


def boxes_of(desks: Desks, number: str) -> list[str]:
    """The boxes of a case that somebody holds a key of."""
    with desks.deployment.database.reading() as session:
        held = select(Compartment.name).join(CompartmentKey).distinct()
        return sorted(session.scalars(held.where(Compartment.label == f"case:{number}")))


def test_words_go_on_their_day_and_contact_before(desks_on_each: Desks) -> None:
    desks = desks_on_each
    with desks.on(ENDED):
        gone = answered(desks)
        other = desks.case(NOISE)
    number = gone.case.number
    before = boxes_of(desks, other)

    assert after_the_years(desks, CONTACT_GOES - DAY) == 0
    assert "identity" in boxes_of(desks, number)
    assert night(desks, CONTACT_GOES) == 1
    kept = boxes_of(desks, number)
    assert "identity" not in kept
    assert "original" in kept
    assert desks.stored(number).contact_destroyed_on == CONTACT_GOES
    assert rows_of(desks, NoticeAddress, number) == []
    receipt = rows_of(desks, Receipt, number)[0]
    assert (receipt.phone_mark, receipt.contact_mark) == (None, None)

    assert after_the_years(desks, WORDS_GO - DAY) == 0
    assert boxes_of(desks, number) == kept
    assert night(desks, WORDS_GO) == 1
    assert boxes_of(desks, number) == []
    assert desks.stored(number).destroyed_on == WORDS_GO
    for record in (Message, Attachment, OwnNote, DestructionNotice):
        assert rows_of(desks, record, number) == []
    assert boxes_of(desks, other) == before
    assert night(desks, WORDS_GO + DAY) == 0
    names = [one.name for one in rows_of(desks, Event, number)]
    assert names.count("contact_destroyed") == names.count("destroyed") == 1


def test_nothing_goes_that_the_list_has_not_shown_for_a_month(desks: Desks) -> None:
    """The worker stood still for years."""
    with desks.on(ENDED):
        number = answered(desks).case.number
    late = WORDS_GO + timedelta(days=100)
    assert night(desks, late) == 0
    assert night(desks, late + 29 * DAY) == 0
    assert desks.stored(number).destroyed_on is None
    assert night(desks, late + 30 * DAY) == 1
    assert desks.stored(number).destroyed_on == late + 30 * DAY


def test_nothing_goes_by_day(desks: Desks) -> None:
    with desks.on(ENDED):
        number = answered(desks).case.number
    night(desks, WORDS_GO - 30 * DAY)
    with desks.on(WORDS_GO.isoformat(), hour=14):
        assert keep_retention(desks.deployment.database) == 0
    assert desks.stored(number).destroyed_on is None


def test_a_withdrawn_case_goes_after_thirty_days_unfiled(desks: Desks) -> None:
    with desks.on(ENDED):
        registered = desks.register(NAMED)
        with desks.deployment.database.writing() as session:
            withdraw(session, look_up(session, registered.query_code, to_change=True))
        # The same day it is on the list, and the thirty days begin.
        keep_retention(desks.deployment.database)
    number = registered.case.number
    assert "original" in boxes_of(desks, number)
    assert night(desks, date(2022, 7, 30)) == 0
    assert night(desks, date(2022, 7, 31)) == 1
    assert boxes_of(desks, number) == []


def test_parts_go_with_the_whole(desks: Desks) -> None:
    with desks.on(ENDED):
        whole = answered(desks)
        part = desks.register(NAMED).case
        desks.change(part.number, part_of_id=whole.case.id)
    number = whole.case.number
    after_the_years(desks)
    assert boxes_of(desks, number) != []

    with desks.on("2023-01-10"):
        desks.change(part.number, state=State.WITHDRAWN)
    # It was on the list until its part was looked at; the later of the two counts.
    assert after_the_years(desks, WORDS_GO + 60 * DAY) == 1
    assert boxes_of(desks, number) == boxes_of(desks, part.number) == []


def test_a_case_that_is_opened_again_leaves_the_list(desks: Desks) -> None:
    with desks.on(ENDED):
        number = answered(desks).case.number
    night(desks, WORDS_GO - 30 * DAY)
    assert [one.what for one in rows_of(desks, DestructionNotice, number)] != []
    with desks.on((WORDS_GO - DAY).isoformat()):
        desks.change(number, state=State.RETURNED)
    assert desks.stored(number).ended_on is None
    assert night(desks, WORDS_GO) == 0
    assert rows_of(desks, DestructionNotice, number) == []
    assert boxes_of(desks, number) != []


def test_an_open_case_is_not_destroyed_even_if_somebody_says_so(desks: Desks) -> None:
    number = desks.case(NAMED)
    with desks.deployment.database.writing() as session:
        case = session.scalars(select(Case).where(Case.number == number)).one()
        with pytest.raises(NotOver):
            destroy(session, case, reason=Reason.REQUESTED, by=None)
    assert boxes_of(desks, number) != []


def test_the_reporter_finds_the_state_and_that_it_was_destroyed(desks: Desks) -> None:
    with desks.on(ENDED):
        registered = answered(desks)
    after_the_years(desks)
    with desks.on("2025-08-01"):
        page = page_of(desks, registered.query_code)
        assert check_html(page.html, thorough=False) == []
        assert "办完了" in page.html
        assert "按保存期限已于2025年7月1日销毁" in page.html
        assert registered.case.number in page.html
        assert WORDS not in page.html
        assert "已经补发" not in page.html
        typed = page.fields | {"words": "还是没有发下来", "query_code": registered.query_code}
        again = desks.deployment.citizen().post("/progress/words", data=typed)
        assert "还是没有发下来" in again.text
        assert "另外写一件" in again.text
        assert "提出异议" not in page.html
        assert "交回答" not in page.html


def pages_of(number: str) -> Iterator[str]:
    """Every page of the staff that tells of a case."""
    case = f"/staff/cases/{number}"
    for page in ("", "/documents", "/approval-sheet", "/duplicates", "/referrals", "/supervision"):
        yield case + page
    yield from (f"{case}/follow-up", f"{case}/note", f"/staff/filing/{number}")
    yield f"/staff/retention/{number}"


def test_every_page_of_the_desk_copes(desks: Desks) -> None:
    with desks.on(ENDED):
        number = answered(desks).case.number
        opened = {page: desks.get("office", page).status_code for page in pages_of(number)}
    after_the_years(desks)
    with desks.on("2025-08-01"):
        for page, before in opened.items():
            answer = desks.get("office", page)
            assert answer.status_code == (409 if page.endswith("/note") else before), page
            assert WORDS not in answer.text
            assert check_html(answer.text, thorough=False) == []
        assert "2025年7月1日，这件的内容" in desks.get("office", f"/staff/cases/{number}").text
        for name in ("office", "mz-officer"):
            found = desks.at(name).get("/staff/cases/search", query_string={"q": "王二麻子"})
            assert number not in found.text


def test_nobody_writes_into_what_is_gone(desks: Desks) -> None:
    with desks.on(ENDED):
        number = answered(desks).case.number
    after_the_years(desks)
    with desks.on("2025-08-01"):
        typed = desks.token("office") | {"version": str(desks.stored(number).version)}
        typed |= {"words": "再看一看"}
        for path in (f"/staff/retention/{number}/hold", f"/staff/filing/{number}/file"):
            answer = desks.at("office").post(path, data=typed)
            assert answer.status_code == 409, path
            assert "内容已经销毁" in answer.text
            assert check_html(answer.text, thorough=False) == []
    assert boxes_of(desks, number) == []
    assert rows_of(desks, Message, number) == []


def test_every_figure_is_the_same(desks_on_each: Desks) -> None:
    """What is counted is read from rows that stay."""
    desks = desks_on_each
    with desks.on(ENDED):
        answered(desks)
        desks.case(NOISE)
        desks.case(TIP_OFF)
    asked = "/staff/figures?first=2022-06-01&last=2022-08-01"

    def figures() -> tuple[str, list[int]]:
        with desks.on("2025-09-01"):
            count_milestones(desks.deployment.database)
            page = desks.get("office", asked)
            assert page.status_code == 200
            with desks.deployment.database.reading() as session:
                counted = [
                    session.scalar(select(func.count()).select_from(one)) or 0
                    for one in (Case, Milestone, FollowUp)
                ]
            return page.text.partition("<main")[2], counted

    before = figures()
    assert after_the_years(desks) == 1
    assert figures() == before


def test_an_order_is_not_known_again_and_no_number_is_read(desks: Desks) -> None:
    with desks.on(ENDED):
        number = answered(desks).case.number
        desks.change(number, channel=Channel.HOTLINE)
        with desks.deployment.database.writing() as session:
            case_id = desks.stored(number).id
            session.add(
                Order(
                    case_id=case_id,
                    source=Channel.HOTLINE,
                    number_stamp="x" * 64,
                    number_sealed=b"sealed",
                    ordered_on=date(2022, 6, 1),
                    answer_by=date(2022, 6, 30),
                    entered_by=desks.deployment.staff_id(session, "office"),
                    entered_at=desks.stored(number).registered_at,
                    answered_on=date(2022, 7, 1),
                )
            )
    assert after_the_years(desks) == 1
    order = rows_of(desks, Order, number)[0]
    assert order.number_sealed == b""
    assert order.number_stamp != "x" * 64
    with desks.on("2025-08-01"):
        assert desks.get("office", "/staff/orders?tab=answered").status_code == 200
        assert desks.get("office", f"/staff/cases/{number}/order").status_code == 200


def test_what_another_unit_checked_is_gone_for_it_too(desks: Desks) -> None:
    with desks.on(ENDED):
        registered = desks.register(NAMED)
        number = registered.case.number
        desks.through(number, ("mz-officer", "sign-for", ""), ("mz-officer", "accept", ""))
        asked = desks.act("mz-officer", number, "verify", unit="ST05", words="他领过失业金吗")
        assert asked.status_code == 303, asked.text
        key = rows_of(desks, Verification, number)[0].key
        page = f"/staff/verifications/{key}"
        typed = filled(desks.get("st-officer", page).text) | {"words": "没有领过"}
        assert desks.at("st-officer").post(page, data=typed).status_code == 303
        assert "没有领过" in desks.get("st-officer", page).text
        desks.change(number, state=State.WITHDRAWN)
        keep_retention(desks.deployment.database)
    assert night(desks, date(2022, 8, 2)) == 1
    one = rows_of(desks, Verification, number)[0]
    assert (one.sealed_question, one.sealed_answer) == (b"", None)
    with desks.on("2022-08-02"):
        assert desks.get("st-officer", page).status_code == 404
        assert key not in desks.get("st-officer", "/staff/verifications").text


def test_every_table_with_sealed_words_of_cases_is_wiped() -> None:
    """A new table that points to a case and holds bytes has to be thought of here."""
    # Digests of files that left, and signatures of rows that stay.
    pointed_to = {"case", "order", "referral", "site_mistake"}
    kept = {"filing", "assistance", "referral", "event"}
    holding = {
        table.name
        for table in Base.metadata.sorted_tables
        if any(key.column.table.name in pointed_to for key in table.foreign_keys)
        and any("BLOB" in str(column.type) for column in table.columns)
    }
    by_itself = {"compartment", "compartment_key", "site_mistake"}
    assert holding - kept == set(WIPED) - by_itself
