"""The page on the reporter's safety promises nothing that isn't tried: each of its sentences stands
in docs/promises.csv, as a promise with its tests, as what we can't keep from anybody with the part
of the threat model that says so, or as advice."""

from __future__ import annotations

import csv
import re
from html import unescape

import pytest

from portal.campaign.book import book
from portal.campaign.retention_rule import RetentionRule
from tests.deployments import Deployment
from tests.house.named_tests import ROOT, is_there

LIST, MODEL = ROOT / "docs" / "promises.csv", ROOT / "docs" / "threat-model.md"
SORTS = {"promise", "limit", "advice"}


def rows() -> list[dict[str, str]]:
    """The list, a sentence a row."""
    with LIST.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def said(page: str) -> list[str]:
    """What the page says, item by item, without its headings and its ways to elsewhere."""
    main = page.partition("<main")[2].partition("</main>")[0]
    main = re.sub(r"<nav.*?</nav>", "", main, flags=re.DOTALL)
    items = re.findall(r"<(?:p|li)(?: class=\"lead\")?>(.*?)</(?:p|li)>", main, re.DOTALL)
    texts = (re.sub(r"\s+", "", unescape(re.sub(r"<[^>]+>", "", item))) for item in items)
    return [text for text in texts if text.endswith("。")]


def as_written(sentence: str, site: Deployment) -> str:
    """A sentence of the list with the names and numbers of the campaign."""
    with site.database.reading() as session:
        found = book(session)
    discipline = found.units[found.campaign.discipline_code]
    retention = RetentionRule.of(found.campaign)
    assert retention
    return sentence.format(
        office=found.office.name,
        discipline=discipline.name,
        telephone=discipline.telephone,
        hotline=found.campaign.hotline,
        withdrawn_days=retention.withdrawn_days,
        notice_days=retention.notice_days,
        backup_days=retention.backup_days,
        **{one.what.value: f"{one.months // 12}年" for one in retention.beside},
        emergency="或".join(one.strip() for one in found.campaign.emergency.split("/")),
    )


def test_every_sentence_of_the_page_is_in_the_list(each_campaign: Deployment) -> None:
    page = said(each_campaign.citizen().get("/safety").text)
    listed = [as_written(row["sentence"], each_campaign) for row in rows()]
    assert [one for one in page if one not in listed] == []
    assert len(page) > 35
    texts = [one for one in listed if "短信" in one and one not in page]
    assert [one for one in listed if one not in page] == texts


def faults(row: dict[str, str]) -> list[str]:
    """What a line lacks."""
    if row["sort"] not in SORTS:
        return [f"{row['sort']} is no sort"]
    if row["sort"] == "promise":
        named = [one.partition("::") for one in row["proof"].split()]
        lacks = [] if named else ["a promise without a test"]
        return lacks + [f"{file} {test}" for file, _, test in named if not is_there(file, test)]
    if row["sort"] == "limit":
        heads = re.findall(r"^#+ (.*)$", MODEL.read_text("utf-8"), re.MULTILINE)
        return [] if row["proof"] in heads else [f"{row['proof']} is no part of the threat model"]
    return ["advice proves nothing"] if row["proof"] else []


def test_every_promise_is_tried() -> None:
    assert {row["sentence"]: wrong for row in rows() if (wrong := faults(row))} == {}


@pytest.mark.parametrize(
    ("sort", "proof"),
    [
        ("promise", ""),
        ("promise", "tests/house/test_promises.py::test_that_was_renamed"),
        ("limit", "What we forgot to say"),
        ("advice", "tests/house/test_promises.py::test_every_promise_is_tried"),
        ("hope", ""),
    ],
)
def test_a_promise_that_nothing_holds_is_noticed(sort: str, proof: str) -> None:
    assert faults({"sentence": "一句话。", "sort": sort, "proof": proof}) != []
