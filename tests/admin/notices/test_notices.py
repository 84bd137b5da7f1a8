"""A notice from its draft to the public site: written by one, read and released by another."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, text

from admin.notices.notice_draft import NoticeDraft, NoticeState
from admin.notices.putting_out import put_out_due
from intake.cases.bar import Bar, BarSource
from intake.cases.case import Case
from intake.cases.event import Event
from portal.campaign.campaign import Campaign
from portal.foundation import clock
from portal.foundation.staff import Role
from portal.loading.load import load
from portal.published.notice import Notice, NoticeRelease
from tests.admin.conftest import NOON
from tests.admin.house import WORDS, House
from tests.admin.notices.writing import (
    NEW,
    TEXTS,
    TYPICAL,
    answers,
    drafted,
    page,
    published,
    release,
    row,
    step,
    write,
)
from tests.deployments import CAMPAIGNS
from tests.pages.checks import check_html


def public(house: House, path: str, status: int = 200) -> str:
    answer = house.deployment.citizen().get(path)
    assert answer.status_code == status, answer.text
    if path.startswith("/notices"):
        assert not check_html(answer.text)
    return answer.text


def test_a_notice_is_drafted_by_one_and_released_by_another(house_on_each: House) -> None:
    house = house_on_each
    house.get("gong", "/staff/publishing/notices")
    house.get("gong", NEW)
    draft = drafted(house)
    assert TEXTS["title"] not in public(house, "/notices")
    assert "要由另一位同事签发" in house.get("gong", page(draft))
    assert release(house, draft, by="gong") == 409
    assert row(house, draft).state is NoticeState.DRAFTED
    assert "我读过了，签发" in house.get("shi", page(draft))
    assert release(house, draft) == 303
    path = f"/notices/{row(house, draft).slug}"
    shown = public(house, path)
    assert "<h2>什么时候发</h2>" in shown
    assert "<strong>不用</strong>再交材料" in shown
    assert "没收到，打热线。" in shown
    for listing in ("/notices", "/notices?kind=notice", "/search?q=集中发放", "/feed.xml"):
        assert TEXTS["title"] in public(house, listing)
    assert path in public(house, "/sitemap.xml")
    assert TEXTS["title"] not in public(house, "/notices?kind=guide")
    assert release(house, draft) == 409
    house.get("lu", page(draft))
    with house.deployment.database.reading() as session:
        [event] = session.scalars(select(Event).where(Event.name == "notice_released")).all()
        assert event.facts == {"draft": draft, "revision": 1}


def test_nothing_of_a_draft_lies_open(house: House) -> None:
    drafted(house)
    with house.deployment.database.engine.connect() as connection:
        for table in ("notice_draft", "notice", "event"):
            rows = connection.execute(text(f"SELECT * FROM {table}")).all()
            assert "集中发放" not in repr(rows)
            assert "集中发放".encode() not in b"".join(
                one for found in rows for one in found if isinstance(one, bytes)
            )


def test_markup_of_its_own_does_nothing(house: House) -> None:
    path = published(house, body="<script>alert(1)</script>\n\n[x](javascript:alert(2))\n\n**好**")
    shown = public(house, path)
    assert "<script>" not in shown
    assert 'href="javascript:' not in shown
    assert "<strong>好</strong>" in shown


def test_a_preview_keeps_nothing(house: House) -> None:
    answer = write(house, preview="y")
    assert answer.status_code == 200
    assert "<h2>什么时候发</h2>" in answer.text
    assert TEXTS["note"] in answer.text
    with house.deployment.database.reading() as session:
        assert session.scalars(select(NoticeDraft)).all() == []


@pytest.mark.parametrize("lacking", ["title", "source", "body", "note"])
def test_what_is_lacking_is_said_and_what_was_typed_stays(house: House, lacking: str) -> None:
    answer = write(house, **{lacking: " "})
    assert answer.status_code == 422
    kept = next(TEXTS[name] for name in ("title", "source") if name != lacking)
    assert kept in answer.text
    assert "您写的都在" in answer.text


def test_a_typical_case_needs_its_document_and_two_readers(house: House) -> None:
    for lacking in ("finding_body", "document_number"):
        refused = write(house, **{**TYPICAL, lacking: " "})
        assert refused.status_code == 422
        assert "没有结论，不能公布" in refused.text
    draft = drafted(house, **TYPICAL)
    assert "公布了收不回来" in house.get("shi", page(draft))
    assert release(house, draft, "gong", compared="y") == 409
    assert release(house, draft, "shi") == 409, "nobody compared it with the document"
    assert release(house, draft, "shi", compared="y") == 303
    path = f"/notices/{row(house, draft).slug}"
    public(house, path, 404)
    assert "一人已签发" in house.get("lu", page(draft))
    assert release(house, draft, "shi", compared="y") == 409, "one person isn't two"
    assert release(house, draft, "lu") == 409
    assert release(house, draft, "lu", compared="y") == 303
    shown = public(house, path)
    assert TYPICAL["document_number"] in shown
    assert TYPICAL["finding_body"] in shown
    kept = row(house, draft)
    with house.deployment.database.reading() as session:
        names = [house.deployment.staff_id(session, name) for name in ("shi", "lu")]
    assert [kept.signed_by, kept.released_by] == names
    assert "shi同志、lu同志" in house.get("gong", f"/staff/publishing{path}/history")


def test_who_mends_a_signed_case_takes_the_signature_away(house: House) -> None:
    draft = drafted(house, **TYPICAL)
    assert release(house, draft, "shi", compared="y") == 303
    changed = step(house, draft, "text", "chen", **{**TYPICAL, "body": "改过的正文。"})
    assert changed.status_code == 303
    assert row(house, draft).signed_by is None
    assert release(house, draft, "lu", compared="y") == 303
    assert row(house, draft).state is NoticeState.SIGNED


def test_only_a_typical_case_keeps_a_document(house: House) -> None:
    path = published(house, finding_body="区纪委监委", document_number="江纪通〔2022〕7号")
    assert "江纪通" not in public(house, path)


@pytest.mark.parametrize(
    ("field", "leak"),
    [
        ("title", "请打027-83412345"),
        ("summary", "住在解放大道12号的老人没有领到。"),
        ("body", "身份证号420103199003071234"),
        ("note", "补上了wang@example.cn"),
    ],
)
def test_no_leak_is_released_unnoticed(house: House, field: str, leak: str) -> None:
    draft = drafted(house, **{field: leak})
    assert "要改掉，或者写明为什么可以留" in house.get("shi", page(draft))
    assert release(house, draft) == 409
    assert step(house, draft, "text", "gong", **TEXTS).status_code == 303
    assert release(house, draft) == 303


def test_a_reporters_sentence_is_found_in_any_case(house: House) -> None:
    house.case()
    draft = drafted(house, body=f"有人说：{WORDS[3:18]}。")
    assert f"<mark>{WORDS[3:18]}</mark>" in house.get("shi", page(draft))
    assert release(house, draft) == 409
    assert answers(house, draft, "chen", "方案里本来就有这句话").status_code == 303
    assert release(house, draft, "chen") == 409
    assert release(house, draft) == 303


def test_a_sentence_that_came_in_after_the_draft_is_found_when_it_is_released(
    house: House,
) -> None:
    draft = drafted(house, body=f"有人说：{WORDS[3:18]}。")
    assert "<mark>" not in house.get("shi", page(draft))
    house.case()
    assert release(house, draft) == 409
    assert f"<mark>{WORDS[3:18]}</mark>" in house.get("shi", page(draft))
    assert row(house, draft).state is NoticeState.DRAFTED


@pytest.mark.parametrize("who", ["gong", "shi"])
def test_nobody_at_the_desk_learns_that_a_case_accuses_one_of_them(house: House, who: str) -> None:
    number = house.case()
    drafts = [drafted(house, body=f"有人说：{WORDS[3:18]}。")]
    with house.deployment.database.writing() as session:
        case = session.scalars(select(Case).where(Case.number == number)).one()
        accused = house.deployment.staff_id(session, who)
        bar = {"source": BarSource.STAFF, "named": True, "set_at": clock.now()}
        session.add(Bar(case_id=case.id, staff_id=accused, **bar))
        case.barred = True
    drafts.append(drafted(house, body=f"有人说：{WORDS[3:18]}。"))
    shown = [house.get("lu", page(draft)) for draft in drafts]
    assert ["<mark>" in one for one in shown] == [True, False]
    assert release(house, drafts[1], "lu") == 303


def test_a_notice_of_a_problem_is_compared_with_its_cases(house: House) -> None:
    number = house.problem(house.answered_case())
    unknown = write(house, problem="WT-9999")
    assert unknown.status_code == 422
    assert "台账里没有这个编号" in unknown.text
    draft = drafted(house, problem=number, summary="谢谢万秋月。")
    assert "<mark>万秋月</mark>" in house.get("shi", page(draft))
    assert release(house, draft) == 409


def test_a_notice_goes_out_at_its_hour(house_on_each: House) -> None:
    house = house_on_each
    draft = drafted(house)
    assert release(house, draft, release_at="gestern") == 422
    assert release(house, draft, release_at="2022-06-06T11:59") == 409
    assert release(house, draft, release_at="2022-06-10T09:00") == 303
    assert "2022年6月10日 9:00自动公布" in house.get("shi", page(draft))
    path = f"/notices/{row(house, draft).slug}"
    database = house.deployment.database
    for hour, status in ((0, 404), (1, 200)):
        with clock.stopped_at(datetime(2022, 6, 10, hour, tzinfo=UTC)):
            assert put_out_due(database) == hour
            public(house, path, status)
            assert put_out_due(database) == 0
    assert row(house, draft).state is NoticeState.RELEASED
    with database.reading() as session:
        assert session.get_one(Notice, path.rpartition("/")[2]).published_on.day == 10


def test_a_notice_is_held_back_for_what_came_in_before_its_hour(house: House) -> None:
    number = house.problem(house.answered_case())
    draft, other = drafted(house, problem=number, summary="谢谢仉秋生。"), drafted(house)
    for one in (draft, other):
        assert release(house, one, release_at="2022-06-10T09:00") == 303
    further = house.answered_case(contact_name="仉秋生", words="我们楼里还有三户一直没有领到")
    joined = {"version": "0", "case_number": further}
    assert house.post("chen", f"/staff/problems/{number}/cases", **joined).status_code == 303
    with clock.stopped_at(datetime(2022, 6, 10, 1, tzinfo=UTC)):
        assert put_out_due(house.deployment.database) == 1
    assert row(house, draft).state is NoticeState.SENT_BACK
    assert row(house, other).state is NoticeState.RELEASED
    assert "没有公布" in house.get("gong", page(draft, "text"))


def test_so_is_one_that_repeats_a_case_which_came_in_meanwhile(house_on_each: House) -> None:
    house = house_on_each
    draft = drafted(house, body=f"有人说：{WORDS[3:18]}。")
    assert release(house, draft, release_at="2022-06-10T09:00") == 303
    house.case()
    house.browsers.clear()
    with clock.stopped_at(datetime(2022, 6, 10, 1, tzinfo=UTC)):
        assert put_out_due(house.deployment.database) == 0
        assert row(house, draft).state is NoticeState.SENT_BACK
        assert f"<mark>{WORDS[3:18]}</mark>" in house.get("shi", page(draft))


def test_no_name_of_a_typical_case_is_marked_whoever_bears_it(house: House) -> None:
    number = house.problem(house.answered_case(contact_name="仉秋生"))
    draft = drafted(house, **{**TYPICAL, "body": "干部张伟、仉秋生退赔。", "problem": number})
    shown = house.get("shi", page(draft))
    assert "<mark>" not in shown
    assert "仉秋生" in shown
    # The text is looked through all the same.
    told = drafted(house, **{**TYPICAL, "body": f"干部张伟说：{WORDS[3:18]}。", "problem": number})
    shown = house.get("shi", page(told))
    assert f"<mark>{WORDS[3:18]}</mark>" in shown
    assert "<mark>张伟</mark>" not in shown


@pytest.mark.parametrize(("post", "unit"), [("MZ", "MZ"), ("CM0501", "ST05")])
def test_a_notice_of_a_problem_of_his_own_unit_isnt_there_for_a_publisher(
    house: House, post: str, unit: str
) -> None:
    house.deployment.add_staff("shuang", ("BGS", Role.PUBLISHER), (post, Role.OFFICER))
    number = house.problem(house.answered_case(), unit=unit)
    other = house.problem(house.answered_case(words=WORDS[::-1]), unit="TY")
    refused = write(house, "shuang", problem=number)
    assert refused.status_code == 422
    assert "台账里没有这个编号" in refused.text
    unnamed = drafted(house, "shuang", problem=other)
    named = {**TEXTS, "problem": number}
    assert step(house, unnamed, "text", "shuang", **named).status_code == 422
    draft = drafted(house, problem=number)
    for address in ("", "text", "send-back"):
        assert house.browser("shuang").get(page(draft, address)).status_code == 404
    for act in ("release", "answers", "drop", "send-back", "text"):
        assert step(house, draft, act, "shuang", **TEXTS, reason="x").status_code == 404
    house.get("shuang", page(drafted(house, problem=other)))


def test_a_scheduled_notice_that_is_sent_back_stays_inside(house: House) -> None:
    draft = drafted(house)
    assert release(house, draft, release_at="2022-06-10T09:00") == 303
    assert step(house, draft, "send-back", "lu", reason=" ").status_code == 422
    assert step(house, draft, "send-back", "lu", reason="日子错了").status_code == 303
    assert "日子错了" in house.get("gong", page(draft, "text"))
    with clock.stopped_at(NOON + timedelta(days=9)):
        assert put_out_due(house.deployment.database) == 0
    assert release(house, draft) == 409


def test_a_change_shows_what_changed_to_the_desk_and_a_sentence_to_the_public(
    house: House,
) -> None:
    path = published(house)
    change = f"/staff/publishing{path}/change"
    assert "什么时候发" in house.get("gong", change)
    body = TEXTS["body"].replace("二十日", "二十五日")
    draft = drafted(house, path=change, body=body, note="改了日子")
    twice = write(house, "chen", change, note="又改")
    assert twice.status_code == 409
    shown = house.get("shi", page(draft))
    assert "<del>" in shown
    assert "二十五日以前" in shown
    assert "二十五日" not in public(house, path)
    assert release(house, draft) == 303
    seen = public(house, path)
    assert "2022年6月6日改过" in seen
    assert "改了日子" in seen
    assert "二十日以前。" not in seen
    assert "<del>" in house.get("lu", f"/staff/publishing{path}/history")
    with house.deployment.database.reading() as session:
        notes = session.scalars(select(NoticeRelease.note).order_by(NoticeRelease.revision)).all()
        assert notes == ["第一次公布", "改了日子"]


def test_the_later_of_two_writers_keeps_his_text(house: House) -> None:
    draft = drafted(house)
    first = {"version": "1", **TEXTS, "title": "甲的标题"}
    assert house.post("gong", page(draft, "text"), **first).status_code == 303
    later = house.post("chen", page(draft, "text"), **{**first, "title": "乙的标题"})
    assert later.status_code == 409
    assert "乙的标题" in later.text


def test_a_withdrawn_notice_leaves_a_dated_note_and_nothing_else(house_on_each: House) -> None:
    house = house_on_each
    path = published(house)
    away = f"/staff/publishing{path}/withdraw"
    public(house, path)
    house.get("lu", away)
    assert house.post("lu", away, title="发放通知", reason=" ").status_code == 422
    told = house.post("lu", away, title="发放通知", reason="请打13907123456")
    assert told.status_code == 422
    assert "13907123456" in told.text
    assert house.post("lu", away, title="发放通知", reason="日子写错了").status_code == 303
    seen = public(house, path, 410)
    assert "2022年6月6日撤下" in seen
    assert "日子写错了" in seen
    for listing in ("/notices", "/search?q=集中发放", "/feed.xml"):
        assert TEXTS["title"] not in public(house, listing)
    assert path not in public(house, "/sitemap.xml")
    with house.deployment.database.engine.connect() as connection:
        kept = connection.execute(text("SELECT * FROM notice")).all()
        assert "集中发放" not in repr(kept)
    assert house.post("lu", away, title="发放通知", reason="又一次").status_code == 409
    again = drafted(house, path=f"/staff/publishing{path}/change", note="改好了")
    assert TEXTS["title"] in house.get("shi", page(again))
    assert release(house, again) == 303
    assert TEXTS["title"] in public(house, path)


def test_the_campaigns_files_no_longer_change_what_the_office_wrote(house: House) -> None:
    change = "/staff/publishing/notices/hotline/change"
    draft = drafted(house, path=change, title="热线改了", note="换了标题")
    assert release(house, draft) == 303
    withdrawn = {"title": "工作方案", "reason": "要改"}
    away = "/staff/publishing/notices/work-plan/withdraw"
    assert house.post("lu", away, **withdrawn).status_code == 303
    with house.deployment.database.writing() as session:
        load(session, CAMPAIGNS / "jianghan-2022")
    assert "热线改了" in public(house, "/notices/hotline")
    public(house, "/notices/work-plan", 410)
    assert "专项治理" in house.get("gong", "/staff/publishing/notices/work-plan/change")


def test_a_draft_that_nobody_wants_is_let_go(house: House) -> None:
    assert "通知和案例的稿" not in house.get("chen", "/staff/office")
    draft = drafted(house)
    assert "通知和案例的稿" in house.get("chen", "/staff/office")
    assert step(house, draft, "drop", "chen").status_code == 303
    assert TEXTS["title"] not in house.get("gong", "/staff/publishing/notices")
    assert "通知和案例的稿" not in house.get("chen", "/staff/office")
    assert release(house, draft) == 409


@pytest.mark.parametrize("name", ["min", "zheng", "jie", "bie", "ji", "shen"])
def test_for_others_there_is_no_such_desk(house: House, name: str) -> None:
    path = published(house)
    draft = drafted(house)
    for address in (
        "/staff/publishing/notices",
        NEW,
        page(draft),
        page(draft, "text"),
        page(draft, "send-back"),
        f"/staff/publishing{path}/change",
        f"/staff/publishing{path}/history",
        f"/staff/publishing{path}/withdraw",
    ):
        assert house.browser(name).get(address).status_code == 404, address
    for act in ("release", "answers", "drop", "send-back", "text"):
        assert step(house, draft, act, name, **TEXTS, reason="x").status_code == 404, act
    away = {"title": "x", "reason": "x"}
    assert house.post(name, f"/staff/publishing{path}/withdraw", **away).status_code == 404
    assert row(house, draft).state is NoticeState.DRAFTED


def test_each_change_counts_the_revision_on(house: House) -> None:
    def revision() -> int:
        with house.deployment.database.reading() as session:
            return session.get_one(Campaign, 1).revision

    before = revision()
    drafted(house)
    assert revision() == before
    path = published(house)
    assert revision() == before + 1
    away = {"title": "通知", "reason": "要改"}
    house.post("lu", f"/staff/publishing{path}/withdraw", **away)
    assert revision() == before + 2
