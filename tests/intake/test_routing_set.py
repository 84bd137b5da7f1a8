"""How well texts are routed, on labelled sets; `routing_set/README.md` says what each is."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from intake import learned
from portal.campaign.book import book
from tests.deployments import Deployment

LEARNT = Path(__file__).parent / "routing_set"
UNSEEN = Path(__file__).parent / "routing_unseen"
KEYS = {
    "kind", "problem", "policy", "unit", "accused", "barred", "confidence", "out_of_scope",
    "because", "candidates",
}  # fmt: skip


def numbers(deployment: Deployment, file: str) -> dict[str, Any]:
    with deployment.database.reading() as session:
        code = book(session).campaign.code
    answer = deployment.run("routing", "evaluate", file.format(code))
    assert answer.exit_code == 0, answer.output
    found: dict[str, Any] = json.loads(answer.output)
    return found


def test_texts_that_nothing_was_learnt_from_reach_a_unit_that_may_have_them(
    each_campaign: Deployment,
) -> None:
    found = numbers(each_campaign, str(UNSEEN / "unseen-{}.jsonl"))

    assert found["leaks"] == 0
    assert found["unit_correct"] >= 0.85 * found["n"]
    assert found["kind_correct"] >= 0.85 * found["n"]
    assert found["problem_correct"] >= 0.75 * found["n"]
    assert found["to_office_named"] <= found["names_policy"] / 3


def test_what_was_learnt_is_what_the_examples_say() -> None:
    """Whoever changes an example learns anew: `flask --app wsgi routing learn`."""
    assert learned.origin() == learned.digests(LEARNT.glob("*.jsonl"))


def test_no_text_to_measure_by_is_an_example() -> None:
    examples, measured = texts_in(LEARNT), texts_in(UNSEEN)
    assert len(measured) >= 250
    assert not examples & measured


def texts_in(folder: Path) -> set[str]:
    """The texts of a folder's sets, without blanks and punctuation."""
    return {
        re.sub(r"\W", "", json.loads(line)["text"])
        for file in folder.glob("*.jsonl")
        for line in file.read_text("utf-8").splitlines()
    }


def test_a_line_each_says_what_was_decided(deployment: Deployment, tmp_path: Path) -> None:
    line = (LEARNT / "jianghan-2022.jsonl").read_text().splitlines()[0]
    (tmp_path / "one.jsonl").write_text(line)
    answer = deployment.run("routing", "evaluate", str(tmp_path / "one.jsonl"), "--verbose")
    assert answer.output.splitlines()[0].startswith("1: right: consultation, None, 区民政局")
    assert json.loads(answer.output.splitlines()[1])["n"] == 1


def test_a_decision_explains_itself(deployment: Deployment) -> None:
    answer = deployment.run(
        "routing", "explain", "--channel", "sms", "--text", "高令津帖三个月冇打了"
    )

    assert answer.exit_code == 0
    found = json.loads(answer.output)
    assert found.keys() == KEYS
    assert (found["kind"], found["problem"]) == ("complaint", "1.2")
    assert (found["policy"], found["unit"]) == ("MZ11", "区民政局")
    assert (found["accused"], found["barred"], found["out_of_scope"]) == ([], [], False)
    assert found["candidates"][0]["unit"] == "区民政局"
    assert any("高令津帖" in sentence for sentence in found["because"])


@pytest.mark.parametrize(
    ("content", "what"),
    [
        ("{", "lines.jsonl:1: no JSON"),
        ('\n{"text": "x"}', "lines.jsonl:2: lacks kind, problem, unit"),
        ("[]", "lines.jsonl:1: lacks text"),
        (None, "lines.jsonl: can't be read: FileNotFoundError"),
    ],
)
def test_a_file_that_is_no_set_is_refused(
    deployment: Deployment, tmp_path: Path, content: str | None, what: str
) -> None:
    file = tmp_path / "lines.jsonl"
    if content is not None:
        file.write_text(content)
    answer = deployment.run("routing", "evaluate", str(file))
    assert answer.exit_code == 2
    assert what in answer.output


def test_an_unknown_channel_is_refused(deployment: Deployment) -> None:
    answer = deployment.run("routing", "explain", "--channel", "fax", "--text", "低保")
    assert answer.exit_code == 2
    assert "“fax” is none of sms, text, web" in answer.output
