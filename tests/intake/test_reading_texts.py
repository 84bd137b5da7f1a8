"""What is read from a text, and where it goes; through the campaign of Jianghan."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from intake.cases.case import Channel
from intake.explain import Explanation, explain
from intake.vocabulary import vocabulary
from portal.campaign.book import Book, book
from tests.deployments import Deployment

TODAY = date(2026, 11, 20)


@pytest.fixture
def jianghan(deployment: Deployment) -> Book:
    with deployment.database.reading() as session:
        return book(session)


def read(text: str, of: Book) -> Explanation:
    return explain(text, Channel.TEXT, of, TODAY)


@pytest.mark.parametrize(
    ("text", "kind", "unit"),
    [
        ("高龄津贴三个月没打了", "complaint", "MZ"),
        ("请问公租房补贴怎么申请", "consultation", "FG"),
        ("我不是来举报的，只想问问公岗补贴几时发", "consultation", "RS"),
        ("没有哪个贪污，就是慢，失能补贴报了四个月", "complaint", "MZ"),
        ("残联叫我来问你们，轮椅补贴怎么申请", "consultation", "CL"),
        ("信息公开：为什么我的公租房补贴停了", "complaint", "FG"),
        ("申请公开2021年临时救助发放的人数和总金额", "disclosure_request", "MZ"),
        ("低保一张卡，残补一张卡，要我办好几张卡", "complaint", "BGS"),
        ("打电话给区民政局没人接", "complaint", "MZ"),
        ("领低保的卡，银行每个月扣我2块短信费", "complaint", "JRJ"),
        ("民政局指定非要到江北那家银行领，为么事", "complaint", "BGS"),
        ("举报民意街道办事处截留高龄津贴", "tip_off", "MZ"),
        ("举报区民政局的人收红包才给办低保", "tip_off", "BGS"),
        ("财政局管拨款的科长把慰问金转到自己账上", "tip_off", "JW"),
        ("区纪委跟社区一伙的，贪污低保报了两次都压着不查", "tip_off", "SJW"),
        ("区民政局停我的低保，我对答复意见不服，申请复查", "petition", "BGS"),
    ],
)
def test_a_text_goes_where_it_belongs(jianghan: Book, text: str, kind: str, unit: str) -> None:
    found = read(text, jianghan)
    assert (found.kind, found.decision.unit) == (kind, unit), found.decision.because
    assert found.out_of_scope is False


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("多谢张师傅，你们辛苦了", "other"),
        ("低息贷款，当天放款，加微信", "other"),
        ("发错了，莫回", "other"),
        ("武昌区水果湖的低保归你们管不", "consultation"),
        ("退休职工住院医保报销比例几多", "consultation"),
        ("楼下烧烤吵死人，半夜三点还在搞", "complaint"),
    ],
)
def test_what_isnt_ours_waits_for_the_office(jianghan: Book, text: str, kind: str) -> None:
    found = read(text, jianghan)
    assert found.out_of_scope
    assert found.kind == kind
    assert found.decision.unit == "BGS"
    assert found.decision.in_triage


def test_two_units_alike_are_for_people_to_decide(jianghan: Book) -> None:
    found = read("低保停了，公租房补贴也没有", jianghan)
    assert found.decision.in_triage
    assert {code for code, _score in found.decision.candidates} == {"FG", "MZ"}


# Pieces out of which people's texts are made, so that Hypothesis may put odd ones together.
PIECES = [
    "区民政局", "民政局", "区残联", "房管局", "区财政局", "领导小组办公室", "区纪委", "民意街道",
    "社区", "的科长", "那个胖子", "叫我来找你们", "不管", "收了红包", "把钱分了", "扣我的卡",
    "没发", "几时发", "高龄津贴", "低保", "公租房补贴", "轮椅", "请问", "举报", "不是来举报的",
    "，", "。", "谢谢", "申请复查", "信息公开", "武昌区的", "银行", "手续费", "亲戚",
]  # fmt: skip


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=14))
def test_nobody_who_is_barred_gets_a_text(jianghan: Book, pieces: list[str]) -> None:
    decision = read("".join(pieces), jianghan).decision
    for code in decision.accused_by_words:
        assert jianghan.below(code) | {code} <= decision.barred
    assert decision.unit not in decision.barred or decision.unit == "SJW"


def test_every_phrase_ends_somewhere() -> None:
    """A phrase that may repeat without end takes minutes over a long letter of one character."""
    for phrase in phrases_in(vocabulary()):
        assert re.compile(phrase).groups >= 0
        assert not re.search(r"(?<!\\)[+*]|\{\d*,\}", phrase), phrase


def phrases_in(found: object) -> list[str]:
    if isinstance(found, str):
        return [found]
    parts = found.values() if isinstance(found, dict) else found
    assert isinstance(parts, (list, type({}.values())))
    return [phrase for part in parts for phrase in phrases_in(part)]
