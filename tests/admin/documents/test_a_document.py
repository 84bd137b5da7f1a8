"""A formal document from its draft to its delivery: who may what, what is numbered, who reads."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta

from docx import Document
from sqlalchemy import select

from intake.cases.event import Event
from intake.cases.formal_document import Delivery, DocumentState
from intake.cases.message import Message
from portal.campaign.campaign import Campaign
from portal.foundation import clock
from tests.admin.desk.people import NOISE, TIP_OFF, Desks, filled, hidden
from tests.admin.desk.reporter import page_of
from tests.admin.documents.papers import (
    OPINION,
    PETITION,
    at,
    drafted,
    fields_of,
    issue,
    issued,
    read,
    send,
    stored,
)


def events(desks: Desks, number: str) -> list[tuple[str, dict[str, object]]]:
    with desks.deployment.database.reading() as session:
        wanted = select(Event).where(Event.case_id == desks.stored(number).id).order_by(Event.seq)
        found = [(one.name, one.facts) for one in session.scalars(wanted)]
    return [one for one in found if one[0].startswith(("document_", "delivered"))]


def sign_in_again(desks: Desks, *names: str) -> None:
    """A sign-in lasts for a day at most."""
    for name in names:
        desks.browsers[name] = desks.deployment.officer(name)


def test_a_document_is_drafted_issued_and_delivered(desks_on_each: Desks) -> None:
    desks = desks_on_each
    sent = desks.register(PETITION)
    number = sent.case.number

    key = drafted(desks, number)
    assert "补发三个月" not in page_of(desks, sent.query_code).html
    assert issue(desks, number, key).status_code == 303

    year = clock.today().year
    assert stored(desks, key).number == f"民政局信处〔{year}〕1号"
    answer = send(desks, "mz-officer", at(number, f"/{key}/delivery"), how="letter")
    assert answer.status_code == 303
    kept = stored(desks, key)
    assert (kept.state, kept.delivered_on) == (DocumentState.ISSUED, clock.today())
    assert kept.delivered_how is Delivery.LETTER
    assert events(desks, number) == [
        ("document_drafted", {"document": key}),
        ("document_issued", {"document": key, "kind": "handling_opinion", "unit": "MZ"}),
        (
            "delivered",
            {"document": key, "kind": "handling_opinion", "on": clock.today().isoformat()},
        ),
    ]


def test_the_reporter_reads_it_with_number_remedies_and_delivery(desks: Desks) -> None:
    sent, other = desks.register(PETITION), desks.register(PETITION)
    key = issued(desks, sent.case.number)
    issued(desks, other.case.number, **{**OPINION, "opinion": "这是别人的处理意见"})
    drafted(desks, sent.case.number, slug="extension", **_extension("不该看到的延期"))
    send(desks, "mz-officer", at(sent.case.number, f"/{key}/delivery"), how="in_person")

    page = page_of(desks, sent.query_code)
    text = page.text

    for said in (
        "信访处理意见书",
        str(stored(desks, key).number),
        "区民政局",
        "补发三个月，共300元",
    ):
        assert said in text
    assert "请求有事实和依据，予以支持" in text
    assert "自收到之日起三十日内，向区人民政府请求复查" in text
    assert "送达，文书里写的期限从这一天算起" in text
    assert "别人的处理意见" not in text
    assert "不该看到的延期" not in text


def test_all_of_it_is_sealed(desks: Desks) -> None:
    number = desks.case(PETITION)
    key = issued(desks, number, **{**OPINION, "addressee": "万秋月"})
    with desks.deployment.database.reading() as session:
        sealed = b"".join(session.scalars(select(Message.sealed)))
    for said in ("补发三个月", "万秋月", "support", key):
        assert said.encode() not in sealed


def test_numbers_are_counted_by_unit_kind_and_year(desks: Desks) -> None:
    first, second = desks.case(PETITION), desks.case(PETITION)
    others = desks.case(PETITION, policy="RS01", words="请求补发社保补贴")
    year = clock.today().year
    drafted(desks, first)  # What is only drafted takes no number.

    keys = [issued(desks, one) for one in (first, second)]
    notice = drafted(desks, first, slug="extension", **_extension("材料还在核"))
    issue(desks, first, notice)
    theirs = drafted(desks, others, "rs-officer")
    assert issue(desks, others, theirs, "office-head").status_code == 303

    assert [stored(desks, key).serial for key in keys] == [1, 2]
    assert stored(desks, notice).number == f"民政局延告〔{year}〕1号"
    assert str(stored(desks, theirs).number).endswith(f"信处〔{year}〕1号")
    with clock.stopped_at(clock.now() + timedelta(days=366)):
        sign_in_again(desks, "mz-officer", "mz-head")
        assert stored(desks, issued(desks, second)).serial == 1


def test_the_campaign_says_how_a_number_is_written(desks: Desks) -> None:
    with desks.deployment.database.writing() as session:
        campaign = session.query(Campaign).one()
        campaign.document_number = "{kind}字{year}-{serial}（{unit}）"
        campaign.book_revision += 1
    key = issued(desks, desks.case(PETITION))
    assert stored(desks, key).number == f"信处字{clock.today().year}-1（民政局）"


def test_whoever_wrote_at_it_never_issues_it(desks: Desks) -> None:
    number = desks.case(PETITION)
    key = drafted(desks, number, "mz-head")
    # The officer wrote last, and still the head wrote before him.
    assert send(desks, "mz-officer", at(number, f"/{key}/text")).status_code == 303

    page = read(desks, "mz-head", at(number, f"/{key}"))
    refused = issue(desks, number, key, "mz-head")

    assert "您写过这份文书，要由另一个人签发" in page
    assert (refused.status_code, "写过的人不能自己签发" in refused.text) == (409, True)
    assert stored(desks, key).number is None
    assert issue(desks, number, key, "mz-second").status_code == 409  # No head, and no office.
    assert issue(desks, number, key, "office").status_code == 303


def test_of_two_writers_the_later_keeps_his_text(desks: Desks) -> None:
    number = desks.case(PETITION)
    key = drafted(desks, number)
    path = at(number, f"/{key}/text")
    slow = fields_of(desks, "mz-second", path)
    send(desks, "mz-officer", path, opinion="先存的意见")

    answer = desks.at("mz-second").post(path, data=slow | {"opinion": "后存的意见"})

    assert answer.status_code == 409
    assert "后存的意见" in answer.text
    assert "先存的意见" in answer.text
    assert "民政甲经办" in answer.text
    again = slow | filled(answer.text)
    assert desks.at("mz-second").post(path, data=again).status_code == 303
    assert "后存的意见" in read(desks, "mz-head", at(number, f"/{key}"))


def test_what_was_read_is_what_is_issued(desks: Desks) -> None:
    """A draft that changed after the head opened it isn't issued unread."""
    number = desks.case(PETITION)
    key = drafted(desks, number)
    seen = hidden(desks.get("mz-head", at(number, f"/{key}")).text)
    send(desks, "mz-officer", at(number, f"/{key}/text"), opinion="悄悄换过的意见")

    answer = desks.at("mz-head").post(at(number, f"/{key}/issue"), data=seen)

    assert answer.status_code == 409
    assert "悄悄换过的意见" in answer.text
    assert stored(desks, key).number is None


def test_other_units_find_nothing(desks: Desks) -> None:
    number, other = desks.case(PETITION), desks.case(NOISE)
    key = issued(desks, number)
    missing = desks.get("rs-officer", "/staff/no-such-page").data
    for path in (
        at(number),
        at(number, "/new/handling-opinion"),
        *(at(number, f"/{key}{act}") for act in ("", "/text", "/delivery", "/file", "/print")),
        # The key of another case's document leads nowhere.
        at(other, f"/{key}"),
        at(other, f"/{key}/file"),
        f"/staff/cases/{number}/approval-sheet",
    ):
        answer = desks.get("rs-officer", path)
        assert (answer.status_code, answer.data) == (404, missing), path
    assert read(desks, "rs-officer", at(other))


def test_whom_a_case_bars_loses_its_documents(desks: Desks) -> None:
    number = desks.case(PETITION)
    key = issued(desks, number)
    assert desks.act("office", number, "recuse", unit="MZ", words="来件人又说是民政局").status_code
    for name in ("mz-officer", "mz-head"):
        for act in ("", "/file", "/print"):
            assert desks.get(name, at(number, f"/{key}{act}")).status_code == 404
    assert read(desks, "office", at(number, f"/{key}"))


def test_a_draft_of_the_unit_before_is_not_issued(desks: Desks) -> None:
    """What an accused unit left behind isn't sent out by the next one unawares."""
    number = desks.case(PETITION)
    key = drafted(desks, number)
    desks.change(number, unit_code="BGS")
    assert issue(desks, number, key, "office").status_code == 409
    assert send(desks, "office", at(number, f"/{key}/text"), **OPINION).status_code == 409


def test_a_tip_off_gets_none(desks: Desks) -> None:
    number = desks.case(TIP_OFF)
    page = read(desks, "office", at(number))
    assert "举报不出书面文书" in page
    assert "/documents/new/" not in page
    assert desks.get("office", at(number, "/new/acceptance")).status_code == 409
    answer = send(desks, "office", at(number, "/new/acceptance"), request="r")
    assert answer.status_code == 409


def test_a_document_of_another_kind_of_case_is_refused(desks: Desks) -> None:
    number = desks.case(PETITION)
    assert desks.get("mz-officer", at(number, "/new/disclosure-answer")).status_code == 409
    assert desks.get("mz-officer", at(number, "/new/no-such")).status_code == 404


def test_what_is_missing_is_named_and_nothing_typed_is_lost(desks: Desks) -> None:
    number = desks.case(PETITION)
    path = at(number, "/new/handling-opinion")
    answer = send(desks, "mz-officer", path, **{**OPINION, "facts": " ", "outcome": ""})
    assert answer.status_code == 422
    assert "这一栏文书里一定要有" in answer.text
    assert "请选结论" in answer.text
    assert "补发三个月，共300元" in answer.text


def test_the_form_begins_with_the_usual_texts_and_no_name(desks: Desks) -> None:
    page = read(desks, "mz-officer", at(desks.case(PETITION), "/new/handling-opinion"))
    assert "《信访工作条例》第三十二条" in page
    assert "自收到之日起三十日内，向区人民政府请求复查" in page
    assert "万秋月" not in page
    assert "13907123456" not in page


def test_a_day_of_delivery_lies_between_issue_and_today(desks: Desks) -> None:
    number = desks.case(PETITION)
    key = issued(desks, number)
    path, today = at(number, f"/{key}/delivery"), clock.today()
    for day, why in (
        (today + timedelta(days=1), "这一天还没有到"),
        (today - timedelta(days=1), "这一天还没有签发"),
    ):
        answer = send(desks, "mz-officer", path, delivered_on=day.isoformat(), how="web")
        assert (answer.status_code, why in answer.text) == (422, True), day
    assert stored(desks, key).delivered_on is None
    assert send(desks, "mz-officer", path, how="web").status_code == 303
    assert send(desks, "mz-officer", path, how="other").status_code == 409
    assert stored(desks, key).delivered_how is Delivery.WEB


def test_a_draft_is_not_delivered(desks: Desks) -> None:
    number = desks.case(PETITION)
    key = drafted(desks, number)
    assert send(desks, "mz-officer", at(number, f"/{key}/delivery"), how="web").status_code == 409


def test_the_docx_opens_and_says_everything(desks: Desks) -> None:
    number = desks.case(PETITION)
    key = issued(desks, number, **{**OPINION, "grounds": "第一<行>&\n第二行 {{ 7*7 }}"})
    answer = desks.get("mz-officer", at(number, f"/{key}/file"))

    assert answer.headers["Content-Disposition"] == (
        f'attachment; filename="{number}-handling-opinion.docx"'
    )
    assert answer.headers["Cache-Control"] == "no-store"
    document = Document(io.BytesIO(answer.data))
    lines = [one.text for one in document.paragraphs]
    for said in (
        "信访处理意见书",
        stored(desks, key).number,
        "来件人：",
        "补发三个月高龄津贴",
        "查明：2022年3月起没有发放。",
        "原因是换卡后账号没有更新。",
        "第一<行>&",
        "第二行 {{ 7*7 }}",
        "请求有事实和依据，予以支持",
        "《信访工作条例》第三十二条",
    ):
        assert said in lines, said
    assert document.core_properties.author == ""


def test_the_print_page_has_room_for_the_stamp(desks: Desks) -> None:
    number = desks.case(PETITION)
    key = drafted(desks, number)
    draft = read(desks, "mz-officer", at(number, f"/{key}/print"))
    assert "还没有签发，不要盖章" in draft
    issue(desks, number, key)
    page = read(desks, "mz-officer", at(number, f"/{key}/print"))
    assert str(stored(desks, key).number) in page
    assert "区民政局（印章）" in page


def test_the_approval_sheet_shows_the_case_and_what_was_drafted(desks: Desks) -> None:
    number, other = desks.case(PETITION), desks.case(PETITION, words="别人写的话")
    drafted(desks, number)
    drafted(desks, other, **{**OPINION, "opinion": "别人的意见"})
    page = read(desks, "mz-officer", f"/staff/cases/{number}/approval-sheet")
    for said in (
        number,
        "信访",
        "区民政局",
        "请求补发我妈三个月的高龄津贴",
        "拟的信访处理意见书",
        "补发三个月，共300元",
        "拟办意见",
        "领导批示",
        "承办结果",
    ):
        assert said in page, said
    assert "别人" not in page
    assert "万秋月" not in page


def test_the_approval_sheet_shows_only_the_extract_where_the_words_are_withheld(
    desks: Desks,
) -> None:
    number = desks.case(PETITION)
    desks.through(number, ("office", "withhold", "有人请求补发津贴"))
    page = read(desks, "mz-officer", f"/staff/cases/{number}/approval-sheet")
    assert "有人请求补发津贴" in page
    assert "我妈" not in page


def _extension(grounds: str) -> dict[str, str]:
    return {"request": "补发高龄津贴", "grounds": grounds, "until": "2022年9月30日"}


def test_moments_are_of_shanghai(desks: Desks) -> None:
    """Half past midnight of the new year in Shanghai is still the old year in UTC."""
    number = desks.case(PETITION)
    key = drafted(desks, number)
    with clock.stopped_at(datetime(2027, 12, 31, 16, 30, tzinfo=UTC)):
        assert issue(desks, number, key).status_code == 303
    assert stored(desks, key).year == 2028
