"""What is suggested to the office: once for each cause, and nothing happens by itself."""

from __future__ import annotations

from sqlalchemy import func, select

from admin.supervision.looking import look_for_causes
from admin.supervision.suggestion import Suggestion
from portal.campaign.campaign import Campaign
from portal.campaign.kinds import Kind
from tests.admin.desk.people import NOISE, Desks
from tests.admin.desk.reporter import objects
from tests.admin.duplicates.pairs import AGAIN, links
from tests.admin.duplicates.test_repeats import answered
from tests.admin.supervision.supervised import (
    DEMAND,
    SUGGESTED,
    at,
    events,
    listed,
    looked,
    read,
    supervise,
    take,
    taken,
)


def returned(desks: Desks, number: str, times: int) -> None:
    """Let its unit return a case, each time after the office gave it back."""
    for _ in range(times):
        desks.through(number, ("mz-officer", "return", "不归我们"))
        answer = desks.act("office", number, "sort", unit="MZ", arbiter="区政府6月8日定的")
        assert answer.status_code == 303


def test_a_matter_that_comes_a_third_time_is_suggested(desks: Desks) -> None:
    with desks.on("2022-06-06"):
        desks.case(NOISE)
        numbers = [answered(desks), answered(desks), desks.case(AGAIN)]
        assert links(desks, numbers[2], numbers[0], "repeat").status_code == 303
        looked(desks)
        assert listed(desks, "office", SUGGESTED) == []
        assert links(desks, numbers[2], numbers[1], "repeat").status_code == 303
        looked(desks)
        assert listed(desks, "office", SUGGESTED) == [numbers[2]]


def test_what_is_long_overdue_is_suggested_once_and_stays_dismissed(desks_on_each: Desks) -> None:
    desks = desks_on_each
    with desks.on("2022-06-06"):
        number = desks.case()
        desks.through(desks.case(NOISE), ("rs-officer", "sign-for", ""))
    # Due on 7 June; the fifth working day after that is 14 June, so more than five is the 15th.
    with desks.on("2022-06-14"):
        looked(desks)
        assert listed(desks, "office", SUGGESTED) == []
    with desks.on("2022-06-15"):
        looked(desks)
        assert listed(desks, "office", SUGGESTED) == [number]
        why = "签收超期满5个工作日（6月7日，星期二到期）"
        assert why in read(desks, "office", SUGGESTED)
        assert why in read(desks, "office", f"/staff/cases/{number}")
        assert why in read(desks, "office", at(number))
        assert "系统建议督办</a><b>1件" in read(desks, "office", "/staff/office")
        assert not desks.stored(number).supervised
        assert take(desks, "office", number, "dismiss", words=" ").status_code == 422
        taken(desks, "office", number, "dismiss", words="单位说明天就签收")
        assert listed(desks, "office", SUGGESTED) == []
        assert "单位说明天就签收" in read(desks, "office", f"/staff/cases/{number}")
        assert "单位说明天就签收" not in read(desks, "mz-officer", f"/staff/cases/{number}")
    with desks.on("2022-06-20"):
        looked(desks)
        assert listed(desks, "office", SUGGESTED) == []
        assert len(events(desks, number, "supervision_suggested")) == 1
        # Another clock that runs out is another cause.
        desks.through(number, ("mz-officer", "sign-for", ""))
    with desks.on("2022-07-20"):
        looked(desks)
        assert number in listed(desks, "office", SUGGESTED)
        assert "答复超期" in read(desks, "office", at(number))


def test_a_case_that_is_supervised_for_it_is_never_suggested_for_it_again(desks: Desks) -> None:
    with desks.on("2022-06-06"):
        number = desks.case()
    with desks.on("2022-06-15"):
        looked(desks)
        supervise(desks, number, trigger="overdue")
        assert listed(desks, "office", SUGGESTED) == []
    with desks.on("2022-07-20"):
        desks.through(number, ("mz-officer", "sign-for", ""))
        taken(desks, "office", number, "extend", due_on="2022-08-20", words="再给一个月")
        # Its reply runs out while it is supervised: that needn't be said, now or afterwards.
        looked(desks)
        taken(desks, "office", number, "close", outcome="needless", words="换个办法")
        looked(desks)
        assert listed(desks, "office", SUGGESTED) == []
    assert len(events(desks, number, "supervision_suggested")) == 1


def test_returns_are_suggested_at_the_second_and_each_further_is_new(desks_on_each: Desks) -> None:
    desks = desks_on_each
    with desks.on("2022-06-06"):
        number, once = desks.case(), desks.case()
        returned(desks, number, 1)
        returned(desks, once, 1)
        looked(desks)
        assert listed(desks, "office", SUGGESTED) == []
        returned(desks, number, 1)
        looked(desks)
        assert listed(desks, "office", SUGGESTED) == [number]
        assert "退单2次" in read(desks, "office", SUGGESTED)
        taken(desks, "office", number, "dismiss", words="两家商量好了")
        looked(desks)
        assert listed(desks, "office", SUGGESTED) == []
        returned(desks, number, 1)
        looked(desks)
        assert "退单3次" in read(desks, "office", SUGGESTED)


def test_asking_again_and_again_is_suggested(desks: Desks) -> None:
    with desks.on("2022-06-06"):
        registered = desks.register(kind=Kind.COMPLAINT)
        number = registered.case.number
        answers = (
            ("mz-officer", "sign-for", ""),
            ("mz-officer", "accept", ""),
            ("mz-officer", "draft", "查过了"),
            ("mz-head", "reply", ""),
            ("mz-officer", "close", ""),
        )
        desks.through(number, *answers)
        for time in (1, 2):
            objects(desks, registered.query_code, "还是没有发")
            looked(desks)
            assert (number in listed(desks, "office", SUGGESTED)) == (time == 2)
            if time == 1:
                desks.act("office", number, "sort", unit="MZ")
                desks.through(number, *answers)
        assert "来件人2次要求再看一次" in read(desks, "office", SUGGESTED)


def test_a_unit_reads_nothing_of_what_is_only_suggested(desks: Desks) -> None:
    with desks.on("2022-06-06"):
        number = desks.case()
    with desks.on("2022-06-14"):
        pages = (f"/staff/cases/{number}", at(number), SUGGESTED, "/staff/cases?tab=open")
        desks.at("mz-officer")
        before = [desks.get("mz-officer", path).data for path in pages]
    with desks.on("2022-06-15"):
        looked(desks)
        for path in pages:
            assert "建议" not in read(desks, "mz-officer", path), path
        assert listed(desks, "office", SUGGESTED) == [number]
        assert before
        assert take(desks, "mz-head", number, "dismiss", words="不用").status_code == 409


def test_a_campaign_without_the_rule_suggests_nothing_and_a_date_has_to_be_given(
    desks: Desks,
) -> None:
    with desks.on("2022-06-06"):
        number = desks.case()
    with desks.deployment.database.writing() as session:
        campaign = session.scalars(select(Campaign)).one()
        campaign.supervision, campaign.book_revision = {}, campaign.book_revision + 1
    with desks.on("2022-09-15"):
        looked(desks)
        with desks.deployment.database.reading() as session:
            assert session.scalar(select(func.count()).select_from(Suggestion)) == 0
        answer = take(desks, "office", number, "open", trigger="leader", words=DEMAND)
        assert (answer.status_code, "请写哪天以前" in answer.text) == (422, True)
        supervise(desks, number, due_on="2022-09-20")


def test_the_worker_finds_its_place_again_wherever_it_was_stopped(desks: Desks) -> None:
    with desks.on("2022-06-06"):
        for _ in range(3):
            number = desks.case()
            returned(desks, number, 2)
        look_for_causes(desks.deployment.database)
        assert len(listed(desks, "office", SUGGESTED)) == 3
        last = desks.case()
        look_for_causes(desks.deployment.database)
        returned(desks, last, 2)
        looked(desks)
        assert len(listed(desks, "office", SUGGESTED)) == 4
