"""Changes of policies: drafted by one, sealed, read against what stands, released by another."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from intake.vault.compartment import Compartment
from portal.campaign.policy_fields import FIELDS
from tests.admin.policies.desk import LIST, WHY, Desk

NEWS = "满80岁的每月100元，满90岁的每月200元。"


def test_a_change_is_drafted_by_one_and_released_by_another(desk_on_each_database: Desk) -> None:
    desk = desk_on_each_database
    before, revision = desk.policy(), desk.revision
    assert NEWS not in desk.public("/policies/MZ11")
    key = desk.drafted(standard=NEWS)
    assert desk.release(key, "gong").status_code == 409
    assert "要由另一位同事审读、发布" in desk.get(f"/drafts/{key}")
    assert desk.policy().standard == before.standard
    assert NEWS not in desk.public("/policies/MZ11")
    assert desk.revision == revision

    assert desk.release(key).status_code == 303

    assert desk.revision == revision + 1
    assert desk.policy().standard == NEWS
    first, second = desk.versions()
    assert (first.holds_from, set(first.fields)) == (None, set(FIELDS))
    assert (str(second.holds_from), second.fields) == ("2022-06-06", {"standard": NEWS})
    assert (second.note, second.waits) == (WHY["note"], False)
    page = desk.public("/policies/MZ11")
    assert f"现在：{NEWS}" in " ".join(page.split())
    assert f"原来：{before.standard}" in " ".join(page.split())
    assert desk.events("policy_released") == [{"policy": "MZ11", "version": 2}]
    assert desk.release(key).status_code == 409


def test_a_draft_is_sealed_until_it_is_released(desk: Desk) -> None:
    key = desk.drafted(standard=NEWS)
    draft = desk.draft(key)
    with desk.house.deployment.database.reading() as session:
        stored = session.execute(text("SELECT * FROM policy_draft")).mappings().one()
        assert NEWS.encode() not in repr(dict(stored)).encode() + draft.sealed
        box = session.query(Compartment).where(Compartment.label == draft.label).one()
        assert {one.holder for one in box.keys} == {"BGS"}


def test_a_thrown_away_draft_leaves_nothing(desk: Desk) -> None:
    key = desk.drafted(standard=NEWS)
    label = desk.draft(key).label
    version = str(desk.draft(key).version)
    assert desk.post(f"/drafts/{key}/drop", version="7").status_code == 409
    assert desk.post(f"/drafts/{key}/drop", version=version).status_code == 303
    with desk.house.deployment.database.reading() as session:
        assert session.execute(text("SELECT count(*) FROM policy_draft")).scalar() == 0
        found = session.query(Compartment).where(Compartment.label == label)
        assert found.count() == 0
    desk.get(f"/drafts/{key}", status=404)
    assert desk.events("policies_dropped") == [{"draft": key}]
    assert len(desk.versions()) == 1


def test_what_is_sent_back_is_mended_and_read_again(desk: Desk) -> None:
    key = desk.drafted(standard=NEWS)
    path = f"/drafts/{key}/send-back"
    form = {"version": str(desk.draft(key).version)}
    assert desk.post(path, "shi", **form, reason=" ").status_code == 422
    assert desk.post(path, "shi", **form, reason="金额写错了。").status_code == 303
    assert desk.post(path, "shi", **form, reason="金额写错了。").status_code == 409
    assert "金额写错了。" in desk.get(f"/drafts/{key}")
    assert "我读过了" not in desk.get(f"/drafts/{key}", "shi")
    page = desk.get(f"/MZ11/edit?draft={key}")
    assert NEWS in page
    assert "金额写错了。" in page
    assert desk.drafted("MZ11", f"?draft={key}", standard="每月80元。") == key
    assert desk.release(key).status_code == 303
    assert desk.policy().standard == "每月80元。"


def test_the_reader_sees_what_stands_now(desk: Desk) -> None:
    key = desk.drafted(standard=NEWS)
    seen = desk.release_form(key, "shi")
    desk.released(standard="每月60元。")
    answer = desk.post(f"/drafts/{key}/release", "shi", **seen)
    assert answer.status_code == 409
    assert "政策清单有了变化" in answer.text
    assert "<del>每月6</del>" in answer.text
    assert "起草以后有人改过这几栏" in answer.text
    assert desk.policy().standard == "每月60元。"
    assert desk.release(key).status_code == 303
    assert [one.fields for one in desk.versions()[1:]] == [
        {"standard": "每月60元。"},
        {"standard": NEWS},
    ]


def test_other_fields_that_were_changed_meanwhile_stay(desk: Desk) -> None:
    key = desk.drafted(standard=NEWS)
    desk.released(payment="每月10日前打到一卡通")
    assert desk.release(key).status_code == 303
    policy = desk.policy()
    assert (policy.standard, policy.payment) == (NEWS, "每月10日前打到一卡通")


def test_a_policy_that_says_so_already_is_not_released_again(desk: Desk) -> None:
    key = desk.drafted(standard=NEWS)
    desk.released(standard=NEWS)
    assert "清单里已经都是这样了" in desk.get(f"/drafts/{key}", "shi")
    form = {"version": str(desk.draft(key).version), "seen": ""}
    assert desk.post(f"/drafts/{key}/release", "shi", **form).status_code == 409
    assert len(desk.versions()) == 2


@pytest.mark.parametrize(
    ("field", "leak", "found"),
    [
        ("apply_at", "找13907123456。", "13907123456"),
        ("materials", "带王大爷的身份证420103194001011239。", "420103194001011239"),
        ("note", "群众来电13907123456反映后改。", "13907123456"),
        ("aliases", "敬老钱、13907123456", "13907123456"),
    ],
)
def test_no_leak_is_released_unnoticed(desk: Desk, field: str, leak: str, found: str) -> None:
    key = desk.drafted(**{"standard": NEWS, field: leak})
    page = desk.get(f"/drafts/{key}", "shi")
    assert f"“{found}”" in page
    assert "我读过了" not in page
    form = {"version": str(desk.draft(key).version), "seen": ""}
    assert desk.release(key, **form).status_code == 409
    assert desk.policy().standard != NEWS


def test_a_finding_may_be_answered_and_whoever_answers_doesn_t_release(desk: Desk) -> None:
    key = desk.drafted(apply_at="解放大道1号政务大厅。")
    page = desk.get(f"/drafts/{key}", "shi")
    assert "门牌号" in page
    assert "<mark>1号</mark>" in page
    sent = {"version": str(desk.draft(key).version), "finding": "MZ11.apply_at:house:1号"}
    assert desk.post(f"/drafts/{key}/answers", "shi", **sent, answer="").status_code == 422
    answered = desk.post(f"/drafts/{key}/answers", "shi", **sent, answer="是政务大厅的地址")
    assert answered.status_code == 303
    assert "是政务大厅的地址" in desk.get(f"/drafts/{key}")
    assert "您起草或改过这一稿" in desk.get(f"/drafts/{key}", "shi")
    form = desk.release_form(key, "chen")
    assert desk.post(f"/drafts/{key}/release", "shi", **form).status_code == 409
    assert desk.post(f"/drafts/{key}/release", "chen", **form).status_code == 303
    # What stands already isn't asked about again.
    again = desk.drafted(apply_at="解放大道1号政务大厅，二楼。")
    assert "门牌号" not in desk.get(f"/drafts/{again}", "shi")


def test_a_number_that_the_campaign_publishes_is_no_leak(desk: Desk) -> None:
    hotline = desk.book.campaign.hotline
    key = desk.drafted(apply_at=f"先打{hotline}问。")
    assert "我读过了" in desk.get(f"/drafts/{key}", "shi")


def test_nobody_else_has_this_desk(desk: Desk) -> None:
    key = desk.drafted(standard=NEWS)
    for name in ("min", "zheng", "bie", "ji", "shen", "tou"):
        for path in ("", "/import", "/new", "/MZ11/edit", "/table.csv", f"/drafts/{key}"):
            desk.get(path, name, 404)
        for path in ("/checked", "/MZ11/edit", f"/drafts/{key}/release", f"/drafts/{key}/drop"):
            assert desk.post(path, name).status_code == 404, (name, path)
    assert desk.policy().standard != NEWS


def test_the_office_is_told_what_waits(desk: Desk) -> None:
    assert "政策清单的改动" not in desk.house.get("chen", "/staff/office")
    desk.drafted(standard=NEWS)
    assert "政策清单的改动等第二人审读" in desk.house.get("chen", "/staff/office")
    assert LIST in desk.house.get("gong", "/staff/publishing")
