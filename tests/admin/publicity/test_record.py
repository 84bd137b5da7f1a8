"""The record of publicity through the real site: who writes it, who reads it, what it counts."""

from __future__ import annotations

import io
import re
from html import unescape
from typing import Any

from openpyxl import load_workbook
from sqlalchemy import select

from admin.publicity.publicity_entry import PublicityEntry, PublicityVersion
from intake.cases.event import Event
from portal.campaign.book import Book, book
from portal.campaign.place import PlaceKind
from tests.admin.house import House

LIST = "/staff/publishing/publicity"
WHERE = "长堤社区公示栏"
NOTE = "两张贴在电梯口"


def book_of(house: House) -> Book:
    with house.deployment.database.reading() as session:
        return book(session)


def street_of(house: House, unit: str) -> str:
    places = book_of(house).places.values()
    return next(
        one.code for one in places if one.kind is PlaceKind.STREET and one.unit_code == unit
    )


def typed(house: House, **other: Any) -> dict[str, Any]:
    return {
        "version": "",
        "kind": "poster",
        "done_on": "2022-06-18",
        "place": street_of(house, "ST05"),
        "quantity": "12",
        "where": WHERE,
        "note": NOTE,
        **other,
    }


def entered(house: House, by: str = "jie", **other: Any) -> int:
    answer = house.post(by, f"{LIST}/new", **typed(house, **other))
    assert answer.status_code == 303, answer.text
    found = re.search(r"/publicity/(\d+)\?done=entered", answer.location)
    assert found is not None
    return int(found.group(1))


def events(house: House) -> list[tuple[str, dict[str, Any]]]:
    with house.deployment.database.reading() as session:
        wanted = select(Event).where(Event.name.like("publicity%")).order_by(Event.seq)
        return [(one.name, one.facts) for one in session.scalars(wanted)]


def total(house: House, name: str, street: str, query: str = "") -> str:
    """The line of a street among the sums."""
    page = house.get(name, LIST + query)
    sums = page.partition("一条一条的")[0]
    rows = re.findall(r"<tr>.*?</tr>", sums, re.DOTALL)
    [row] = [one for one in rows if f"place={street}" in one]
    return re.sub(r"\s+", "", unescape(re.sub(r"<[^>]+>", "", row)))


def test_a_street_writes_its_own_and_the_office_reads_it(house: House) -> None:
    house.get("jie", f"{LIST}/new")
    number = entered(house)
    for name in ("jie", "tou", "chen", "gong"):
        page = house.get(name, f"{LIST}/{number}")
        assert WHERE in page
        assert NOTE in page
        assert "12张" in re.sub(r"\s", "", page)
        assert WHERE in house.get(name, LIST)
    assert events(house) == [("publicity_entered", {"entry": number, "unit": "ST05"})]


def test_what_was_typed_is_sealed(house_on_each_database: House) -> None:
    house = house_on_each_database
    number = entered(house)
    reason = {"version": "1", "reason": "记错了街道"}
    assert house.post("jie", f"{LIST}/{number}/withdraw", **reason).status_code == 303
    with house.deployment.database.reading() as session:
        version = session.get_one(PublicityVersion, (number, 1))
        entry = session.get_one(PublicityEntry, number)
        stored = repr({**vars(version), **vars(entry)})
        assert entry.reason is not None
        for words in (WHERE, NOTE, "记错了街道"):
            assert words not in stored
            assert words.encode() not in version.sealed + entry.reason


def test_another_unit_finds_nothing(house: House) -> None:
    number = entered(house)
    for name in ("lin", "can"):
        page = house.get(name, LIST)
        assert WHERE not in page
        assert f"{LIST}/{number}" not in page
        for step in ("", "/correct", "/withdraw"):
            house.get(name, f"{LIST}/{number}{step}", status=404)
        for step, words in (("correct", typed(house)), ("withdraw", {"reason": "x"})):
            sent = {**words, "version": "1"}
            answer = house.post(name, f"{LIST}/{number}/{step}", **sent)
            assert answer.status_code == 404, (name, step)
        assert "12张" not in total(house, name, street_of(house, "ST06"))
    assert len(events(house)) == 1


def test_who_keeps_no_record_is_told_of_none(house: House) -> None:
    for name in ("bie", "shen"):
        for path in ("", "/new", ".xlsx"):
            house.get(name, LIST + path, status=404)


def test_a_street_writes_of_itself_alone(house: House) -> None:
    for place in (street_of(house, "ST06"), "all"):
        answer = house.post("jie", f"{LIST}/new", **typed(house, place=place))
        assert answer.status_code == 422
        assert WHERE in answer.text
    assert events(house) == []


def test_departments_and_the_desk_write_of_every_place(house: House) -> None:
    for name, unit in (("can", "CL"), ("gong", "BGS")):
        for place in (street_of(house, "ST05"), "all"):
            number = entered(house, name, place=place)
            with house.deployment.database.reading() as session:
                assert session.get_one(PublicityEntry, number).unit_code == unit


def test_who_serves_two_units_says_for_which(house: House) -> None:
    assert "以哪个单位的名义" in house.get("liang", f"{LIST}/new")
    number = entered(house, "liang", unit="CL", place="all")
    assert WHERE in house.get("can", f"{LIST}/{number}")
    house.get("jie", f"{LIST}/{number}", status=404)
    for other in ({"unit": "ST06"}, {"unit": "ST05", "place": "all"}):
        answer = house.post("liang", f"{LIST}/new", **typed(house, **other))
        assert answer.status_code == 422, other


def test_what_is_wrong_comes_back_filled(house: House) -> None:
    wrong: list[tuple[dict[str, str], str]] = [
        ({"done_on": "2022-06-21"}, "这一天还没有到"),
        ({"done_on": "昨天"}, "日期要这样写"),
        ({"done_on": ""}, "请写哪一天"),
        ({"quantity": "0"}, "数量从1到一百万"),
        ({"quantity": "几张"}, "数量写整数"),
        ({"quantity": ""}, "请写数量"),
        ({"where": "  "}, "请写具体在哪里"),
        ({"where": "长" * 501}, "太长了"),
        ({"kind": "song"}, "有误："),
        ({"place": "999"}, "有误："),
    ]
    for other, told in wrong:
        answer = house.post("jie", f"{LIST}/new", **typed(house, **other))
        assert answer.status_code == 422, other
        assert "有误：" in answer.text
        assert told in answer.text
        assert NOTE in answer.text
    assert events(house) == []


def test_a_correction_keeps_what_was_said_before(house_on_each_database: House) -> None:
    house = house_on_each_database
    number = entered(house)
    assert WHERE in house.get("tou", f"{LIST}/{number}/correct")
    sent = typed(house, version="1", quantity="9", where="肖家社区大门口")
    answer = house.post("tou", f"{LIST}/{number}/correct", **sent)
    assert answer.status_code == 303
    page = house.get("jie", f"{LIST}/{number}")
    before, after = page.index("肖家社区大门口"), page.index(WHERE)
    assert before < page.index("更正以前") < after
    assert WHERE not in house.get("jie", LIST)
    assert "9张" in total(house, "jie", street_of(house, "ST05"))
    assert events(house)[-1] == ("publicity_corrected", {"entry": number, "version": 2})


def test_the_later_of_two_gets_his_words_back(house: House) -> None:
    number = entered(house)
    sent = typed(house, version="1", where="肖家社区大门口")
    assert house.post("jie", f"{LIST}/{number}/correct", **sent).status_code == 303
    late = typed(house, version="1", where="中大社区大门口")
    answer = house.post("tou", f"{LIST}/{number}/correct", **late)
    assert answer.status_code == 409
    assert "中大社区大门口" in answer.text
    answer = house.post("tou", f"{LIST}/{number}/withdraw", version="1", reason="贴重了")
    assert (answer.status_code, "贴重了" in answer.text) == (409, True)
    assert "肖家社区大门口" in house.get("jie", LIST)


def test_what_is_withdrawn_counts_no_longer_and_stays_readable(house: House) -> None:
    number, street = entered(house), street_of(house, "ST05")
    entered(house, kind="leaflet", quantity="200")
    assert "12张" in total(house, "chen", street)
    answer = house.post("jie", f"{LIST}/{number}/withdraw", version="1", reason="")
    assert answer.status_code == 422
    answer = house.post("jie", f"{LIST}/{number}/withdraw", version="1", reason="贴重了")
    assert answer.status_code == 303
    line = total(house, "chen", street)
    assert "12张" not in line
    assert "200份" in line
    page = house.get("chen", f"{LIST}/{number}")
    assert "贴重了" in page
    assert WHERE in page
    assert f"{LIST}/{number}/correct" not in page
    again = typed(house, version="1")
    assert house.post("jie", f"{LIST}/{number}/correct", **again).status_code == 409
    again = {"version": "1", "reason": "再撤"}
    assert house.post("jie", f"{LIST}/{number}/withdraw", **again).status_code == 409
    assert events(house)[-1] == ("publicity_withdrawn", {"entry": number})


def test_streets_with_nothing_yet_are_shown(house: House) -> None:
    entered(house)
    streets = [one for one in book_of(house).places.values() if one.kind is PlaceKind.STREET]
    mine = street_of(house, "ST05")
    for street in streets:
        line = total(house, "chen", street.code)
        assert ("还没有" in line) is (street.code != mine), street.name
    assert "还没有" in total(house, "chen", "all")


def test_the_sums_add_up_by_kind_and_month(house_on_each_database: House) -> None:
    house = house_on_each_database
    street = street_of(house, "ST05")
    for day, quantity in (("2022-05-31", 3), ("2022-06-01", 4), ("2022-06-20", 5)):
        entered(house, done_on=day, quantity=str(quantity), where=f"{day}那一次")
    entered(house, "can", kind="broadcast", place="all", quantity="2", where="区电台")
    assert "贴海报、摆桌牌12张" in total(house, "gong", street)
    june = total(house, "gong", street, "?month=2022-06")
    assert ("9张" in june, "6月20日" in june) == (True, True)
    assert "3张" in total(house, "gong", street, "?month=2022-05")
    assert "广播、大喇叭2次" in total(house, "gong", "all")
    page = house.get("gong", f"{LIST}?place={street}&month=2022-05")
    assert "2022-05-31那一次" in page
    for other in ("2022-06-01那一次", "区电台"):
        assert other not in page
    assert "区电台" in house.get("gong", f"{LIST}?place=all")
    for odd in ("?month=june", "?month=2022-13", "?place=999", "?month=%00&place=%00"):
        assert "区电台" in house.get("gong", LIST + odd)


def test_the_workbook_holds_what_the_list_does(house: House) -> None:
    number = entered(house, where="=1+1")
    entered(house, "lin", place=street_of(house, "ST06"), where="隔壁街道的墙")
    for name, rows in (("jie", 1), ("chen", 2)):
        answer = house.browser(name).get(f"{LIST}.xlsx")
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "no-store"
        sheet = load_workbook(io.BytesIO(answer.data)).active
        assert sheet is not None
        lines = [list(line) for line in sheet.iter_rows(min_row=2, values_only=True)]
        assert len(lines) == rows
        [mine] = [line for line in lines if line[0] == number]
        assert (mine[4], mine[6]) == (12, "=1+1")
    month = house.browser("chen").get(f"{LIST}.xlsx?month=2022-05")
    assert load_workbook(io.BytesIO(month.data)).active.max_row == 1  # type: ignore[union-attr]


def test_each_finds_the_record_in_his_navigation(house: House) -> None:
    assert f'href="{LIST}"' in house.get("jie", "/staff/account")
    assert f'href="{LIST}"' in house.get("gong", "/staff/publishing")
    assert f'href="{LIST}"' not in house.get("shen", "/staff/account")
