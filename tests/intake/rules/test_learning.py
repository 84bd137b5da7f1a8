"""What is learnt from examples: the same on every machine, and read back as it was written."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from intake.learned import as_table, from_table
from intake.rules.learning import learn
from intake.rules.linear import LinearModel, Weight, features_of

EXAMPLES = [
    *((f"高龄津贴第{n}个月没有到账，催了也没用", "complaint") for n in range(6)),
    *((f"请问{n}岁能领高龄津贴吗，怎么办", "question") for n in range(6)),
    *((f"谢谢第{n}窗口的同志", "thanks") for n in range(3)),
]


def model() -> LinearModel:
    return learn(EXAMPLES)


def likeliest(text: str) -> str:
    found = model().probabilities(text)
    return max(found, key=lambda label: found[label])


def test_it_tells_texts_apart_that_it_never_saw() -> None:
    assert likeliest("低保两个月没有到账") == "complaint"
    assert likeliest("请问低保怎么办") == "question"
    assert likeliest("谢谢你们") == "thanks"


def test_a_rare_label_counts_as_much_as_a_frequent_one() -> None:
    assert likeliest("谢谢窗口") == "thanks"


def test_the_same_examples_give_the_same_table() -> None:
    assert as_table(model()) == as_table(learn(EXAMPLES))


def test_a_table_is_read_back_as_it_was_written() -> None:
    found = model()
    assert from_table(as_table(found)) == found


def test_what_stands_in_two_examples_is_chance() -> None:
    found = learn([*EXAMPLES, ("罕", "thanks"), ("罕", "thanks")])
    assert "罕" not in found.weights


def test_the_clauses_that_speak_most_are_shown() -> None:
    text = "我姓王，高龄津贴没有到账，谢谢"
    first, end = model().speaking_for("complaint", text, most=1)[0]
    assert text[first:end] == "高龄津贴没有到账"


def test_of_a_long_clause_a_glance_is_shown() -> None:
    text = "甲" * 40 + "没有到账催了也没用" + "乙" * 40
    first, end = model().speaking_for("complaint", text, most=1)[0]
    assert "没有到账" in text[first:end]
    assert end - first <= 24


@given(st.text(max_size=80))
def test_whatever_is_read_the_probabilities_add_up(text: str) -> None:
    found = FOUND.probabilities(text)
    assert abs(sum(found.values()) - 1) < 1e-9
    assert all(one >= 0 for one in found.values())
    for label in FOUND.labels:
        for first, end in FOUND.speaking_for(label, text):
            assert 0 <= first < end <= len(text)


FOUND = model()


@given(st.integers(0, 255), st.lists(st.integers(-500, 500), min_size=1, max_size=9))
def test_a_weight_keeps_what_a_byte_holds(rarity: int, votes: list[int]) -> None:
    weight = Weight.of(rarity, votes)
    assert weight.rarity == rarity
    assert weight.votes == [max(-128, min(127, vote)) for vote in votes]


def test_the_features_are_characters_and_pairs() -> None:
    assert features_of("没没发") == {"没": 2, "发": 1, "没没": 1, "没发": 1}
