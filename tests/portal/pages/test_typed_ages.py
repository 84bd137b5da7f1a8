"""Ages as people type them: with digits or characters, with and without 岁."""

from __future__ import annotations

from typing import Any

import pytest

from portal.pages.typed_ages import age_in, needs_at


@pytest.mark.parametrize(
    ("word", "age"),
    [
        ("85岁", 85),
        ("85周岁", 85),
        ("85", 85),
        ("八十五岁", 85),
        ("八十五", 85),
        ("十岁", 10),
        ("我妈80多岁", 80),
        ("八十几岁了", 80),
        ("百岁", 100),
        ("一百零五岁", 105),
        ("一百一十二岁", 112),
        ("5岁", 5),
        ("4050", None),
        ("85.5", None),
        ("5", None),
        ("十", None),
        ("八五岁", None),
        ("200岁", None),
        ("一卡通", None),
        ("三无人员", None),
        ("岁", None),
        ("", None),
    ],
)
def test_an_age_is_read(word: str, age: int | None) -> None:
    assert age_in(word) == age


def test_both_ends_belong_to_an_age() -> None:
    ages: list[dict[str, Any]] = [
        {"need": "老人", "from": 60, "to": None},
        {"need": "孩子", "from": None, "to": 17},
        {"need": "婴儿", "from": 0, "to": 2},
    ]
    told = {age: needs_at(age, ages) for age in (0, 2, 3, 17, 18, 59, 60, 120, None)}
    assert {age: set(needs) for age, needs in told.items() if needs} == {
        0: {"孩子", "婴儿"},
        2: {"孩子", "婴儿"},
        3: {"孩子"},
        17: {"孩子"},
        60: {"老人"},
        120: {"老人"},
    }
