"""Who comes from a published result or list to the form finds its number there already."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

import pytest

from portal.foundation import clock
from portal.published.releasing import withdraw_result
from portal.published.result import Result
from tests.admin.conftest import NOON
from tests.admin.distributions.desk import Lists
from tests.deployments import Deployment
from tests.intake.pages.journey import form_page, send
from tests.portal.pages.sites import Site


@pytest.fixture
def deployed(any_deployment: Deployment) -> Iterator[Deployment]:
    """Each campaign on each database, on a day of the campaign."""
    with clock.stopped_at(NOON):
        yield any_deployment


def target(page: str) -> str:
    """Where the page sends whoever knows better."""
    found = re.search(r'href="(/report/complaint\?[^"]*about=[^"]*)"', page)
    assert found
    return unescape(found[1])


def test_a_result_s_number_begins_the_words(deployed: Deployment) -> None:
    site = Site(deployed).with_results()
    with deployed.database.reading() as session:
        place = session.get_one(Result, "WT-0003").place_code
    address = target(site.text("/results/WT-0003"))
    assert place
    client = deployed.citizen()
    page = form_page(client, query=address.removeprefix("/report/complaint"))
    assert page.fields["words"].strip() == "整改结果WT-0003："
    assert page.fields["place"] == place
    assert page.fields["policy"] == site.some_policy
    with_words = send(client, page, words=page.fields["words"] + "我家还没收到")
    assert with_words.receipt
    # The next reader's form is empty again.
    assert form_page(client).fields["words"].strip() == ""


def test_the_number_alone_says_nothing(deployed: Deployment) -> None:
    Site(deployed).with_results()
    client = deployed.citizen()
    page = form_page(client, query="?about=WT-0001")
    answer = send(client, page)
    assert answer.status == 422
    assert "请写下发生了什么事" in answer.text
    assert answer.fields["words"].strip() == "整改结果WT-0001："


def test_a_list_s_number_does_the_same_while_the_list_stands(deployed: Deployment) -> None:
    lists = Lists(deployed).move_in()
    number = lists.released()
    address = target(lists.public(f"/distributions/{number}").text)
    client = deployed.citizen()
    page = form_page(client, query=address.removeprefix("/report/complaint"))
    assert page.fields["words"].strip() == f"名单{number}："
    assert page.fields["place"] == lists.street
    assert page.fields["policy"] == lists.plain
    draft = lists.drafted(paid_from="2022-04-01", paid_to="2022-04-30")
    assert form_page(client, query=f"?about={draft}").fields["words"].strip() == ""
    with clock.stopped_at(NOON.replace(month=9)):
        assert form_page(client, query=f"?about={number}").fields["words"].strip() == ""


@pytest.mark.parametrize(
    "asked",
    ["WT-0099", "wt-0001", "WT-0001%0A", "%3Cb%3Ehallo", "WT-0001%20", "%00", "1" * 3000, "", "_"],
)
def test_nothing_else_is_repeated(each_campaign: Deployment, asked: str) -> None:
    site = Site(each_campaign).with_results()
    page = form_page(site.client, query=f"?about={asked}")
    assert page.status == 200
    assert page.fields["words"].strip() == ""
    assert "hallo" not in page.html
    assert "WT-00" not in page.html


def test_what_was_withdrawn_is_not_known_any_more(deployed: Deployment) -> None:
    Site(deployed).with_results()
    with deployed.database.writing() as session:
        withdraw_result(session, session.get_one(Result, "WT-0001"), "写错了")
    page = form_page(deployed.citizen(), query="?about=WT-0001")
    assert "WT-0001" not in page.html


def test_it_costs_few_queries_and_is_kept_by_nobody(each_campaign: Deployment) -> None:
    site = Site(each_campaign).with_results()
    site.get("/report/complaint?about=WT-0001")
    with site.counted() as sent:
        answer = site.get("/report/complaint?about=WT-0001")
    assert len(sent) <= 4, sent
    assert answer.headers["Cache-Control"] == "no-store"
    with site.counted() as sent:
        site.get("/report/complaint?about=not a number")
    assert not any("FROM result" in one or "FROM distribution" in one for one in sent)
