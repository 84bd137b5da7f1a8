"""One check for all that is released: whoever drafts what, it is held against every case; nobody is
told which case there is, and whoever asks leaves an event."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import count

import pytest
from sqlalchemy import select

from intake.cases.bar import Bar, BarSource
from intake.cases.case import Case
from intake.cases.event import Event
from portal.foundation import clock
from tests.admin.distributions.desk import Lists
from tests.admin.house import WORDS, House
from tests.admin.notices import writing as notices
from tests.admin.policies.desk import Desk
from tests.admin.publishing import test_publishing as results
from tests.admin.responsibilities.office import BASIS, NEW, Office

SAID = WORDS[3:18]
OTHER = "我们楼里还有三户一直没有领到，不知道该找谁"
HARMLESS = "津贴已经补发。"
_SENT = count()


@dataclass(frozen=True)
class Draft:
    """A draft of one desk: its page, how it is released, and under which id events know it."""

    page: str
    release: Callable[[], int]
    item: str


def _result(house: House, text: str) -> Draft:
    behind = house.answered_case(words=OTHER, contact_name="仉秋生", submission=f"{next(_SENT)}")
    number = house.problem(behind)
    draft = results.drafted(house, number, progress=text)
    return Draft(
        f"/staff/publishing/{draft}", lambda: results.release(house, draft, "lu"), str(draft)
    )


def _notice(house: House, text: str) -> Draft:
    draft = notices.drafted(house, body=text)
    return Draft(notices.page(draft), lambda: notices.release(house, draft, "lu"), str(draft))


def _policy(house: House, text: str) -> Draft:
    desk = Desk(house)
    key = desk.drafted(standard=text)
    address = f"/staff/publishing/policies/drafts/{key}"
    return Draft(address, lambda: desk.release(key, "lu").status_code, key)


def _list(house: House, text: str) -> Draft:
    lists = Lists(house.deployment)
    number = lists.drafted(standard=text)
    address = f"/staff/publishing/distributions/{number}"
    return Draft(address, lambda: lists.act(number, "release", "lu").status_code, number)


DESKS = {"results": _result, "notices": _notice, "policies": _policy, "lists": _list}
every_desk = pytest.mark.parametrize("desk", DESKS)


def compared(house: House) -> list[dict[str, str]]:
    """The events of every comparison."""
    with house.deployment.database.reading() as session:
        wanted = select(Event).where(Event.name == "text_compared").order_by(Event.seq)
        found = session.scalars(wanted).all()
        assert all(one.case_id is None and one.staff_id for one in found)
        return [one.facts for one in found]


@every_desk
@pytest.mark.parametrize(
    "said", [SAID, "万秋月", "13907123456"], ids=["words", "name", "telephone"]
)
def test_what_a_reporter_said_is_found_and_nobody_is_told_whose_it_is(
    house: House, desk: str, said: str
) -> None:
    case = house.case()
    draft = DESKS[desk](house, f"有人提醒：{said}。")
    page = house.get("shi", draft.page)
    assert f"<mark>{said}</mark>" in page
    assert case not in page
    assert draft.release() in {409, 422}
    assert compared(house) == [{"desk": desk, "item": draft.item}] * 2


@every_desk
def test_what_nobody_said_is_released(house: House, desk: str) -> None:
    house.case()
    draft = DESKS[desk](house, HARMLESS)
    assert "<mark>" not in house.get("shi", draft.page)
    assert draft.release() == 303
    assert compared(house) == [{"desk": desk, "item": draft.item}] * 2


@every_desk
def test_a_name_is_found_whether_or_not_anybody_of_that_name_wrote(house: House, desk: str) -> None:
    """A draft is no way to ask who reports: no case is opened for a name."""
    unknown = DESKS[desk](house, "已告知万秋月。")
    before = house.get("shi", unknown.page)
    house.case()
    again = DESKS[desk](house, "已告知万秋月。")
    after = house.get("shi", again.page)
    assert "<mark>万秋月</mark>" in before
    for page in (before, after):
        assert "像是姓名，或者不公开的电话、编号" in page
        assert page.count("<mark>") == before.count("<mark>")


@every_desk
def test_nobody_at_the_desk_learns_of_a_case_that_accuses_one_of_them(
    house: House, desk: str
) -> None:
    number = house.case()
    with house.deployment.database.writing() as session:
        case = session.scalars(select(Case).where(Case.number == number)).one()
        bar = {"source": BarSource.STAFF, "named": True, "set_at": clock.now()}
        session.add(
            Bar(case_id=case.id, staff_id=house.deployment.staff_id(session, "chen"), **bar)
        )
        case.barred = True
    draft = DESKS[desk](house, f"有人提醒：{SAID}。")
    assert "<mark>" not in house.get("shi", draft.page)
    assert draft.release() == 303


@every_desk
def test_what_came_in_between_is_found_at_the_release(house_on_each: House, desk: str) -> None:
    house = house_on_each
    draft = DESKS[desk](house, f"有人提醒：{SAID}。")
    assert "<mark>" not in house.get("shi", draft.page)
    house.case()
    assert draft.release() == 409
    assert f"<mark>{SAID}</mark>" in house.get("shi", draft.page)


def test_an_answer_lets_repeated_words_stay(house: House) -> None:
    house.case()
    draft = _result(house, f"有人提醒：{SAID}。")
    typed = {
        **results.versions(house, int(draft.item)),
        "finding": f"progress:inside_words:{SAID}",
        "answer": "方案里本来就有这句话",
    }
    assert house.post("shi", f"{draft.page}/answers", **typed).status_code == 303
    assert "方案里本来就有这句话" in house.get("gong", draft.page)
    assert draft.release() == 303


@pytest.mark.parametrize(("reason", "status"), [(f"有人说{SAID}", 422), ("数字写错了", 303)])
def test_a_reason_that_goes_out_at_once_repeats_nobody(
    house: House, reason: str, status: int
) -> None:
    house.case()
    draft = _result(house, HARMLESS)
    assert draft.release() == 303
    with house.deployment.database.reading() as session:
        number = session.scalars(select(Event).where(Event.name == "result_released")).one()
    result = number.facts["result"]
    answer = house.post("shi", f"/staff/publishing/results/{result}/withdraw", reason=reason)
    assert answer.status_code == status
    assert compared(house)[-1] == {"desk": "withdrawals", "item": result}


def test_nor_does_the_name_of_a_paper(house: House) -> None:
    house.case()
    path = "/staff/publishing/appearances"
    typed = {"item": "", "other": "/policies", "link": "", "on": "2022-06-06"}
    for outlet, status in ((f"晚报：{SAID}", 422), ("问王小明，", 422), ("长江日报", 303)):
        assert house.post("gong", path, outlet=outlet, **typed).status_code == status
    assert compared(house) == [{"desk": "appearances", "item": ""}] * 3


def test_nor_does_the_basis_of_who_is_in_charge(house: House) -> None:
    """Typed or in a spreadsheet: it is refused before its effect is shown, and once more when it is
    saved; what was typed stays."""
    house.case()
    office = Office(house)
    sheet = office.export("csv").decode("utf-8-sig").rstrip("\n")
    for basis in (f"有人说{SAID}", "问王小明，", "打13907123456"):
        shown = office.look("/new", **{**NEW, "basis": basis})
        assert (shown.status_code, basis in shown.text) == (422, True)
        assert "不能公开的内容" in shown.text
        shown = office.upload(f"{sheet}\nMZ11,1.2,,,,TY,{basis},2022-06-06,\n".encode(), "a.csv")
        assert shown.status_code == 422
        assert f"第{sheet.count(chr(10)) + 2}行，依据：依据马上公开" in shown.text
    assert {one["desk"] for one in compared(house)} == {"responsibilities"}
    assert [one["item"] for one in compared(house)] == ["", "import"]
    assert office.rows() == []


def test_nor_one_that_was_written_meanwhile(house: House) -> None:
    office = Office(house)
    typed = {**NEW, "basis": f"有人说{SAID}"}
    shown = office.look("/new", **typed)
    row = f"MZ11,1.2,,,,TY,有人说{SAID},2022-06-06,"
    sheet = office.upload(office.export("csv") + f"{row}\n".encode(), "a.csv")
    house.case()
    assert office.press_save(shown, "/new", **typed).status_code == 422
    assert office.take_over(sheet).status_code == 422
    assert office.rows() == []
    assert office.save("/new", **{**NEW, "basis": BASIS}).status_code == 303
