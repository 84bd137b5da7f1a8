"""The leak check: a number that is planted is found, whatever stands around it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from admin.publishing.inside import names_in
from admin.publishing.leak_check import Inside, Leak, find
from admin.publishing.plain_digits import has_card_check, is_citizen_number, is_old_citizen_number
from tests.admin.accounts.site import full_width

CHECKS = "10X98765432"
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
AROUND = st.text(max_size=20)
DIGITS = "0123456789"


def digits(least: int, most: int | None = None) -> st.SearchStrategy[str]:
    return st.text(alphabet=DIGITS, min_size=least, max_size=most or least)


@st.composite
def citizen_numbers(draw: st.DrawFn) -> str:
    day = draw(st.dates(date(1900, 1, 1), date(2022, 12, 31)))
    body = f"4201{draw(digits(2))}{day:%Y%m%d}{draw(digits(3))}"
    total = sum(int(digit) * weight for digit, weight in zip(body, WEIGHTS, strict=True))
    return body + CHECKS[total % 11]


@st.composite
def card_numbers(draw: st.DrawFn) -> str:
    body = draw(digits(15, 18))
    return next(body + last for last in DIGITS if has_card_check(body + last))


@st.composite
def written(draw: st.DrawFn, number: str) -> str:
    """A number as people write it: full width, in Chinese, in groups."""
    style = draw(st.sampled_from(["plain", "wide", "chinese", "groups", "dashes"]))
    if style == "wide":
        return full_width(number)
    if style == "chinese":
        return number.translate(str.maketrans(DIGITS, "〇一二三四五六七八九"))
    mark = {"groups": " ", "dashes": "-"}.get(style, "")
    return mark.join(number[at : at + 4] for at in range(0, len(number), 4))


def is_covered(text: str, start: int, end: int, inside: Inside | None = None) -> bool:
    return any(one.start <= start and end <= one.end for one in find(text, inside or Inside()))


@settings(max_examples=150, deadline=None)
@given(data=st.data(), before=AROUND, after=AROUND, number=citizen_numbers())
def test_planted_citizen_numbers_are_found(
    data: st.DataObject, before: str, after: str, number: str
) -> None:
    assert is_citizen_number(number)
    planted = data.draw(written(number))
    text = before + planted + after
    assert is_covered(text, len(before), len(before) + len(planted))


@settings(max_examples=150, deadline=None)
@given(data=st.data(), before=AROUND, after=AROUND, number=card_numbers())
def test_planted_card_numbers_are_found(
    data: st.DataObject, before: str, after: str, number: str
) -> None:
    planted = data.draw(written(number))
    text = before + planted + after
    assert is_covered(text, len(before), len(before) + len(planted))


@settings(max_examples=150, deadline=None)
@given(
    data=st.data(),
    before=AROUND,
    after=AROUND,
    number=st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True),
)
def test_planted_mobile_numbers_are_found(
    data: st.DataObject, before: str, after: str, number: str
) -> None:
    number = "".join(str(int(sign)) for sign in number)
    planted = data.draw(written(number))
    text = before + planted + after
    assert is_covered(text, len(before), len(before) + len(planted))


@settings(max_examples=100, deadline=None)
@given(before=AROUND, after=AROUND, area=st.sampled_from(["027", "010", "0712"]), number=digits(8))
def test_planted_landlines_and_old_citizen_numbers_are_found(
    before: str, after: str, area: str, number: str
) -> None:
    for planted in (f"{area}-{number}", f"（{area}）{number}", f"{area}{number}"):
        text = f"{before}电话{planted}。{after}"
        assert is_covered(text, len(before) + 3, len(before) + 2 + len(planted))
    old = "420103300101123"
    assert is_old_citizen_number(old)
    assert is_covered(f"{before}证{old}。{after}", len(before) + 1, len(before) + 16)


@settings(max_examples=100, deadline=None)
@given(before=AROUND, after=AROUND, user=st.from_regex(r"[a-z0-9._%+-]{1,20}", fullmatch=True))
def test_planted_addresses_are_found(before: str, after: str, user: str) -> None:
    planted = f"{user}@example.com.cn"
    text = f"{before} {planted}{after}"
    assert is_covered(text, len(before) + 1 + len(user), len(before) + len(planted))


@pytest.mark.parametrize(
    ("text", "leak"),
    [
        ("住在解放大道12号", Leak.HOUSE),
        ("长江里三号楼二单元501室", Leak.HOUSE),
        ("翠柏小区7栋", Leak.HOUSE),
        ("联系85481234", Leak.TELEPHONE),
        ("卡号4200123412341234", Leak.LONG_NUMBER),
        ("写信到" + full_width("ab@example.com"), Leak.EMAIL),
        ("电话一三九零七一二三四五六", Leak.MOBILE),
        ("139\u200b0712\u200b3456", Leak.MOBILE),
        ("住在5-3-201", Leak.HOUSE),
        ("住进501房", Leak.HOUSE),
        ("加微信：wangke_2022", Leak.CHAT),
        ("QQ 123456789", Leak.CHAT),
    ],
)
def test_what_people_write_is_found(text: str, leak: Leak) -> None:
    assert leak in [one.leak for one in find(text, Inside())]


@pytest.mark.parametrize(
    "text",
    [
        "江财\u30142022\u301510号文件要求6月20号前报送",
        "补发12800元，涉及8人，2022年6月6日完成",
        "资金合计12345678元，其中23456789.50元已补发",
        "从20220601到20221120，2020 2021年度",
        "可以打12345、12333，或者110",
        "第3号公告",
    ],
)
def test_ordinary_sentences_pass(text: str) -> None:
    assert find(text, Inside()) == []


def test_the_campaign_s_own_numbers_pass_and_others_beside_them_don_t() -> None:
    inside = Inside(own_numbers=frozenset({"02700000100", "106900000100"}))
    assert find("打027-0000-0100，发短信到106900000100", inside) == []
    assert [one.leak for one in find("打027-0000-0101", inside)] == [Leak.TELEPHONE]


def test_names_are_taken_out_of_titles() -> None:
    texts = ["方远山 副局长", "贺小满（科长）", "李四主任、王五", "区民政局养老服务科"]
    assert list(names_in(texts)) == ["方远山", "贺小满", "李四", "王五"]


def test_words_and_names_from_inside_are_found() -> None:
    inside = Inside(words=("我家楼下的王老太太八月份起没有领到钱",), names=("方远山",))
    found = find("方远山说：我家楼下的王老太太，八月份起就没领", inside)
    assert [one.leak for one in found] == [Leak.INSIDE_NAME, Leak.INSIDE_WORDS]
