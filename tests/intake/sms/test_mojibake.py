"""Texts that were misread on the way are put right, and no other is touched."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.cases.message import MessageKind
from intake.sms.mojibake import repaired
from tests.deployments import Deployment
from tests.intake.sms.conftest import Line
from tests.intake.sms.stored import letters, the_case

_SENTENCES = (
    "我妈的高龄津贴三个月没发了",
    "补贴",
    "社区说卡号不对，4月到6月一共少了450元。",
    "街道办收了我200块钱才给盖章！！",
)
# What people write: characters that everybody has, their marks, and figures.
_WRITTEN = st.one_of(
    st.characters(codec="gb2312", min_codepoint=0x4E00, max_codepoint=0x9FFF),
    st.sampled_from("，。！？、：“”（）0123456789 元"),
)
_MISREAD = [("gbk", "latin-1"), ("utf-8", "latin-1"), ("utf-8", "gbk")]


@pytest.mark.parametrize("sentence", _SENTENCES)
@pytest.mark.parametrize(("was", "taken_for"), _MISREAD)
def test_it_is_put_right(sentence: str, was: str, taken_for: str) -> None:
    misread = sentence.encode(was).decode(taken_for, "replace")
    # Where bytes were lost on the way, nobody can put them back.
    assert repaired(misread) == (misread if "\ufffd" in misread else sentence)


@settings(deadline=None)
@given(st.text(_WRITTEN, min_size=1, max_size=70))
def test_what_can_be_written_in_chinese_stays(text: str) -> None:
    assert repaired(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ok",
        "👍👍",
        "？？？",
        "13912345678",
        "Où est l'été déjà passé",
        "¿Qué? ¡Sí!",
        "补貼沒發",
        "联通",
        "é",
    ],
)
def test_others_stay(text: str) -> None:
    assert repaired(text) == text


def test_the_line_registers_what_was_written(deployment: Deployment, line: Line) -> None:
    line("我妈的高龄津贴三个月没发了".encode("gbk").decode("latin-1"))
    case = the_case(deployment)
    assert letters(deployment, case, case.unit_code, MessageKind.WORDS) == [
        "我妈的高龄津贴三个月没发了"
    ]
    assert case.unit_code == "MZ"
