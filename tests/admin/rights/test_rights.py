"""Requests about one's own information in the office's hands: making sure who asks, deciding, the
second person, the record."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from admin.desk import casework
from admin.desk.hand import Hand
from admin.desk.own_note import note_to_oneself
from intake.cases.case import Case
from intake.cases.event import Event
from intake.cases.rights_request import RightsRequest
from intake.rules.lifecycle import State
from intake.rules.rights import RightsOutcome
from portal.foundation import clock
from portal.foundation.staff import Role
from tests.admin.conftest import NOON
from tests.admin.hearing import reads
from tests.admin.house import House
from tests.intake.pages.journey import report, show
from tests.intake.pages.rights import WORDS, ask_on_own_page, ask_without_code, own_content

LIST = "/staff/personal-information"
SECRET = "这家人以前也来过，材料再核一遍"
ANSWER = "已经把您的电话删掉了。"


def _write(
    act: Callable[[Session, Case, Hand, str], None], session: Session, case: Case, hand: Hand
) -> None:
    act(session, case, hand, SECRET)


def asked(house: House, **typed: str) -> tuple[str, str]:
    """Number and code of a request that somebody made without a code."""
    return ask_without_code(house.deployment.citizen(), **typed).receipt


def asked_on_own_page(
    house: House, about: str = "我妈的高龄津贴没发", **typed: str
) -> tuple[str, str]:
    """The number of a request on the page of a case, and the case's code."""
    client = house.deployment.citizen()
    _, code = report(client, words=about).receipt
    assert ask_on_own_page(client, code, **typed).status == 200
    return newest(house).number, code


def newest(house: House) -> RightsRequest:
    with house.deployment.database.reading() as session:
        return session.scalars(select(RightsRequest).order_by(RightsRequest.id.desc())).all()[0]


def stored(house: House, number: str) -> RightsRequest:
    with house.deployment.database.reading() as session:
        return session.scalars(select(RightsRequest).where(RightsRequest.number == number)).one()


def acts(house: House, number: str, by: str, act: str = "", **typed: str) -> int:
    """Send a form of a request's page with the version that it has now."""
    path = f"{LIST}/{number}" + (f"/{act}" if act else "")
    version = str(stored(house, number).version)
    return house.post(by, path, **{"version": version, **typed}).status_code


def decides(house: House, number: str, by: str = "chen", **typed: str) -> int:
    """What would be deleted is taken only of a deletion about a case."""
    given = {"outcome": "granted", "deletes": "contact", "ground": "", "text": ANSWER}
    return acts(house, number, by, **{**given, **typed})


def refuses(house: House, number: str, by: str = "chen", **typed: str) -> int:
    return decides(house, number, by, **{"outcome": "refused", "ground": "duty", **typed})


def events(house: House, name: str) -> list[Event]:
    with house.deployment.database.reading() as session:
        return list(session.scalars(select(Event).where(Event.name == name).order_by(Event.seq)))


def test_what_a_code_holder_asks_one_person_grants(house_on_each: House) -> None:
    house = house_on_each
    number, code = asked_on_own_page(house)
    other, _ = asked(house)
    page = house.get("chen", LIST)
    assert page.index(number) < page.index(other)
    assert "请删掉我的电话" in house.get("chen", f"{LIST}/{number}")
    assert decides(house, number) == 303

    own = show(house.deployment.citizen(), code).text
    assert "同意了。" in own
    assert ANSWER in own
    assert WORDS not in own
    [event] = events(house, "rights_decided")
    assert event.facts == {"request": number, "outcome": "granted"}
    assert "chen同志" in house.get("lu", LIST)
    assert decides(house, number, text="又一个答复") == 409
    assert ANSWER in show(house.deployment.citizen(), code).text


def test_only_who_has_to_do_with_cases_keeps_them(house: House) -> None:
    number, _ = asked(house)
    for name in ("gong", "min", "zheng", "shen"):
        house.get(name, LIST, status=404)
        house.get(name, f"{LIST}/{number}", status=404)
    # Discipline inspection has a list of its own.
    assert number not in house.get("ji", LIST)
    house.get("ji", f"{LIST}/{number}", status=404)


def test_what_is_refused_takes_a_ground_and_a_second_person(house_on_each: House) -> None:
    house = house_on_each
    number, code = asked_on_own_page(house)
    assert refuses(house, number, ground="") == 422
    assert refuses(house, number, ground="secret") == 422, "no ground to go on keeping something"
    assert refuses(house, number, text=" ") == 422
    assert refuses(house, number) == 303
    assert ANSWER not in show(house.deployment.citizen(), code).text
    assert "正在办" in show(house.deployment.citizen(), code).text
    assert reads(house, "lu", "1条等第二人看不同意的答复")
    assert acts(house, number, "chen", "agreement") == 409
    assert decides(house, number, "lu") == 409
    assert acts(house, number, "lu", "agreement", version="1") == 409
    assert acts(house, number, "lu", "agreement") == 303

    own = show(house.deployment.citizen(), code).text
    assert ANSWER in own
    assert "第三十四条" in own
    assert "人民法院" in own
    content, _ = own_content(house.deployment.citizen(), code)
    assert content["个人信息请求"][0]["结果"] == "不同意"
    request = stored(house, number)
    assert request.proposed_by != request.decided_by


def test_the_database_itself_wants_two_people(house_on_each: House) -> None:
    number, _ = asked_on_own_page(house_on_each)
    assert refuses(house_on_each, number) == 303
    with pytest.raises(IntegrityError):
        _end_alone(house_on_each)


def _end_alone(house: House) -> None:
    with house.deployment.database.writing() as session:
        request = session.scalars(select(RightsRequest)).one()
        request.end(RightsOutcome.REFUSED, by=request.proposed_by, at=clock.now())


def test_the_second_person_sends_a_refusal_back(house: House) -> None:
    number, code = asked_on_own_page(house)
    assert refuses(house, number, outcome="partly") == 303
    assert acts(house, number, "lu", "sending-back") == 303
    assert acts(house, number, "lu", "agreement") == 409
    assert decides(house, number, "lu") == 303

    assert "同意了。" in show(house.deployment.citizen(), code).text
    assert stored(house, number).ground is None


def test_without_a_code_nothing_is_given_before_somebody_made_sure(house: House) -> None:
    number, code = asked(house, contact="王秀英 13907123456")
    assert decides(house, number) == 422
    assert acts(house, number, "chen", "proof", how="code") == 422, "nobody at a desk has it"
    assert acts(house, number, "chen", "proof", how="seen") == 303
    assert "当面看了身份证件" in house.get("lu", f"{LIST}/{number}")
    assert decides(house, number, text="给您打印了一份，请来取。") == 303

    assert "请来取" in show(house.deployment.citizen(), code).text
    [event] = events(house, "rights_proved")
    assert event.facts == {"request": number, "how": "seen"}


def test_whom_nobody_could_make_sure_of_is_refused(house: House) -> None:
    number, _ = asked(house)
    assert refuses(house, number, ground="not_proved") == 303
    assert acts(house, number, "lu", "agreement") == 303


def test_what_comes_on_paper_is_written_down_once(house: House) -> None:
    page = house.get("chen", f"{LIST}/new")
    once = page.split('name="once"', 1)[1].split('value="', 1)[1].split('"', 1)[0]
    given = {
        "asked_for": "correction",
        "asker": "relative",
        "words": "名单里我父亲的名字写错了",
        "contact": "王建国，家住青萝巷，写信答复",
        "received_on": "2022-06-01",
        "proved": "papers",
        "once": once,
    }
    assert (
        house.post("chen", f"{LIST}/new", **{**given, "received_on": "2022-06-07"}).status_code
        == 422
    )
    assert house.post("chen", f"{LIST}/new", **given).status_code == 303
    assert house.post("chen", f"{LIST}/new", **given).location.endswith("done=once")

    request = newest(house)
    assert request.public_key is None
    shown = house.get("lu", f"{LIST}/{request.number}")
    assert "青萝巷" not in shown, "how he is reached opens with a reason"
    assert "6月23日" in shown, "fifteen working days after the first of June"
    assert refuses(house, request.number, ground="not_related") == 303


def test_a_correction_goes_into_the_case_with_a_label(house: House) -> None:
    number, code = asked_on_own_page(house, asked_for="correction", words="我住三楼，不是二楼")
    assert decides(house, number, text="改过来了。") == 303

    content, _ = own_content(house.deployment.citizen(), code)
    [added] = content["件"][0]["您后来写的"]
    assert added["内容"] == f"（个人信息权利请求{number}：更正、补充）\n我住三楼，不是二楼"
    assert [one.facts for one in events(house, "rights_corrected")] == [{"request": number}]


def test_the_record_of_a_year_has_counts_and_no_names(house: House) -> None:
    number, _ = asked_on_own_page(house)
    waits, _ = asked(house, contact="王秀英 13907123456")
    assert refuses(house, number) == 303
    assert acts(house, number, "lu", "agreement") == 303
    with clock.stopped_at(NOON + timedelta(days=365)):
        house.browsers.clear()
        asked(house)
        file = house.browser("chen").get(f"{LIST}/record-2022.xlsx")
        page = house.get("chen", f"{LIST}?year=2022")

    sheet = load_workbook(io.BytesIO(file.data)).active
    assert isinstance(sheet, Worksheet)
    rows = [[str(cell or "") for cell in row] for row in sheet.iter_rows(values_only=True)]
    assert [row[0] for row in rows[1:]] == [number, waits]
    told = "\n".join(map("\t".join, rows))
    assert "不同意" in rows[1]
    assert "等答复" in rows[2]
    assert [one for one in ("王秀英", "13907123456", "chen", "lu", "电话删掉") if one in told] == []
    assert "2022年的数" in page
    assert "2023年" in page


def test_what_is_the_desks_own_isnt_in_ones_own_file(house: House) -> None:
    client = house.deployment.citizen()
    number, code = report(client, words="我妈的高龄津贴没发").receipt
    house.handle(number, to=State.ACCEPTED)
    for act in (casework.note, note_to_oneself, casework.draft_reply):
        house.act(number, partial(_write, act))
    content, files = own_content(client, code)
    page = show(client, code).text

    told = str(content) + files["我的全部内容.txt"].decode("utf-8-sig")
    assert SECRET not in told
    assert set(files) == {"我的全部内容.txt", "我的全部内容.json"}
    [case] = content["件"]
    for one in ("编号", "办到哪一步", "说明"):
        assert case[one] in page
    assert [one["内容"] for one in case["您写的"]] == ["我妈的高龄津贴没发"]
    assert case["答复"] == []
    house.act(number, casework.send_reply, head=True)
    assert SECRET in str(own_content(client, code)[0]["件"][0]["答复"])


def test_the_office_finds_the_list_and_discipline_inspection_too(house: House) -> None:
    assert LIST in house.get("chen", "/staff/office")
    assert LIST in house.get("ji", "/staff/cases")
    house.deployment.add_staff("clerk", ("BGS", Role.INTAKE_CLERK))
    house.get("clerk", LIST, status=404)
