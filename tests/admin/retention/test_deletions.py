"""A deletion that was granted destroys: at once where nothing holds the case, else on the first
night on which nothing does; and what whoever asked reads before and after."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from admin.figures.counting import count_milestones
from admin.retention.destruction_notice import DestructionNotice
from admin.system.sweeping import sweep_files, sweep_left_files
from intake.cases.attachment import Attachment
from intake.cases.event import Event
from intake.cases.follow_up import FollowUp
from intake.cases.message import Message
from intake.cases.rights_request import RightsRequest
from intake.progress import look_up, withdraw
from intake.rules.lifecycle import State
from intake.rules.retention import Reason, What
from intake.sms.state_answer import answer_for
from portal.campaign.campaign import Campaign
from portal.campaign.revision import new_book_revision
from tests.admin.backup.machines import report_with_photo
from tests.admin.desk.people import NOISE, TIP_OFF, Desks
from tests.admin.retention.test_destroying import boxes_of
from tests.admin.retention.test_in_the_files import left_in, on_disk, pieces_of
from tests.admin.retention.test_list import LIST, presses, shown
from tests.admin.retention.years import (
    CONTACT_GOES,
    ENDED,
    NAMED,
    WORDS,
    WORDS_GO,
    after_the_years,
    answered,
    filed,
    night,
    rows_of,
    visited,
)
from tests.admin.sealed_class.readers import discipline_browser
from tests.intake.pages.journey import show
from tests.intake.pages.mistakes import ACCUSES
from tests.intake.pages.rights import ask_on_own_page
from tests.pages.checks import check_html

DAY = timedelta(days=1)
FIRST = date(2022, 7, 1)
RIGHTS = "/staff/personal-information"
ASKED = "请把我写的都删掉，我怕邻居知道"


def asked(desks: Desks, code: str, **typed: str) -> RightsRequest:
    """A deletion that the holder of a case's code asks for on its page."""
    ask_on_own_page(desks.deployment.citizen(), code, words=ASKED, **typed)
    with desks.deployment.database.reading() as session:
        return session.scalars(select(RightsRequest).order_by(RightsRequest.id.desc())).all()[0]


def stored(desks: Desks, number: str) -> RightsRequest:
    with desks.deployment.database.reading() as session:
        return session.scalars(select(RightsRequest).where(RightsRequest.number == number)).one()


def sends(desks: Desks, name: str, number: str, act: str = "", **typed: str) -> TestResponse:
    """Send the form of a request's page."""
    given = {"outcome": "granted", "deletes": "words", "ground": "", "text": "", **typed}
    data = {**desks.token(name), "version": str(stored(desks, number).version), **given}
    answer = desks.at(name).post(f"{RIGHTS}/{number}" + (f"/{act}" if act else ""), data=data)
    if answer.status_code != 303:
        assert check_html(answer.text, thorough=False) == []
    return answer


def destroyed(desks: Desks, number: str) -> list[tuple[str, dict[str, str], bool]]:
    """The events of a case that say what was destroyed, why, and whether a person did it."""
    return [
        (one.name, one.facts, one.staff_id is not None)
        for one in rows_of(desks, Event, number)
        if one.name in {"destroyed", "contact_destroyed"}
    ]


def test_what_nothing_holds_is_destroyed_as_it_is_granted(desks_on_each: Desks) -> None:
    desks = desks_on_each
    with desks.on(ENDED):
        gone, other = answered(desks), desks.case(NOISE)
        kept, number = boxes_of(desks, other), gone.case.number
        request = asked(desks, gone.query_code)
        page = desks.get("office", f"{RIGHTS}/{request.number}").text
        assert "一同意，马上就删" in page
        assert "先要" not in page
        version = str(request.version)
        assert sends(desks, "office", request.number).status_code == 303
        again = sends(desks, "office", request.number, version=version)
        assert (again.status_code, "已经有同事答复了" in again.text) == (409, True)

        assert boxes_of(desks, number) == []
        assert boxes_of(desks, other) == kept
        for record in (Message, Attachment, DestructionNotice):
            assert rows_of(desks, record, number) == []
        assert destroyed(desks, number) == [("destroyed", {"reason": "requested"}, True)]
        left = stored(desks, request.number)
        assert (left.sealed_words, left.sealed_answer) == (b"", None)
        assert (left.outcome, left.destroyed_on) == ("granted", FIRST)

        desk = desks.get("office", f"{RIGHTS}/{request.number}").text
        assert "2022年7月1日，写的、答复的都销毁了" in desk
        assert number not in shown(desks, "office")
    assert night(desks, FIRST + DAY) == 0


def test_whoever_asked_reads_the_state_the_day_and_that_he_asked_for_it(desks: Desks) -> None:
    with desks.on(ENDED):
        gone = answered(desks)
        request = asked(desks, gone.query_code)
        before = show(browser := desks.deployment.citizen(), gone.query_code)
        assert sends(desks, "office", request.number).status_code == 303

        # He had his page open all the while.
        late = {**before.fields, "words": "还有一句话"}
        answer = browser.post("/progress/words", data=late).text
        assert "还有一句话" in answer
        assert "另外写一件" in answer
        assert rows_of(desks, Message, gone.case.number) == []
        own = show(browser, gone.query_code)
        for said in ("按您的要求已于2022年7月1日销毁", "办完了", "您写的内容销毁了", "同意了。"):
            assert said in own.text, said
        for words in (ASKED, WORDS, "按保存期限"):
            assert words not in own.text, words
        with desks.deployment.database.reading() as session:
            said = answer_for(session, look_up(session, gone.query_code)).values["sentence"]
        assert "按您的要求" in said


def test_every_figure_is_the_same(desks: Desks) -> None:
    with desks.on(ENDED):
        gone = answered(desks)
        desks.case(NOISE)

        def figures() -> tuple[str, int]:
            count_milestones(desks.deployment.database)
            page = desks.get("office", "/staff/figures?first=2022-06-01&last=2022-08-01")
            assert page.status_code == 200
            return page.text.partition("<main")[2], len(rows_of(desks, FollowUp, gone.case.number))

        before = figures()
        request = asked(desks, gone.query_code)
        assert sends(desks, "office", request.number).status_code == 303
        assert desks.stored(gone.case.number).destroyed_on
        assert figures() == before


def test_a_running_matter_goes_on(desks: Desks) -> None:
    with desks.on(ENDED):
        going = desks.register(NAMED)
        number = going.case.number
        request = asked(desks, going.query_code)
        assert "先要：办结、归档" in desks.get("office", f"{RIGHTS}/{request.number}").text
        assert sends(desks, "office", request.number, text="办完就删。").status_code == 303
        page = desks.get("office", f"{RIGHTS}/{request.number}").text
        assert "还没有删，先要：办结、归档" in page
        assert "来件人要求删除" in desks.get("office", f"/staff/cases/{number}").text
        assert "来件人要求删除" not in desks.get("mz-officer", f"/staff/cases/{number}").text
        own = show(browser := desks.deployment.citizen(), going.query_code)
        assert "都办完了就删，不用您再提" in own.text
        assert "办完就删。" in own.text
        more = browser.post("/progress/words", data={**own.fields, "words": "补一句"})
        assert (more.status_code, "补一句" in more.text) == (200, True)
    night(desks, FIRST + DAY)
    assert desks.stored(number).destroyed_on is None
    assert rows_of(desks, DestructionNotice, number) == []


def test_it_goes_on_the_first_night_on_which_nothing_holds_it(desks_on_each: Desks) -> None:
    desks = desks_on_each
    with desks.on(ENDED):
        going = desks.register(NAMED)
        number, request = going.case.number, asked(desks, going.query_code)
        assert sends(desks, "office", request.number).status_code == 303
        desks.change(number, state=State.CLOSED)
        visited(desks, number)
    night(desks, FIRST + DAY)
    assert desks.stored(number).destroyed_on is None
    notices = rows_of(desks, DestructionNotice, number)
    assert [(one.reason, one.due_on) for one in notices] == [(Reason.REQUESTED, FIRST)]
    with desks.on("2022-07-03"):
        listed = desks.get("office", LIST).text
        assert "来件人要求删除" in listed
        assert "还没有归档" in listed
        filed(desks, number)
    assert night(desks, date(2022, 7, 4)) == 1
    assert boxes_of(desks, number) == []
    assert destroyed(desks, number) == [("destroyed", {"reason": "requested"}, False)]


def test_who_decides_holds_it_all_the_same(desks: Desks) -> None:
    with desks.on(ENDED):
        held = answered(desks)
        number, request = held.case.number, asked(desks, held.query_code)
        assert presses(desks, "office-head", number, "hold") == 303
        page = desks.get("office", f"{RIGHTS}/{request.number}").text
        assert "先要：取消暂停销毁" in page
        assert sends(desks, "office", request.number).status_code == 303
    night(desks, FIRST + DAY)
    with desks.on("2022-07-03"):
        assert desks.stored(number).destroyed_on is None
        assert presses(desks, "office-head", number, "resume", words="官司打完了") == 303
    assert night(desks, date(2022, 7, 4)) == 1


def test_only_how_he_is_reached_may_go(desks: Desks) -> None:
    with desks.on(ENDED):
        one = answered(desks)
        number, request = one.case.number, asked(desks, one.query_code)
        for wrong in ({"deletes": ""}, {"outcome": "partly", "ground": "still_kept", "text": "留"}):
            answer = sends(desks, "office", request.number, **wrong)
            assert (answer.status_code, "请选删掉什么" in answer.text) == (422, True)
        assert "identity" in boxes_of(desks, number)
        given = {"outcome": "partly", "ground": "still_kept", "deletes": "contact", "text": "留着"}
        assert sends(desks, "office", request.number, **given).status_code == 303
        assert "identity" in boxes_of(desks, number), "a second person hasn't agreed"
        assert sends(desks, "office-head", request.number, "agreement").status_code == 303

        left = boxes_of(desks, number)
        assert ("identity" in left, "original" in left) == (False, True)
        assert stored(desks, request.number).deletes is What.CONTACT
        own = show(desks.deployment.citizen(), one.query_code)
        assert "您的姓名和联系方式，2022年7月1日已经销毁" in own.text
        assert WORDS in own.text
    # Its words go by their age.
    assert after_the_years(desks, CONTACT_GOES) == 0
    after_the_years(desks, WORDS_GO)
    assert desks.stored(number).destroyed_on == WORDS_GO


def test_all_of_a_message_waits_for_the_last_of_it(desks: Desks) -> None:
    with desks.on(ENDED):
        whole, part = answered(desks), desks.register(NAMED).case
        request = asked(desks, whole.query_code)
        desks.change(part.number, part_of_id=whole.case.id)
        assert "先要：办结" in desks.get("office", f"{RIGHTS}/{request.number}").text
        assert sends(desks, "office", request.number).status_code == 303
        assert desks.stored(whole.case.number).destroyed_on is None
        desks.change(part.number, state=State.CLOSED)
        filed(desks, part.number)
        visited(desks, part.number)
    assert night(desks, FIRST + DAY) == 1
    assert boxes_of(desks, whole.case.number) == boxes_of(desks, part.number) == []


def test_a_sealed_case_is_counted_before_it_goes(desks: Desks) -> None:
    """One reader alone can't make vanish what accuses the office, not even if it is asked of
    him."""
    with desks.on(ENDED):
        sealed = desks.register(TIP_OFF, words=ACCUSES)
        with desks.deployment.database.writing() as session:
            withdraw(session, look_up(session, sealed.query_code, to_change=True))
        number, request = sealed.case.number, asked(desks, sealed.query_code)
        assert desks.get("office", f"{RIGHTS}/{request.number}").status_code == 404
        page = desks.get("discipline", f"{RIGHTS}/{request.number}").text
        assert "先要：在密件的“到期销毁”里列满30天" in page
        assert sends(desks, "discipline", request.number).status_code == 303
    night(desks, FIRST + DAY)
    night(desks, date(2022, 8, 20))
    assert desks.stored(number).destroyed_on is None
    with desks.on("2022-08-21"):
        discipline_browser(desks, "officer")
        assert "密件1件" in desks.get("officer", "/staff/cases").text
        assert number not in shown(desks, "office")
    night(desks, date(2022, 9, 19))
    assert desks.stored(number).destroyed_on is None
    assert night(desks, date(2022, 9, 20)) == 1
    assert destroyed(desks, number)[0][1] == {"reason": "requested"}


def test_what_somebody_needs_is_held_while_it_still_goes_on(desks: Desks) -> None:
    """Its end and the night after it may be hours apart."""
    with desks.on(ENDED):
        going = desks.register(NAMED)
        number, request = going.case.number, asked(desks, going.query_code)
        assert presses(desks, "office-head", number, "hold") == 409
        assert sends(desks, "office", request.number).status_code == 303
        assert "暂停销毁</button>" in desks.get("office-head", f"{LIST}/{number}").text
        assert presses(desks, "office-head", number, "hold") == 303
        assert "不再暂停</button>" in desks.get("office-head", f"{LIST}/{number}").text
        desks.change(number, state=State.CLOSED)
        filed(desks, number)
        visited(desks, number)
    assert night(desks, FIRST + DAY) == 0


def test_what_is_withdrawn_once_it_was_granted_waits_its_days(desks: Desks) -> None:
    """Who forces a reporter mustn't have the night for it: whoever granted it counted on a matter
    that is answered and filed before."""
    with desks.on(ENDED):
        going = desks.register(TIP_OFF)
        number, request = going.case.number, asked(desks, going.query_code)
        assert sends(desks, "office", request.number).status_code == 303
        with desks.deployment.database.writing() as session:
            withdraw(session, look_up(session, going.query_code, to_change=True))
        assert (
            "还没有删，先要：撤回满30天" in desks.get("office", f"{RIGHTS}/{request.number}").text
        )
        assert "又撤回了" in desks.get("office", f"/staff/cases/{number}").text
    assert night(desks, FIRST + DAY) == 0
    with desks.on("2022-07-03"):
        assert shown(desks, "office") == [number]
    assert night(desks, FIRST + timedelta(days=29)) == 0
    assert night(desks, FIRST + timedelta(days=30)) == 1


def test_a_sealed_one_on_the_list_for_its_contact_waits_for_its_words(desks: Desks) -> None:
    with desks.on(ENDED):
        sealed = desks.register(TIP_OFF, words=ACCUSES)
        number = sealed.case.number
        desks.change(number, state=State.CLOSED)
        filed(desks, number)
        visited(desks, number)
    contact = DestructionNotice(
        case_id=sealed.case.id,
        what=What.CONTACT,
        reason=Reason.PERIOD,
        due_on=FIRST + timedelta(days=60),
        listed_on=FIRST,
    )
    with desks.deployment.database.writing() as session:
        session.add(contact)
    with desks.on("2022-07-02"):
        discipline_browser(desks, "officer")
    with desks.on("2022-08-15"):
        request = asked(desks, sealed.query_code)
        assert sends(desks, "discipline", request.number).status_code == 303
    assert desks.stored(number).destroyed_on is None
    assert "original" in boxes_of(desks, number)


def test_no_byte_of_it_is_left(desks: Desks) -> None:
    with desks.on(ENDED):
        code = report_with_photo(desks.deployment)
        with desks.deployment.database.reading() as session:
            case = look_up(session, code).case
        desks.change(case.number, state=State.WITHDRAWN)
        request = asked(desks, code)
        pieces = pieces_of(desks, case)
        assert left_in(on_disk(desks), pieces) > 0.8 * len(pieces)
    with desks.on("2022-07-02"):
        sweep_files(desks.deployment.database)
        assert sends(desks, "office", request.number).status_code == 303
    night(desks, date(2022, 7, 3))
    with desks.on("2022-07-03"):
        assert sweep_left_files(desks.deployment.database) == 1
        assert left_in(on_disk(desks), pieces) == 0


def test_a_campaign_that_keeps_for_ever_deletes_what_is_asked(desks: Desks) -> None:
    with desks.on(ENDED):
        with desks.deployment.database.writing() as session:
            session.scalars(select(Campaign)).one().retention = {}
            new_book_revision(session)
        going, kept = desks.register(NAMED), answered(desks)
        number, request = going.case.number, asked(desks, going.query_code)
        assert sends(desks, "office", request.number).status_code == 303
        desks.change(number, state=State.CLOSED)
        filed(desks, number)
        visited(desks, number)
    assert night(desks, FIRST + DAY) == 1
    assert desks.stored(number).destroyed_on == FIRST + DAY
    assert night(desks, WORDS_GO) == 0
    assert boxes_of(desks, kept.case.number) != []


@pytest.mark.parametrize("when", [date(2027, 6, 30), date(2027, 7, 2)])
def test_a_request_about_what_is_gone_goes_by_its_age(desks: Desks, when: date) -> None:
    with desks.on(ENDED):
        gone = answered(desks)
    after_the_years(desks, WORDS_GO)
    with desks.on("2025-07-02"):
        request = asked(desks, gone.query_code)
        assert "已经销毁了" in desks.get("office", f"{RIGHTS}/{request.number}").text
        assert sends(desks, "office", request.number, text="早就没有了。").status_code == 303
        assert "早就没有了" in show(desks.deployment.citizen(), gone.query_code).text
    night(desks, when)
    assert stored(desks, request.number).is_destroyed == (when > date(2027, 7, 1))
