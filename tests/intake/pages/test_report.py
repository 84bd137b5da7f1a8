"""The report form: what it asks, what it forgives, what it registers."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from intake import correspondence
from intake.asking.draft_fields import MOST_WORDS
from intake.cases.case import Case, Identity
from intake.cases.message import MessageKind
from intake.vault.compartment import Compartment
from intake.vault.query_codes import reporter_keys
from portal.campaign.book import book
from portal.campaign.kinds import Kind
from tests.deployments import Deployment
from tests.intake.pages.journey import Page, form_page, opened, report, send
from tests.pages.markup import findings

SLUGS = [kind.slug for kind in Kind]
NAMED = {"contact_name": "王小明", "contact_phone": "13900001234"}


def full_width(text: str) -> str:
    return text.translate({code: code + 0xFEE0 for code in range(0x21, 0x7F)})


def cases(deployment: Deployment) -> list[Case]:
    with deployment.database.reading() as session:
        return list(session.scalars(select(Case).order_by(Case.id)))


def count(deployment: Deployment) -> int:
    with deployment.database.reading() as session:
        return session.scalar(select(func.count()).select_from(Case)) or 0


def read(deployment: Deployment, page: Page, kind: MessageKind) -> list[str]:
    number, code = page.receipt
    with deployment.database.reading() as session:
        case = session.scalars(select(Case).where(Case.number == number)).one()
        letters = correspondence.read_as_reporter(session, case, reporter_keys(code), [kind])
        return [letter.text for letter in letters]


def contact(deployment: Deployment) -> list[str]:
    with deployment.database.reading() as session:
        case = session.scalars(select(Case)).one()
        office = book(session).campaign.office_code
        letters = correspondence.read_as_unit(
            session, case, frozenset({office}), [MessageKind.CONTACT]
        )
        return [letter.text for letter in letters]


def test_words_alone_are_enough(deployment: Deployment) -> None:
    page = report(deployment.citizen())

    assert page.status == 200
    assert page.heading == "收到了"
    assert read(deployment, page, MessageKind.WORDS) == ["我妈的高龄津贴三个月没发了"]
    assert [case.identity for case in cases(deployment)] == [Identity.ANONYMOUS]


def test_fields_that_the_form_hasnt_change_nothing(deployment: Deployment) -> None:
    client = deployment.citizen()
    made_up = {"state": "closed", "unit_code": "BGS", "urgent": "y", "barred": "y", "version": "9"}
    send(client, form_page(client), words="我妈的高龄津贴三个月没发了")
    send(client, form_page(client), words="我爸的高龄津贴三个月没发了", **made_up)

    plain, other = cases(deployment)
    for name in made_up:
        assert getattr(plain, name) == getattr(other, name), name


@pytest.mark.parametrize("slug", SLUGS)
def test_every_kind_in_each_campaign(each_campaign: Deployment, slug: str) -> None:
    client = each_campaign.citizen()
    form = form_page(client, slug)
    page = send(client, form, slug, words="有一笔补贴想说一说", **NAMED)

    number, code = page.receipt
    assert findings(form.html) == findings(page.html) == []
    assert number[2:].isdigit()
    assert len(number) == 10
    assert len(code) == 17
    assert [case.kind.slug for case in cases(each_campaign)] == [slug]


@pytest.mark.parametrize("slug", ["petition", "disclosure-request"])
def test_the_law_wants_a_name(deployment: Deployment, slug: str) -> None:
    client = deployment.citizen()
    refused = report(client, slug)
    assert refused.status == 422
    assert "法律要求写" in refused.text
    assert refused.text.index("请写姓名") < refused.text.index("第1部分")
    page = send(client, refused, slug, **NAMED)

    assert page.status == 200
    assert [case.identity for case in cases(deployment)] == [Identity.REAL_NAME]
    assert contact(deployment) == ["王小明\n13900001234"]


def test_nothing_is_chosen_before(deployment: Deployment) -> None:
    page = form_page(deployment.citizen())

    assert "checked" not in page.main
    assert "selected" not in page.main
    assert page.main.count("，共5部分") == 5


def test_a_policy_page_fills_the_policy_in(deployment: Deployment) -> None:
    client = deployment.citizen()

    assert form_page(client, query="?policy=MZ11").fields["policy"] == "MZ11"
    assert form_page(client, query="?policy=%22%3E").fields["policy"] == ""
    kinds = opened(client.get("/report?policy=MZ11"))
    assert "/report/complaint?policy=MZ11" in kinds.main
    assert "高龄津贴" in kinds.text


def test_unknown_kinds_dont_exist(deployment: Deployment) -> None:
    client = deployment.citizen()

    assert client.get("/report/tip_off").status_code == 404
    assert client.post("/report/other", data={"words": "话"}).status_code == 404


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (full_width("139 0000-1234"), "13900001234"),
        ("+86 139-0000-1234", "13900001234"),
        ("0086 13900001234", "13900001234"),
        ("027-8888 1234", "02788881234"),
        ("(027)88881234", "02788881234"),
    ],
)
def test_telephones_are_understood_however_typed(
    deployment: Deployment, typed: str, kept: str
) -> None:
    page = report(deployment.citizen(), identity="phone", contact_phone=typed)

    assert page.status == 200
    assert contact(deployment) == [kept]


@pytest.mark.parametrize("typed", ["1390000", "不想留", "139000012345678", full_width("1" * 3000)])
def test_a_telephone_that_is_none_is_pointed_out(deployment: Deployment, typed: str) -> None:
    page = report(deployment.citizen(), identity="phone", contact_phone=typed)

    assert page.status == 422
    assert "手机号是11位数字；不想留，清空这一格" in page.text
    assert page.fields["contact_phone"] == typed
    assert count(deployment) == 0


def test_who_stays_anonymous_leaves_no_contact(deployment: Deployment) -> None:
    page = report(deployment.citizen(), identity="anonymous", **NAMED)

    assert "没有收您写的姓名和电话" in page.text
    assert contact(deployment) == []


def test_who_leaves_a_number_without_choosing_can_be_called(deployment: Deployment) -> None:
    report(deployment.citizen(), contact_phone="13900001234")

    assert cases(deployment)[0].identity is Identity.PHONE


def test_strange_characters_are_taken_out(deployment: Deployment) -> None:
    words = "第一行\r\n第二\x00行\u202e倒过来\u2066\ufeff\x1b[0m　"
    page = report(deployment.citizen(), words=words)

    assert read(deployment, page, MessageKind.WORDS) == ["第一行\n第二行倒过来[0m"]


def test_broken_bytes_are_no_error(deployment: Deployment) -> None:
    client = deployment.citizen()
    fields = form_page(client).fields
    sent = "&".join(f"{name}={fields[name]}" for name in ("csrf_token", "submission_id"))
    answer = client.post(
        "/report/complaint",
        data=f"{sent}&words=%ED%A0%80%FF话",
        content_type="application/x-www-form-urlencoded",
    )

    assert answer.status_code == 200


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("policy", "ZZ99", "“哪项补贴”请从单子里选"),
        ("place", "1", "“在哪里”请从单子里选"),
        ("problem", "9.9", "请从里面选"),
        ("identity", "king", "请选匿名、留电话或者实名"),
        ("fund_year", "去年", "年份是4位数字"),
        ("fund_year", "²", "年份是4位数字"),
        ("accused", "某" * 501, "“涉及谁”最多500字"),
        ("on_behalf_of", "某" * 101, "“替谁写的”最多100字"),
        ("contact_name", "某" * 51, "姓名最多50字"),
    ],
)
def test_what_cant_be_taken_is_named_above_and_beside_its_field(
    deployment: Deployment, name: str, value: str, sentence: str
) -> None:
    page = report(deployment.citizen(), **{name: value})

    assert page.status == 422
    assert "<title>有误：我要反映 - 惠民热线</title>" in page.html
    assert page.main.index("error-summary") < page.main.index("<h1>")
    assert page.text.count(sentence) == 2
    assert findings(page.html) == []
    assert page.fields["words"] == "我妈的高龄津贴三个月没发了"


def test_a_year_in_words_is_understood(deployment: Deployment) -> None:
    report(deployment.citizen(), fund_year=full_width("2021") + "年")

    assert cases(deployment)[0].fund_year == 2021


def test_looking_over_first_shows_what_will_happen(deployment: Deployment) -> None:
    client = deployment.citizen()
    typed = {"words": "津贴\n没发", "policy": "MZ11", "problem": "1.2", "accused": "<b>某人</b>"}
    check = send(client, form_page(client), **typed, check="yes")

    assert count(deployment) == 0
    assert findings(check.html) == []
    assert "区民政局 。因为您反映的是高龄津贴，由区民政局主管。" in check.text
    assert "&lt;b&gt;某人" in check.main
    edit = send(client, check, edit="yes")
    assert {name: edit.fields[name] for name in typed} == typed
    assert edit.status == 200
    page = send(client, check)
    assert page.status == 200
    assert "区民政局" in page.text
    # The plain way with the same words is the same submission.
    assert send(client, edit).receipt == page.receipt


def test_what_is_shown_before_is_what_happens(each_campaign: Deployment) -> None:
    client = each_campaign.citizen()
    check = send(client, form_page(client), words="想说一件事", check="yes")
    page = send(client, check)
    with each_campaign.database.reading() as session:
        case = session.scalars(select(Case)).one()
        name = book(session).units[case.unit_code].name
        day = f"{case.answer_by.month}月{case.answer_by.day}日"

    for shown in (check.text, page.text):
        assert name in shown
        assert day in shown


def test_twice_is_once(deployment: Deployment) -> None:
    client = deployment.citizen()
    form = form_page(client)
    first, second = (send(client, form, words="没发") for _ in range(2))

    assert first.receipt == second.receipt
    assert count(deployment) == 1


def test_an_edited_retry_is_kept_beside_the_first(deployment: Deployment) -> None:
    client = deployment.citizen()
    form = form_page(client)
    first = send(client, form, words="没发")
    second = send(client, form, words="没发，还扣了卡")

    assert first.receipt[1] != second.receipt[1]
    assert count(deployment) == 2


def test_many_posts_of_one_form_side_by_side_are_one_case(on_each_database: Deployment) -> None:
    client = on_each_database.citizen()
    form = form_page(client)
    cookie = client.get_cookie("hh_form")
    assert cookie is not None

    def post(_number: int) -> Page:
        own: FlaskClient = on_each_database.citizen()
        own.set_cookie("hh_form", cookie.value)
        return send(own, form, words="没发")

    with ThreadPoolExecutor(8) as pool:
        pages = list(pool.map(post, range(8)))

    assert {page.status for page in pages} == {200}
    assert len({page.receipt for page in pages}) == 1
    assert count(on_each_database) == 1


def test_the_accused_never_holds_a_key(deployment: Deployment) -> None:
    report(deployment.citizen(), "tip-off", words="扣了钱", accused="民意街道办事处")
    with deployment.database.reading() as session:
        holders = {key.holder for box in session.scalars(select(Compartment)) for key in box.keys}

    assert "ST05" not in holders
    assert "reporter" in holders


@pytest.mark.parametrize("step", ["check", "send"])
def test_a_tip_off_is_never_told_a_unit(each_campaign: Deployment, step: str) -> None:
    typed = {"check": "yes"} if step == "check" else {}
    page = report(each_campaign.citizen(), "tip-off", words="有人冒领补贴", **typed)
    with each_campaign.database.reading() as session:
        units = book(session).units.values()
        names = {name for unit in units for name in (unit.name, unit.short_name) if name}

    # "办公室" alone is no name of anybody; the page's frame names the organiser.
    assert [name for name in names if name in page.text] == []


def test_a_receipt_says_what_to_do_with_it(deployment: Deployment) -> None:
    page = report(deployment.citizen(), policy="MZ11")
    number, code = page.receipt

    for needed in (number, "请截图，或者抄下来", "查进度", "106900000100", "个工作日："):
        assert needed in page.text
    assert "浏览记录不会自动清除" in page.text
    assert code[:4] in page.text
    assert code not in page.html.split("<title>")[1].split("</title>")[0]


def test_too_many_words_come_back(deployment: Deployment) -> None:
    words = "字" * (MOST_WORDS + 1)
    page = report(deployment.citizen(), words=words)

    assert page.status == 413
    assert page.fields["words"] == words
    assert "最多2万字" in page.text
    assert report(deployment.citizen(), words=words[1:]).status == 200


def test_what_was_written_lies_nowhere_in_the_clear(deployment: Deployment) -> None:
    marker = "暗记丙丁戊己"
    page = report(
        deployment.citizen(),
        "tip-off",
        words=f"{marker}一",
        accused=f"{marker}二",
        on_behalf_of=f"{marker}三",
        contact_name=f"{marker}四",
        contact_phone="13912345678",
    )
    number, code = page.receipt
    needles = [marker.encode(), marker.encode("utf-16-le"), b"13912345678", code.encode()]
    files = [file for file in deployment.settings.data_dir.rglob("*") if file.is_file()]

    assert any(number.encode() in file.read_bytes() for file in files)
    assert [n for file in files for n in needles if n in file.read_bytes()] == []
