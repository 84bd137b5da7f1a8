"""Own declarations and refunds through the real site: who writes, who reads, what is refused."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from html import unescape
from typing import Any

from sqlalchemy import select

from admin.declarations.declaration import Declaration, DeclarationVersion
from admin.declarations.declaration_list import Sums, in_all, totals
from admin.declarations.keeper import Keeper
from admin.declarations.months import month_of, months_until
from intake.cases.event import Event
from portal.campaign.book import book
from portal.foundation import clock
from portal.foundation.staff import Staff
from tests.admin.house import House

LIST = "/staff/declarations"
RECEIPT = "江纪函〔2022〕15号"
NOTE = "第二笔钱在月底前退清"


def typed(**other: Any) -> dict[str, Any]:
    return {
        "version": "",
        "month": "2022-07",
        "declared": "2",
        "refunded": "1",
        "yuan": "3,600.50元",
        "refunded_to": "CZ",
        "receipt": RECEIPT,
        "receipt_on": "2022-07-05",
        "note": NOTE,
        **other,
    }


def entered(house: House, by: str = "jie", **other: Any) -> str:
    """Write an entry; returns its key."""
    answer = house.post(by, f"{LIST}/new", **typed(**other))
    assert answer.status_code == 303, answer.text
    found = re.search(r"/declarations/(\w+)\?done=entered", answer.location)
    assert found is not None
    return found[1]


def text_of(page: str) -> str:
    return re.sub(r"\s+", "", unescape(re.sub(r"<[^>]+>", "", page)))


def events(house: House) -> list[tuple[str, dict[str, Any]]]:
    with house.deployment.database.reading() as session:
        wanted = select(Event).where(Event.name.like("declaration%")).order_by(Event.seq)
        return [(one.name, one.facts) for one in session.scalars(wanted)]


def test_a_unit_its_own_the_office_and_discipline_all_others_nothing(house: House) -> None:
    others_list = house.get("lin", LIST)
    house.get("jie", f"{LIST}/new")
    key = entered(house)
    for name in ("jie", "tou", "chen", "ji"):
        page = house.get(name, f"{LIST}/{key}")
        assert RECEIPT in page
        assert NOTE in page
        assert "1人，3,600.50元" in page
        assert RECEIPT in house.get(name, LIST)
    assert events(house) == [("declaration_entered", {"entry": key, "unit": "ST05"})]
    # Of another unit's there is nothing, counts included.
    assert house.get("lin", LIST) == others_list
    for step in ("", "/correct", "/withdraw"):
        house.get("lin", f"{LIST}/{key}{step}", status=404)
    for step in ("correct", "withdraw"):
        sent = typed(version="1", reason="看看")
        assert house.post("lin", f"{LIST}/{key}/{step}", **sent).status_code == 404
    for name in ("gong", "shen", "wai"):
        for path in (LIST, f"{LIST}/new", f"{LIST}/{key}"):
            house.get(name, path, status=404)
    assert len(events(house)) == 1


def test_who_is_above_writes_of_any_unit_and_it_reads_that(house: House) -> None:
    for name, receipt in (("chen", ""), ("ji", RECEIPT)):
        assert "这个单位会看到您写的" in house.get(name, f"{LIST}/new")
        day = "2022-07-05" if receipt else ""
        key = entered(house, name, unit="ST05", receipt=receipt, receipt_on=day)
        assert NOTE in house.get("jie", f"{LIST}/{key}")
        house.get("lin", f"{LIST}/{key}", status=404)
    # A street has no other to choose, whatever is sent.
    key = entered(house, "lin", unit="ST05", receipt="另一份回执")
    house.get("jie", f"{LIST}/{key}", status=404)
    assert house.post("chen", f"{LIST}/new", **typed(unit="XX")).status_code == 422


def test_what_is_wrong_comes_back_filled(house: House) -> None:
    entered(house)
    wrong: list[tuple[dict[str, str], str]] = [
        ({"declared": "0", "refunded": "0", "yuan": "", "refunded_to": ""}, "说明的、退赔的都是0"),
        ({"yuan": ""}, "要么都写，要么都不写"),
        ({"refunded_to": ""}, "要么都写，要么都不写"),
        ({"refunded": "0"}, "要么都写，要么都不写"),
        ({"refunded_to": "ST06"}, "有误："),
        ({"receipt": ""}, "文号和日期要一起写"),
        ({"receipt_on": ""}, "文号和日期要一起写"),
        ({"receipt_on": "2022-07-07"}, "这一天还没有到"),
        ({}, "这份回执已经记过一次"),
        ({"month": "2022-08"}, "有误："),
        ({"month": "2022-01"}, "有误："),
        ({"declared": "-1"}, "人数不能是负数"),
        ({"declared": "几个"}, "这里要写整数"),
        ({"declared": ""}, "没有就写0"),
        # Whoever it was isn't written anywhere.
        ({"note": f"{NOTE}，张伟退的"}, "像是人名"),
        ({"note": f"{NOTE}，电话13907123456"}, "13907123456"),
        ({"note": f"{NOTE}，卡号6222020200112233446"}, "像是人名"),
        ({"receipt": "420103199003071239"}, "像是人名"),
    ]
    for other, told in wrong:
        answer = house.post("jie", f"{LIST}/new", **typed(**other))
        assert answer.status_code == 422, other
        assert "有误：" in answer.text
        assert told in answer.text, other
        assert NOTE in answer.text
    assert len(events(house)) == 1


def test_a_correction_says_why_and_keeps_what_was_said(house_on_each_database: House) -> None:
    house = house_on_each_database
    key = entered(house)
    assert RECEIPT in house.get("tou", f"{LIST}/{key}/correct")
    anew = typed(version="1", declared="3", receipt="江纪函〔2022〕16号")
    assert house.post("tou", f"{LIST}/{key}/correct", **anew, reason=" ").status_code == 422
    named = house.post("tou", f"{LIST}/{key}/correct", **anew, reason="李主任说的")
    assert (named.status_code, "像是人名" in named.text) == (422, True)
    answer = house.post("tou", f"{LIST}/{key}/correct", **anew, reason="少记了一个人")
    assert answer.status_code == 303
    page = house.get("ji", f"{LIST}/{key}")
    assert page.index("〔2022〕16号") < page.index("更正以前") < page.index(RECEIPT)
    assert "为什么更正：少记了一个人" in page
    assert RECEIPT not in house.get("chen", LIST)
    assert [name for name, _ in events(house)] == ["declaration_entered", "declaration_corrected"]


def test_the_later_of_two_gets_his_words_back(house_on_each_database: House) -> None:
    house = house_on_each_database
    key = entered(house)
    anew = typed(version="1", receipt="江纪函〔2022〕16号", reason="写错了文号")
    assert house.post("tou", f"{LIST}/{key}/correct", **anew).status_code == 303
    late = typed(version="1", note="晚了一步的说明")
    answer = house.post("jie", f"{LIST}/{key}/correct", **late, reason="改数")
    assert (answer.status_code, "晚了一步的说明" in answer.text) == (409, True)
    answer = house.post("jie", f"{LIST}/{key}/withdraw", version="1", reason="重复")
    assert (answer.status_code, "重复" in answer.text) == (409, True)
    answer = house.post("jie", f"{LIST}/{key}/withdraw", version="2", reason="重复记了一次")
    assert answer.status_code == 303
    page = house.get("tou", f"{LIST}/{key}")
    assert "重复记了一次" in page
    assert f"{key}/correct" not in page
    assert house.post("jie", f"{LIST}/{key}/correct", **late, reason="改数").status_code == 409
    assert events(house)[-1] == ("declaration_withdrawn", {"entry": key})
    with house.deployment.database.reading() as session:
        entry = session.scalars(select(Declaration)).one()
        versions = session.scalars(select(DeclarationVersion)).all()
        stored = repr([vars(entry), *map(vars, versions), events(house)])
        for words in (RECEIPT, NOTE, "写错了文号", "重复记了一次"):
            assert words not in stored
    # Its receipt may be entered again.
    entered(house, receipt="江纪函〔2022〕16号")


def test_the_sums_are_those_that_one_may_know(house_on_each_database: House) -> None:
    house = house_on_each_database
    entered(house, month="2022-06", receipt="一", yuan="0.10")
    entered(house, receipt="二", yuan="0.20", declared="0")
    entered(house, "lin", receipt="三", yuan="1000")
    gone = entered(house, receipt="四", yuan="5")
    house.post("jie", f"{LIST}/{gone}/withdraw", version="1", reason="记错了")
    with house.deployment.database.reading() as session:
        found = book(session)

        def keeper(name: str) -> Keeper:
            return Keeper.of(session.scalars(select(Staff).where(Staff.name == name)).one(), found)

        mine = {"ST05": Sums(2, 2, Decimal("0.30"))}
        assert totals(session, keeper("jie")) == mine
        all_of_them = totals(session, keeper("ji"))
        assert all_of_them == {**mine, "ST06": Sums(2, 1, Decimal(1000))}
        assert in_all(all_of_them.values()) == Sums(4, 3, Decimal("1000.30"))
        june, july = date(2022, 6, 1), date(2022, 7, 1)
        assert totals(session, keeper("jie"), last=june) == {"ST05": Sums(2, 1, Decimal("0.10"))}
        assert totals(session, keeper("jie"), first=july) == {"ST05": Sums(0, 1, Decimal("0.20"))}
    page = text_of(house.get("chen", LIST))
    assert "合计431,000.30元" in page
    june_page = text_of(house.get("jie", f"{LIST}?month=2022-06"))
    assert "210.10元" in june_page
    assert "0.20元" not in june_page
    assert "三，" not in text_of(house.get("chen", f"{LIST}?unit=ST05"))


def test_what_comes_after_the_last_day_is_marked(jianghan: House, caidian_house: House) -> None:
    after = datetime(2022, 11, 21, 4, 0, tzinfo=UTC)
    days = {"2022-11-20": False, "2022-11-21": True, "": True}
    with clock.stopped_at(after):
        for house, has_a_day in ((jianghan, True), (caidian_house, False)):
            page = house.get("jie", LIST)
            assert ("期限已过：2022年11月20日" in page) is has_a_day
            for number, (day, is_late) in enumerate(days.items()):
                receipt = f"第{number}份" if day else ""
                key = entered(house, month="2022-11", receipt=receipt, receipt_on=day)
                page = house.get("chen", f"{LIST}/{key}")
                assert ("过了期限" in page) is (is_late and has_a_day), day
            assert house.get("ji", LIST).count(">过了期限<") == (2 if has_a_day else 0)


def test_a_month_ends_with_the_monthly_return(house: House) -> None:
    with house.deployment.database.reading() as session:
        found = book(session)
        assert month_of(found, date(2022, 6, 20)) == date(2022, 6, 1)
        assert month_of(found, date(2022, 6, 21)) == date(2022, 7, 1)
        assert month_of(found, date(2022, 12, 21)) == date(2023, 1, 1)
        begun = months_until(found, date(2022, 7, 6))
        assert begun == [date(2022, 7, 1), date(2022, 6, 1)]
        last = months_until(found, date(2023, 2, 1))[0]
        assert last == found.campaign.ends_on.replace(day=1)


def test_each_finds_it_beside_the_ledger_or_in_his_navigation(jianghan: House) -> None:
    for name, page in (
        ("jie", "/staff/problems"),
        ("chen", "/staff/problems"),
        ("ji", "/staff/account"),
    ):
        assert f'href="{LIST}"' in jianghan.get(name, page)
    assert f'href="{LIST}"' not in jianghan.get("shen", "/staff/account")
