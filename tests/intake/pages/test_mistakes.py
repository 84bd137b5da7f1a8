"""Pointing out a mistake on the site: the form, the receipt, the date, who can read it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, update

from intake.asking.draft_fields import MOST_WORDS
from intake.cases.case import Case
from intake.mistakes.mistake_texts import read_as_answerer, read_as_writer
from intake.vault.compartment import Compartment
from intake.vault.query_codes import reporter_keys
from intake.vault.vault import NoMasterKey
from portal.campaign.book import book
from portal.campaign.campaign import Campaign
from portal.campaign.revision import new_book_revision
from portal.foundation import clock
from portal.foundation.staff import Role
from tests.deployments import Deployment
from tests.intake.pages.journey import Page, opened, report, show
from tests.intake.pages.mistakes import (
    ACCUSES,
    WORDS,
    mistake_form,
    point_out,
    send_mistake,
    stored,
)
from tests.pages.markup import findings


def cases(deployment: Deployment) -> list[Case]:
    with deployment.database.reading() as session:
        return list(session.scalars(select(Case)))


def on(year: int, month: int, day: int) -> datetime:
    """Noon in Shanghai."""
    return datetime(year, month, day, 4, 0, tzinfo=UTC)


def test_words_alone_are_enough_in_each_campaign(each_campaign: Deployment) -> None:
    client = each_campaign.citizen()
    form = mistake_form(client)
    page = send_mistake(client, form, words=WORDS)

    number, code = page.receipt
    with each_campaign.database.reading() as session:
        campaign = book(session).campaign
    assert findings(form.html) == findings(page.html) == []
    assert "3个工作日内答复" in form.text
    assert campaign.mistakes["source"] in page.text
    assert number.startswith(f"{campaign.case_prefix}ZC")
    assert (len(number), len(code)) == (10, 17)
    assert [one.number for one in stored(each_campaign)] == [number]
    assert cases(each_campaign) == []


def test_a_browser_without_cookies_points_out_a_mistake(deployment: Deployment) -> None:
    client = deployment.public.test_client(use_cookies=False)
    form = mistake_form(client)
    typed = {**form.fields, "words": WORDS}

    assert client.post("/mistakes", data=typed).status_code == 400
    own = {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}
    assert client.post("/mistakes", data=typed, headers=own).status_code == 200
    elsewhere = {"Origin": "https://evil.test", "Sec-Fetch-Site": "cross-site"}
    assert client.post("/mistakes", data=typed, headers=elsewhere).status_code == 400
    assert len(stored(deployment)) == 1


def test_a_token_that_ran_out_keeps_the_words(deployment: Deployment) -> None:
    client = deployment.citizen()
    form = mistake_form(client)
    refused = send_mistake(client, form, words=WORDS, page="首页", csrf_token="old")

    assert refused.status == 400
    assert "您写的都在，请再按一次" in refused.text
    assert (refused.fields["words"], refused.fields["page"]) == (WORDS, "首页")
    assert stored(deployment) == []
    assert send_mistake(client, refused).status == 200


def test_nothing_written_is_pointed_out(deployment: Deployment) -> None:
    page = point_out(deployment.citizen(), words=" ", page="/policies")

    assert page.status == 422
    assert page.text.count("请写下哪里错了，一句话就行") == 2
    assert page.fields["page"] == "/policies"
    assert findings(page.html) == []


def test_too_many_words_come_back(deployment: Deployment) -> None:
    words = "字" * (MOST_WORDS + 1)
    page = point_out(deployment.citizen(), words=words)

    assert page.status == 413
    assert page.fields["words"] == words


def test_twice_is_once(deployment: Deployment) -> None:
    client = deployment.citizen()
    form = mistake_form(client)
    first, second = (send_mistake(client, form, words=WORDS) for _ in range(2))
    edited = send_mistake(client, form, words=f"{WORDS}！")

    assert first.receipt == second.receipt
    assert edited.receipt[1] != first.receipt[1]
    assert len(stored(deployment)) == 2


def test_many_posts_of_one_form_side_by_side_are_one(on_each_database: Deployment) -> None:
    client = on_each_database.citizen()
    form = mistake_form(client)
    cookie = client.get_cookie("hh_form")
    assert cookie is not None

    def post(_number: int) -> Page:
        own: FlaskClient = on_each_database.citizen()
        own.set_cookie("hh_form", cookie.value)
        return send_mistake(own, form, words=WORDS)

    with ThreadPoolExecutor(6) as pool:
        pages = list(pool.map(post, range(6)))

    assert {page.status for page in pages} == {200}
    assert len({page.receipt for page in pages}) == 1
    assert len(stored(on_each_database)) == 1


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("/policies/MZ11", "/policies/MZ11"),
        ("{site}/policies/MZ11?q=x%23a", "/policies/MZ11"),
        ("{site}.evil.test/", ""),
        ("%2Fnotices%2Fwork-plan", "/notices/work-plan"),
        ("https://evil.test/policies", ""),
        ("//evil.test/policies", ""),
        ("%2F%2Fevil.test", ""),
        ("%252F%252Fevil.test", ""),
        ("/\\evil.test", ""),
        ("javascript:alert(1)", ""),
        ('/"><b>', ""),
        ("/%E2%80%AEx", ""),
        ("/" + "x" * 300, ""),
    ],
)
def test_only_a_path_of_this_site_is_filled_in(
    deployment: Deployment, asked: str, shown: str
) -> None:
    typed = asked.format(site=deployment.settings.public_url)
    form = opened(deployment.citizen().get("/mistakes", query_string=f"page={typed}"))

    assert form.fields["page"] == shown
    assert form.fields["words"] == ""


def test_a_page_in_ones_own_words_is_kept(deployment: Deployment) -> None:
    _, code = point_out(deployment.citizen(), page="讲高龄津贴的那一页").receipt

    assert "讲高龄津贴的那一页" in show(deployment.citizen(), code).text


def test_who_writes_about_its_readers_is_asked_once(each_campaign: Deployment) -> None:
    client = each_campaign.citizen()
    asked = point_out(client, words=ACCUSES)

    assert asked.status == 200
    assert findings(asked.html) == []
    assert "您写的是网页上的错吗" in asked.text
    assert stored(each_campaign) == []
    form = opened(client.post("/report/tip-off", data={**asked.fields, "edit": "yes"}))
    assert form.fields["words"] == ACCUSES
    assert cases(each_campaign) == []
    assert send_mistake(client, asked, sure="yes").receipt
    assert len(stored(each_campaign)) == 1


def test_what_names_somebody_who_works_here_is_asked_about(deployment: Deployment) -> None:
    deployment.add_staff("gong", ("BGS", Role.PUBLISHER), display="公孙丙")
    words = "领低保的人里，公孙丙收了别人的钱"

    assert "您写的是网页上的错吗" in point_out(deployment.citizen(), words=words).text
    assert "您写的是网页上的错吗" not in point_out(deployment.citizen(), words="标题有错字").text


def test_the_answer_is_read_where_every_code_is_read(deployment: Deployment) -> None:
    number, code = point_out(deployment.citizen()).receipt
    answer = deployment.citizen().post("/progress", data={"query_code": f" {code.lower()} "})
    page = opened(answer)

    assert answer.headers["Cache-Control"] == "no-store"
    assert findings(page.html) == []
    assert WORDS in page.text
    assert number in page.text
    assert "最晚在这一天答复您" in page.text
    assert code not in page.html


def test_wrong_codes_are_all_alike(deployment: Deployment) -> None:
    client = deployment.citizen()
    _, code = point_out(client).receipt
    _, other = report(client).receipt
    wrong = ("A" + code[1:] if code[0] != "A" else "B" + code[1:], "", "x" * 60, other[::-1])
    pages = [show(client, one) for one in wrong]

    assert {page.status for page in pages} == {404}
    assert len({page.main for page in pages}) == 1
    assert "您指出的网站错误" not in show(client, other).text


def test_wrong_codes_are_slowed(deployment: Deployment) -> None:
    client = deployment.citizen()
    _, code = point_out(client).receipt
    statuses = [show(client, "0" * 17).status for _ in range(11)]

    assert statuses == [404] * 10 + [429]
    assert show(client, code).status == 429


def test_nothing_of_it_lies_in_the_clear(deployment: Deployment) -> None:
    marker = "暗记甲乙丙丁"
    number, code = point_out(
        deployment.citizen(), words=f"{marker}打不开", page=f"{marker}页"
    ).receipt
    needles = [marker.encode(), marker.encode("utf-16-le"), code.encode()]
    files = [file for file in deployment.settings.data_dir.rglob("*") if file.is_file()]

    assert any(number.encode() in file.read_bytes() for file in files)
    assert [n for file in files for n in needles if n in file.read_bytes()] == []


def test_the_office_and_the_writer_hold_it_and_the_public_process_cant(
    deployment: Deployment,
) -> None:
    _, code = point_out(deployment.citizen()).receipt
    [mistake] = stored(deployment)
    with deployment.database.reading() as session:
        [box] = session.scalars(select(Compartment).where(Compartment.label == mistake.label))
        assert {key.holder for key in box.keys} == {"BGS", "reporter"}
        assert read_as_answerer(session, mistake).words == WORDS
    with deployment.public.extensions["database"].reading() as session:
        with pytest.raises(NoMasterKey):
            read_as_answerer(session, mistake)
        assert read_as_writer(session, mistake, reporter_keys(code)).words == WORDS


@pytest.mark.parametrize(
    ("written", "due", "skipped"),
    [
        # 30 September 2022 was a Friday; the holiday took the week, the weekend after was worked.
        (on(2022, 9, 30), "10月10日，星期一", "国庆"),
        (on(2022, 6, 6), "6月9日，星期四", ""),
        # A minute past midnight in Shanghai.
        (datetime(2022, 6, 6, 16, 1, tzinfo=UTC), "6月10日，星期五", ""),
    ],
)
def test_three_working_days_are_counted_over_holidays(
    each_campaign: Deployment, written: datetime, due: str, skipped: str
) -> None:
    with clock.stopped_at(written):
        page = point_out(each_campaign.citizen())
        _, code = page.receipt
        own = show(each_campaign.citizen(), code)

    for one in (page, own):
        assert due in one.text
        assert "暂定" not in one.text
    assert skipped in page.text


def test_past_the_known_calendar_the_date_is_tentative(deployment: Deployment) -> None:
    with clock.stopped_at(on(2026, 12, 30)):
        assert "暂定" in point_out(deployment.citizen()).text


@pytest.mark.parametrize(("promise", "due"), [({}, "6月9日"), ({"days": 1}, "6月7日")])
def test_the_promise_is_the_campaigns(
    deployment: Deployment, promise: dict[str, int], due: str
) -> None:
    with deployment.database.writing() as session:
        session.execute(update(Campaign).values(mistakes=promise))
        new_book_revision(session)
    with clock.stopped_at(on(2022, 6, 6)):
        page = point_out(deployment.citizen())

    assert due in page.text
    assert "国办发〔2017〕47号" in page.text
