"""The office reminds many units at once: each case is answered for, and nothing typed is lost."""

from __future__ import annotations

import re

from werkzeug.test import TestResponse

from tests.admin.desk.people import NOISE, TIP_OFF, Desks, hidden
from tests.pages.checks import check_html

DISTRICT = "/staff/cases?tab=assigned&scope=district"
SAID = "来件人打了三次电话，请今天回电"


def boxes(desks: Desks, name: str = "office", path: str = DISTRICT) -> dict[str, str]:
    """What the boxes of a list send, by number."""
    page = desks.get(name, path).text
    found = re.findall(r'name="case"\s*value="([A-Z0-9]+)\.(\d+)"', page)
    return {number: f"{number}.{version}" for number, version in found}


def remind(desks: Desks, ticked: list[str], name: str = "office", **typed: str) -> TestResponse:
    """Tick rows and press the button."""
    fields = hidden(desks.get(name, DISTRICT).text) | {"do": "remind"} | typed
    return desks.at(name).post("/staff/cases", data=fields | {"case": ticked})


def said_after(desks: Desks, answer: TestResponse, name: str = "office") -> str:
    """The page that an answer leads to."""
    assert answer.status_code == 303, answer.text
    return desks.get(name, answer.location.replace("http://127.0.0.1:8001", "")).text


def test_several_units_are_reminded_at_once_with_the_same_words(desks_on_each: Desks) -> None:
    desks = desks_on_each
    ours, other, third = desks.case(), desks.case(NOISE), desks.case()
    found = boxes(desks)
    assert found.keys() == {ours, other, third}
    page = said_after(desks, remind(desks, [found[ours], found[other]], words=SAID))
    assert "已催办2件" in page
    for name, number in (("mz-officer", ours), ("rs-officer", other)):
        shown = desks.get(name, f"/staff/cases/{number}").text
        assert SAID in shown
        assert "办公室催办" in shown
    assert "催办" not in desks.get("mz-officer", f"/staff/cases/{third}").text
    assert "催办" in desks.get("mz-officer", "/staff/cases?tab=assigned").text


def test_what_changed_meanwhile_is_foreign_or_closed_is_answered_for(desks: Desks) -> None:
    good, changed, closed = desks.case(), desks.case(), desks.case()
    hidden_one = desks.case(TIP_OFF, accused="领导小组办公室", words="办公室的人扣了钱")
    found = boxes(desks)
    assert hidden_one not in found
    desks.through(changed, ("mz-officer", "sign-for", ""))
    desks.through(
        closed,
        ("mz-officer", "sign-for", ""),
        ("mz-officer", "accept", ""),
        ("mz-officer", "draft", "查过了"),
        ("mz-head", "reply", ""),
        ("mz-officer", "close", ""),
    )
    now_closed = f"{closed}.{desks.stored(closed).version}"
    rows = [found[good], found[changed], now_closed, f"{hidden_one}.1", "JH00000000.1", "nonsense"]

    answer = remind(desks, rows, words=SAID)

    assert answer.status_code == 409
    assert check_html(answer.text, thorough=False) == []
    assert f"已催办1件：{good}" in answer.text
    assert f"没有催办{changed}：您打开列表以后它有了变化" in answer.text
    assert f"没有催办{closed}：它现在不用催办" in answer.text
    for number in (hidden_one, "JH00000000", "nonsense"):
        assert f"没有催办{number}：没有找到这件" in answer.text
    # What was typed is there for another try.
    assert SAID in answer.text
    assert SAID in desks.get("mz-officer", f"/staff/cases/{good}").text
    assert SAID not in desks.get("mz-officer", f"/staff/cases/{changed}").text
    # The form can be sent again, and the one that was reminded isn't reminded twice.
    again = remind(desks, rows[:2], words=SAID)
    assert f"没有催办{good}：您打开列表以后它有了变化" in again.text
    assert f"已催办1件：{changed}" not in again.text


def test_nothing_ticked_or_too_many_words_keeps_what_was_typed(desks: Desks) -> None:
    number = desks.case()
    answer = remind(desks, [], words=SAID)
    assert (answer.status_code, SAID in answer.text) == (422, True)
    assert "请先勾选要催办的件" in answer.text
    answer = remind(desks, [boxes(desks)[number]], words="长" * 20_001)
    assert (answer.status_code, "太长了" in answer.text) == (422, True)
    assert desks.stored(number).reminded_at is None


def test_without_words_it_is_a_reminder_all_the_same(desks: Desks) -> None:
    number = desks.case()
    assert "已催办1件" in said_after(desks, remind(desks, [boxes(desks)[number]]))
    assert desks.stored(number).reminded_at is not None


def test_only_the_office_is_offered_it_and_a_unit_cannot(desks: Desks) -> None:
    number, other = desks.case(), desks.case(NOISE)
    assert "催办选中的件" in desks.get("office", DISTRICT).text
    for path in (DISTRICT, "/staff/cases?tab=assigned"):
        assert "催办选中的件" not in desks.get("mz-officer", path).text
    answer = remind(desks, [f"{number}.1", f"{other}.1"], name="mz-officer")
    page = said_after(desks, answer, "mz-officer")
    assert f"没有催办{number}：它现在不用催办" in page
    assert f"没有催办{other}：没有找到这件" in page
    assert desks.stored(number).reminded_at is None
