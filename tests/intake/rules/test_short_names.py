"""Units by the names that people shorten for themselves."""

from __future__ import annotations

import pytest

from intake.rules.short_names import ShortNames
from intake.rules.words import Hit

NAMES = ShortNames(
    {
        "TY": "区退役军人事务局",
        "WJ": "区卫生健康局",
        "RS": "区人力资源局",
        "WX": "维权信访科",
        "SH": "区",
    },
    lambda text: text,
)


@pytest.mark.parametrize(
    ("text", "word", "code"),
    [
        ("退役局的人说不行", "退役局", "TY"),
        ("找了卫健局两回", "卫健局", "WJ"),
        ("人力局叫我等", "人力局", "RS"),
        ("维信科没人", "维信科", "WX"),
    ],
)
def test_a_short_name_is_known(text: str, word: str, code: str) -> None:
    assert [(one.word, one.codes, one.at) for one in NAMES.find(text, ())] == [
        (word, frozenset({code}), text.index(word))
    ]


@pytest.mark.parametrize("text", ["税务局", "人局", "我在家里等", "局", ""])
def test_what_shortens_nothing_is_nobody(text: str) -> None:
    assert NAMES.find(text, ()) == ()


def test_what_is_named_already_is_left_alone() -> None:
    text = "区退役军人事务局"
    assert NAMES.find(text, (Hit(text, frozenset({"TY"}), 0),)) == ()
