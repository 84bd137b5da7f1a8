"""What a template may say, and what it becomes for a case."""

from __future__ import annotations

import pytest

from admin.desk.gaps import GapsLeft, check_no_gaps, gaps_in
from admin.reply_templates.shipped import shipped
from admin.reply_templates.variables import VARIABLES
from admin.reply_templates.wording import Wording
from portal.campaign.kinds import Kind

COMPLAINT = (Kind.COMPLAINT,)
TIP_OFF = (Kind.TIP_OFF, Kind.COMPLAINT)


@pytest.mark.parametrize(
    ("text", "kinds", "said"),
    [
        ("您的{{补贴名}}", COMPLAINT, "是不是“{{补贴}}”"),
        ("您的{{什么}}", COMPLAINT, "能用的变量见下表"),
        ("您的{{ }}", COMPLAINT, "不认识变量“{{}}”"),
        ("您的{补贴}发了", COMPLAINT, "大括号不成对"),
        ("您的{{补贴}发了", COMPLAINT, "大括号不成对"),
        ("您的｛｛补贴｝｝发了", COMPLAINT, "全角的大括号"),
        ("请打{{单位}}", TIP_OFF, "举报件的答复里不能有"),
        ("在【哪天补发", COMPLAINT, "不成对"),
        ("在【】补发", COMPLAINT, "没有写要填什么"),
        ("我们绝对\n保密", COMPLAINT, "不能写“绝对保密”"),
    ],
)
def test_every_fault_is_named(text: str, kinds: tuple[Kind, ...], said: str) -> None:
    (fault,) = Wording("试一试", kinds, text).faults()
    assert said in fault


def test_all_faults_are_said_at_once() -> None:
    found = Wording("试", COMPLAINT, "{{没有}}，{补贴}，【】，绝对保密").faults()
    assert len(found) == 4


def test_what_a_case_lacks_becomes_a_gap() -> None:
    wording = Wording("试", COMPLAINT, "{{来件编号}}：{{ 补贴 }}【哪几个月】")
    filled = wording.filled({"来件编号": "JH1", "补贴": ""})
    assert filled == "JH1：【补贴】【哪几个月】"
    assert gaps_in(filled) == ("【补贴】", "【哪几个月】")
    with pytest.raises(GapsLeft):
        check_no_gaps(filled)
    check_no_gaps("发文字号〔2022〕3号，（见附件）")


def test_what_the_product_brings_along_is_sound_and_serves_every_kind() -> None:
    assert [(key, one.faults()) for key, one in shipped().items() if one.faults()] == []
    assert {kind for one in shipped().values() for kind in one.kinds} == set(Kind)
    values = {one.name: "某" for one in VARIABLES}
    for one in shipped().values():
        assert "{{" not in one.filled(values)
        assert gaps_in(one.filled(values))
