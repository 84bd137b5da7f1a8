"""Reading a questionnaire as the office writes it."""

from __future__ import annotations

import pytest

from admin.assessments.pages.forms import USUAL_QUESTIONS
from intake.assessing.questions import BadQuestions, Question, as_rows, as_text, of_rows, of_text


def test_what_is_shipped_is_a_questionnaire() -> None:
    found = of_text(USUAL_QUESTIONS)
    assert len(found) == 8
    assert of_rows(as_rows(found)) == of_text(as_text(found)) == found
    assert found[2].choices == ("知道", "不知道", "说不清")


def test_hyphens_of_any_sort_and_empty_lines_are_understood() -> None:
    text = "收到了吗？\n－ 收到了\n\n— 没有\n"
    assert of_text(text) == (Question("收到了吗？", ("收到了", "没有")),)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "请至少写一个问题"),
        ("- 收到了\n- 没有", "第一行要写问题"),
        ("收到了吗？\n- 收到了", "2到5个答案"),
        ("收到了吗？" + "\n- ".join(["", *"一二三四五六"]), "2到5个答案"),
        ("收到了吗？\n- 收到了\n-", "每个要有字"),
        ("收到了吗？\n- 收到了\n- 收到了", "有重复"),
        ("收到了吗？\n- 收到了\n- 说不清", "有重复"),
        ("问" * 61 + "\n- 是\n- 不是", "太长了，最多60字"),
        ("问？\n- 是\n- 不是\n" * 16, "问题太多了，最多15个"),
    ],
)
def test_what_is_no_questionnaire_is_said(text: str, told: str) -> None:
    with pytest.raises(BadQuestions, match=told):
        of_text(text)
