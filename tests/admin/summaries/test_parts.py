"""Units' parts of a summary through the real site: written, handed in, frozen, received, chased."""

from __future__ import annotations

from sqlalchemy import select

from admin.returns.content import digest_of
from admin.summaries.contribution import Contribution
from admin.summaries.reminding import remind_of_summaries
from admin.summaries.waiting import brings_work
from intake.cases.event import Event
from portal.campaign.book import book
from portal.foundation import clock
from portal.foundation.staff import Role
from tests.admin.house import House
from tests.admin.summaries.season import PART, STAGE, day, finds, hands_in, version, writes_part


def rows(house: House) -> list[Contribution]:
    with house.deployment.database.reading() as session:
        return list(session.scalars(select(Contribution).order_by(Contribution.id)))


def test_a_part_is_written_by_an_officer_and_frozen_when_its_head_hands_it_in(
    house_on_each: House,
) -> None:
    house = house_on_each
    with day(house, "06-19T10"):
        assert house.browser("min").get(f"{PART}/fill").status_code == 404, "it isn't time yet"
        assert "起可以写" in house.get("min", "/staff/summaries")
    with day(house, "06-20T10"):
        assert "阶段性工作总结的材料还没有报，6月30日前要报。" in house.get("min", "/staff/cases")
        number = finds(house, unit="MZ", name="min")
        assert number in house.get("min", f"{PART}/fill"), "it isn't typed"
        assert writes_part(house).status_code == 303
        assert "还没报" in house.get("chen", PART)
        assert "开了三次会" not in house.get("chen", PART), "it wasn't handed in"
        assert house.post("min", f"{PART}/sign", version="1").status_code == 409
        head = {"version": version(house, "zheng", PART)}
        assert house.post("zheng", f"{PART}/sign", **head).status_code == 303
        (frozen,) = rows(house)
        assert frozen.digest == digest_of(frozen.content)
        assert "开了三次会".encode() not in frozen.body
        assert number in frozen.content
        assert "开了三次会" in house.get("chen", PART)
        # Another unit's part exists for nobody else.
        for name in ("jie", "tui"):
            assert house.browser(name).get(PART).status_code == 404
            assert "区民政局" not in house.get(name, "/staff/summaries")
        # The ledger moves on; what was handed in doesn't.
        finds(house, unit="MZ", name="min", what_is_wrong="又查到2户。")
        assert "和这份不一样了" in house.get("min", PART)
        assert "和这份不一样了" not in house.get("chen", PART)
    (still,) = rows(house)
    assert (still.content, still.digest) == (frozen.content, frozen.digest)


def test_a_part_says_something_and_nobody_s_number(house: House) -> None:
    with day(house, "06-20T10"):
        refused = writes_part(house, work=" ", difficulties="换卡慢")
        assert refused.status_code == 422
        assert "换卡慢" in refused.text
        refused = writes_part(house, experience="打 13907123456 找老王")
        assert refused.status_code == 422
        assert "里面有身份证号、手机号或者卡号" in refused.text
    assert rows(house) == []


def test_what_is_sent_back_is_corrected_and_the_office_decides_about_others(house: House) -> None:
    house.deployment.add_staff("double", ("BGS", Role.OFFICE), ("MZ", Role.HEAD))
    with day(house, "06-21T10"):
        hands_in(house)
        seen = version(house, "chen", PART)
        assert house.post("chen", f"{PART}/send-back", version=seen).status_code == 422
        told = {"version": seen, "reason": "困难写具体些"}
        assert house.post("double", f"{PART}/send-back", **told).status_code == 409
        assert house.browser("double").get(f"{STAGE}/whole").status_code == 404
        assert house.post("chen", f"{PART}/send-back", **told).status_code == 303
        assert "困难写具体些" in house.get("min", PART)
        assert writes_part(house).status_code == 422, "a correction has its reason"
        assert writes_part(house, correction="补了数").status_code == 303
        head = {"version": version(house, "zheng", PART)}
        assert house.post("zheng", f"{PART}/sign", **head).status_code == 303
        assert "总结材料等接收" in house.get("chen", "/staff/office")
        seen = version(house, "chen", PART)
        assert house.post("chen", f"{PART}/accept", version=seen).status_code == 303
    first, second = rows(house)
    assert (first.version, second.version) == (1, 2)
    assert first.digest != second.digest


def test_who_hasn_t_is_chased_in_office_hours_once_for_each_day_of_the_rule(house: House) -> None:
    database = house.deployment.database
    with day(house, "06-20T20"):
        assert remind_of_summaries(database) == 0, "nobody works at eight in the evening"
    with day(house, "06-20T10"):
        hands_in(house)
        since = clock.now()
    with day(house, "06-20T11"):
        owing = remind_of_summaries(database)
        assert owing > 0
        assert remind_of_summaries(database) == 0
        with database.reading() as session:
            found = book(session)
            told = {
                name: brings_work(session, house.access(session, name), found, since)
                for name in ("min", "tui", "jie")
            }
            events = session.scalars(
                select(Event).where(Event.name == "summary_part_reminded")
            ).all()
        assert told == {"min": False, "tui": True, "jie": False}
        assert len(events) == owing
        assert all(one.facts["unit"] != "MZ" for one in events)
        page = house.get("chen", STAGE)
        assert f"还差{owing}份" in page
        assert "2022-06-20" in page
        assert page.count("</time>催过") == owing
        assert f"报来1份，共{owing + 1}份；还没报给区领导小组" in house.get(
            "chen", "/staff/office/plan"
        )
    with day(house, "06-29T10"):
        assert remind_of_summaries(database) == owing, "it is the working day before"
    with day(house, "07-01T10"):
        assert "没有报" in house.get("chen", STAGE)
        assert "过了6月30日，还没有报" in house.get("tui", "/staff/cases")
