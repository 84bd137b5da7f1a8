"""The desk of the public figures: two people, whole months, what is refused, and what a withdrawal
leaves behind."""

from __future__ import annotations

from sqlalchemy import select, text

from admin.public_figures.figures_draft import FiguresDraft
from intake.cases.event import Event
from portal.campaign.kinds import Kind
from portal.published.month_figures import MonthFigures
from tests.admin.public_figures.june import LATER, a_month
from tests.admin.public_figures.months import FIGURES, JUNE, Months

WRONG = "6月的投诉数错了，重新数过。"


def test_counts_that_changed_are_not_released(months: Months) -> None:
    a_month(months)
    with months.on(LATER):
        draft = months.prepared()
        with months.on("2022-06-20"):
            months.came(months.units[1], Kind.COMPLAINT, 1, fund_year=2021)
        months.counted()
        answer = months.releases(draft)
        assert answer.status_code == 409
        assert "现在数出来不一样了" in answer.text
        assert "还没有公布数字" in months.public()
        # Counted anew by the second reader, it takes the first to release it.
        again = months.prepared("shi", version=str(months.seen(draft)))
        assert again == draft
        assert months.releases(draft, "shi").status_code == 409
        assert months.releases(draft, "gong").status_code == 303
        assert "收到31件" in months.public()


def test_a_month_is_sent_back_and_counted_again(months: Months) -> None:
    a_month(months)
    with months.on(LATER):
        draft = months.prepared()
        assert "数字等第二人核对" in months.get("chen", "/staff/office")
        form = {"version": str(months.seen(draft)), "reason": " "}
        assert months.post("shi", f"{FIGURES}/{draft}/send-back", **form).status_code == 422
        form["reason"] = "和台账对不上"
        assert months.post("shi", f"{FIGURES}/{draft}/send-back", **form).status_code == 303
        assert months.post("shi", f"{FIGURES}/{draft}/send-back", **form).status_code == 409
        assert "和台账对不上" in months.get("gong", f"{FIGURES}/{draft}")
        assert "数字等第二人核对" not in months.get("chen", "/staff/office")
        with months.deployment.database.reading() as session:
            stored = session.execute(text("SELECT sealed FROM figures_draft")).scalar_one()
        assert "和台账对不上".encode() not in bytes(stored)
        assert months.releases(draft).status_code == 409
        assert months.prepares(version="1").status_code == 409
        months.prepared(version=str(months.seen(draft)))
        assert months.releases(draft).status_code == 303


def test_a_withdrawn_month_leaves_a_dated_note(months_on_each: Months) -> None:
    months = months_on_each
    a_month(months)
    with months.on(LATER):
        months.released()
        assert "收到30件" in months.public()
        assert "2022年6月" in months.public("/")
        page = months.get("shi", f"{FIGURES}/{JUNE}/withdraw")
        assert "公众马上看不到" in page
        assert months.withdraws("").status_code == 422
        leaky = months.withdraws("有问题找13907123456")
        assert (leaky.status_code, "电话号码" in leaky.text) == (422, True)
        assert months.withdraws(WRONG, revision="2").status_code == 409
        assert months.withdraws(WRONG).status_code == 303
        # At once, on every page that had kept it.
        page = months.public()
        assert "2022年7月4日撤下" in page
        assert WRONG in page
        assert "每一类收到多少件" not in page
        assert "2022年6月的数字" not in months.public("/")
        assert months.rows() == []
        assert "2022年6月的数字撤下了" in months.public("/feed.xml")
        assert months.withdraws(WRONG).status_code == 404


def test_what_is_published_again_says_why_and_gives_nothing_away(months: Months) -> None:
    """The same month a second time, one complaint more: what differs so little is left out."""
    _, second, _ = a_month(months)
    with months.on(LATER):
        months.released()
        assert months.prepares().status_code == 409  # It stands there.
        months.withdraws(WRONG)
        with months.on("2022-06-20"):
            months.came(second, Kind.COMPLAINT, 1, fund_year=2021)
        months.counted()
        assert months.prepares().status_code == 422
        assert months.prepares(note="见 wang@example.com").status_code == 422
        months.released(note=WRONG)
        page = months.public()
    assert "收到31件" not in page
    assert "每一类收到多少件" not in page
    assert "各单位有多少件，举报除外" not in page
    assert WRONG in page
    with months.deployment.database.reading() as session:
        [one] = session.scalars(select(MonthFigures)).all()
        assert [(c.revision, c.withdrawn) for c in one.changes] == [
            (2, False),
            (1, True),
            (1, False),
        ]


def test_no_sentence_beside_the_figures_repeats_a_case(months: Months) -> None:
    first, _, _ = a_month(months)
    said = f"这是{first}complaint0，钱还没有到账"
    with months.on(LATER):
        months.released()
        refused = months.withdraws(said)
        assert (refused.status_code, "不要照抄内部材料" in refused.text) == (422, True)
        months.withdraws(WRONG)
        refused = months.prepares(note=said)
        assert (refused.status_code, "和内部材料的原话一样" in refused.text) == (422, True)
        draft = months.prepared(note=WRONG)
        months.case("later", words=WRONG)
        refused = months.releases(draft)
        assert (refused.status_code, "和内部材料的原话一样" in refused.text) == (409, True)
    with months.deployment.database.reading() as session:
        wanted = select(Event.facts).where(Event.name == "text_compared").order_by(Event.seq)
        assert list(session.scalars(wanted)) == [
            {"desk": "withdrawals", "item": JUNE},
            {"desk": "withdrawals", "item": JUNE},
            {"desk": "figures", "item": JUNE},
            {"desk": "figures", "item": JUNE},
            {"desk": "figures", "item": str(draft)},
        ]


def test_only_whole_months_that_are_over(months: Months) -> None:
    a_month(months)
    with months.on("2022-06-30"):
        months.counted()
        assert months.prepares().status_code == 409
        assert "还没有过完的月份" in months.get("gong", FIGURES)
    with months.on("2022-07-01"):
        for month in ("2022-05", "2022-07", "2022-13", "x", ""):
            assert months.prepares(month=month).status_code == 409, month
        assert months.prepares().status_code == 303
        assert months.prepares().status_code == 409  # Somebody was faster.


def test_no_month_is_offered_for_what_accuses_alone(months: Months) -> None:
    with months.on("2022-05-10"):
        months.came(months.units[0], Kind.TIP_OFF, 1, accused="领导小组办公室")
    with months.on(LATER):
        assert "还没有过完的月份" in months.get("chen", FIGURES)
    a_month(months)
    with months.on(LATER):
        page = months.get("chen", FIGURES)
    assert "2022年6月" in page
    assert "2022年5月" not in page


def test_what_the_worker_has_not_read_is_waited_for(months: Months) -> None:
    a_month(months)
    with months.on(LATER):
        answer = months.prepares()
        assert (answer.status_code, "还没有数完" in answer.text) == (409, True)
        months.counted()
        assert months.prepares().status_code == 303


def test_the_desk_is_the_office_s(months: Months) -> None:
    a_month(months)
    with months.on(LATER):
        draft = months.released()
        unknown = months.browser("bie").get("/staff/no-such-page").data
        for path in (
            FIGURES,
            f"{FIGURES}/{draft}",
            f"{FIGURES}/{draft}/send-back",
            f"{FIGURES}/{JUNE}/withdraw",
        ):
            answer = months.browser("bie").get(path)
            assert (answer.status_code, answer.data) == (404, unknown), path
        for path in (
            FIGURES,
            f"{FIGURES}/{draft}/release",
            f"{FIGURES}/{draft}/send-back",
            f"{FIGURES}/{JUNE}/withdraw",
        ):
            sent = {"month": JUNE, "version": "1", "reason": "x"}
            assert months.post("bie", path, **sent).status_code == 404, path
        assert "收到30件" in months.public()
        for path in (f"{FIGURES}/999", f"{FIGURES}/2022-05/withdraw", f"{FIGURES}/x/withdraw"):
            months.get("shi", path, status=404)


def test_a_get_changes_nothing(months: Months) -> None:
    a_month(months)
    with months.on(LATER):
        draft = months.prepared()
        months.browser("shi")  # Signing in is an event.
        with months.deployment.database.reading() as session:
            before = session.get_one(FiguresDraft, draft).version
            events = session.scalar(select(Event.seq).order_by(Event.seq.desc()))
        for path in (FIGURES, f"{FIGURES}/{draft}", f"{FIGURES}/{draft}/send-back"):
            months.get("shi", path)
        with months.deployment.database.reading() as session:
            assert session.get_one(FiguresDraft, draft).version == before
            assert session.scalar(select(Event.seq).order_by(Event.seq.desc())) == events
