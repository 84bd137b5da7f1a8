"""A list from the upload to its end, in both campaigns on both databases."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date, datetime, timedelta
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from admin.distributions.taking_down import take_down_lists
from intake.cases.event import Event
from portal.campaign.campaign import Campaign
from portal.foundation import clock
from portal.published.distribution import Distribution, TakenDown
from portal.published.distribution_row import DistributionRow
from tests.admin.conftest import NOON
from tests.admin.distributions.desk import DISCREET, NAMES, Lists, holds, table_of, xlsx

MASKED = ["王*明", "欧*棠", "阿*提", "李*", "万*月", "黎*昌"]


def test_names_are_masked_before_anything_is_stored(any_lists: Lists) -> None:
    number = any_lists.drafted()
    page = any_lists.get(f"/{number}")
    for name, masked in zip(NAMES, MASKED, strict=True):
        assert masked in page
        assert name not in page
    stored = any_lists.stored()
    assert not any(holds(stored, name) for name in NAMES)
    # Before the release not even the masked ones lie open.
    assert not any(holds(stored, masked) for masked in MASKED[:3])
    assert any_lists.act(number, "release").status_code == 303
    stored = any_lists.stored()
    assert not any(holds(stored, name) for name in NAMES)
    assert holds(stored, MASKED[0])


def test_what_the_second_reader_saw_is_what_the_public_reads(any_lists: Lists) -> None:
    number = any_lists.drafted()
    seen = any_lists.get(f"/{number}", by="shi")
    assert any_lists.act(number, "release", by="gong").status_code == 409
    any_lists.public(f"/distributions/{number}", 404)
    assert number not in any_lists.public("/distributions").text
    assert any_lists.act(number, "release").status_code == 303
    page = any_lists.public(f"/distributions/{number}").text
    assert table_of(page) == table_of(seen)
    facts = re.compile(r'<dl class="facts short">.*?</dl>', re.DOTALL)
    assert facts.findall(page)[0] == facts.findall(seen)[0]
    assert "2022年5月" in page
    assert "2,103元" in page
    assert "9人" in page
    with any_lists.deployment.database.reading() as session:
        one = session.get_one(Distribution, number)
        rows = session.scalars(select(DistributionRow).order_by(DistributionRow.position)).all()
        assert [row.name for row in rows] == MASKED
        assert (one.people, one.amount) == (9, sum(row.amount for row in rows))
        assert one.amount == Decimal("2103.00")
        assert (one.shown_from, one.shown_until) == (date(2022, 6, 6), date(2022, 6, 12))
        ours = select(Event).where(Event.name.startswith("distribution")).order_by(Event.seq)
        events = [(event.name, event.facts) for event in session.scalars(ours)]
    assert events == [
        (name, {"distribution": number})
        for name in ("distribution_drafted", "distribution_released")
    ]
    assert any_lists.act(number, "release").status_code == 409


def test_a_list_stands_from_its_first_day_to_its_last(any_lists: Lists) -> None:
    number = any_lists.released(starts_on="2022-06-08", days="3")
    path = f"/distributions/{number}"
    clients = [any_lists.deployment.citizen(), any_lists.deployment.everything.test_client()]
    expected = {7: (404, False), 8: (200, True), 9: (200, True), 10: (200, True), 11: (410, False)}
    for day, (status, stands) in expected.items():
        for hour, minute in ((0, 0), (23, 59)):
            moment = datetime(2022, 6, day, hour, minute, tzinfo=clock.SHANGHAI)
            with clock.stopped_at(moment):
                for client in clients:
                    answer = client.get(path)
                    assert answer.status_code == status, (day, hour)
                    assert ("王*明" in answer.text) is stands
                    listed = client.get("/distributions").text
                    assert (path in listed) is stands
                    found = client.post("/distributions", data={"name": "王小明"}).text
                    assert (path in found) is stands


def test_the_worker_deletes_what_is_over_even_if_it_was_off(any_lists: Lists) -> None:
    number, other = any_lists.released(), any_lists.released(days="30")
    database = any_lists.deployment.database
    with clock.stopped_at(NOON + timedelta(days=6)):
        assert take_down_lists(database) == 0
    with clock.stopped_at(NOON + timedelta(days=20)):
        assert take_down_lists(database) == 1
        assert take_down_lists(database) == 0
        assert any_lists.public(f"/distributions/{other}").text.count("王*明") == 1
    with database.reading() as session:
        one = session.get_one(Distribution, number)
        assert (one.people, one.amount, one.standard) == (None, None, "")
        assert one.taken_down_because is TakenDown.PERIOD_OVER
        assert one.erased_at is not None
        left = session.scalars(select(DistributionRow.distribution_number).distinct()).all()
        assert left == [other]
    assert any_lists.draft(number).sealed is None
    with clock.stopped_at(NOON + timedelta(days=40)):
        assert take_down_lists(database) == 1
        page = any_lists.public(f"/distributions/{number}", 410)
        assert "公示到<time" in page.text
    stored = any_lists.stored()
    assert not any(holds(stored, masked) for masked in MASKED[:3])


def test_of_a_discreet_policy_only_sums_are_published(any_lists: Lists) -> None:
    number = any_lists.drafted(policy=DISCREET)
    preview = any_lists.get(f"/{number}", by="shi")
    assert "只公布合计" in preview
    assert "王*明" not in preview
    assert "<table" not in preview
    assert any_lists.act(number, "release").status_code == 303
    page = any_lists.public(f"/distributions/{number}").text
    assert "9人，2,103元" in page
    assert "<table" not in page
    with any_lists.deployment.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(DistributionRow)) == 0
    stored = any_lists.stored()
    assert not any(holds(stored, name) for name in (*NAMES, *MASKED[:3]))


def test_sums_of_fewer_than_five_are_hidden_with_the_amount(any_lists: Lists) -> None:
    for people, shown in (("4", False), ("5", True)):
        number = any_lists.released(b"", policy=DISCREET, people=people, amount="1,234.5")
        page = any_lists.public(f"/distributions/{number}").text
        assert ("1,234.50元" in page) is shown
        assert ("人太少" in page) is not shown
        with any_lists.deployment.database.reading() as session:
            one = session.get_one(Distribution, number)
            assert (one.amount == Decimal("1234.50")) is shown
            assert (one.people is None) is not shown


def test_a_withdrawn_list_leaves_a_dated_note(any_lists: Lists) -> None:
    number = any_lists.released()
    with any_lists.deployment.database.reading() as session:
        before = session.get_one(Campaign, 1).revision
    assert any_lists.post(f"/{number}/withdraw", "lu", because="nothing").status_code == 422
    assert any_lists.post(f"/{number}/withdraw", "lu", because="period_over").status_code == 422
    assert any_lists.post(f"/{number}/withdraw", "lu", because="too_much").status_code == 303
    page = any_lists.public(f"/distributions/{number}", 410).text
    assert "提前撤下：有不该公布的内容" in page
    listed = any_lists.public("/distributions").text
    assert "2022年6月6日提前撤下" in listed
    assert f"/distributions/{number}" not in listed
    assert any_lists.post(f"/{number}/withdraw", "lu", because="mistake").status_code == 409
    take_down_lists(any_lists.deployment.database)
    with any_lists.deployment.database.reading() as session:
        assert session.get_one(Campaign, 1).revision > before
        assert session.scalar(select(func.count()).select_from(DistributionRow)) == 0
    stored = any_lists.stored()
    assert not any(holds(stored, masked) for masked in MASKED[:3])


def test_people_find_themselves_by_their_name(any_lists: Lists) -> None:
    twice = ["王小明", "王大明", "王明"] + [f"赵{one}六" for one in "一二三四五六七八九十" * 3]
    number = any_lists.released(xlsx(any_lists.rows(twice)))
    any_lists.released(xlsx(any_lists.rows(["钱王明"])))
    client = any_lists.deployment.citizen()

    answer = client.post("/distributions", data={"name": " 王 小 明 "})
    assert answer.status_code == 200
    assert answer.text.count(f'href="/distributions/{number}"') == 2
    assert "可能不止一个人" in answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    assert "noindex" in answer.headers["X-Robots-Tag"]
    assert "Set-Cookie" not in answer.headers

    pages = [
        client.post("/distributions", data={"name": "赵敏六", "page": str(page)}).text
        for page in (1, 2, 3)
    ]
    assert [page.count(f'href="/distributions/{number}"') for page in pages] == [20, 10, 0]
    within = {"name": "钱王明", "number": number}
    assert "正在公示的名单里没有" in client.post("/distributions", data=within).text
    for refused in ("王", "王*明", "欧阳", "", "王某明", "*", "王小明13907123456"):
        answer = client.post("/distributions", data={"name": refused})
        assert answer.status_code == 422, refused
        assert "只写姓查不了" in answer.text
    assert not holds(any_lists.stored(), "赵敏六")


def test_while_somebody_reads_the_wiping_waits(any_lists: Lists) -> None:
    number = any_lists.released()
    database = any_lists.deployment.database
    with clock.stopped_at(NOON + timedelta(days=20)):
        with database.reading() as reader:
            reader.scalars(select(DistributionRow)).all()
            with suppress(OperationalError):
                take_down_lists(database)
            with database.reading() as session:
                one = session.get_one(Distribution, number)
                assert (one.taken_down_on, one.erased_at) == (date(2022, 6, 26), None)
        assert take_down_lists(database) == 0
    with database.reading() as session:
        assert session.get_one(Distribution, number).erased_at is not None
    assert any_lists.post(f"/{number}/withdraw", "lu", because="mistake").status_code == 409


def test_what_is_over_can_t_be_withdrawn_any_more(any_lists: Lists) -> None:
    number = any_lists.released()
    with clock.stopped_at(NOON + timedelta(days=7)):
        again = Lists(any_lists.deployment)
        assert again.post(f"/{number}/withdraw", "lu", because="mistake").status_code == 409
        assert "已经不在公示" in again.get(f"/{number}/withdraw", "lu")
        page = any_lists.public(f"/distributions/{number}", 410).text
        assert "提前撤下" not in page
