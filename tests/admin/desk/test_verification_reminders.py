"""What a unit was asked to check is reminded of before its day, on it and after it, in office
hours; whoever asks reads of it, and nobody whom the case accuses."""

from __future__ import annotations

from admin.system.watching import watch_verifications
from intake.cases.event import Event
from intake.rules.lifecycle import State
from portal.campaign.campaign import Campaign
from portal.campaign.revision import new_book_revision
from tests.admin.desk.people import NOISE, Desks
from tests.admin.desk.test_verifying import LIST, answers, asked, stored


def reminded(desks: Desks, number: str) -> list[dict[str, str]]:
    """The reminders of a case's questions, in their order."""
    with desks.deployment.database.reading() as session:
        found = session.query(Event).where(
            Event.case_id == desks.stored(number).id, Event.name == "verification_reminded"
        )
        return [dict(one.facts) for one in found.order_by(Event.seq)]


def hows(desks: Desks, number: str) -> list[str]:
    return [one["how"] for one in reminded(desks, number)]


def passes(desks: Desks, day: str, hour: int = 10) -> int:
    """Let the worker look at one moment."""
    with desks.on(day, hour):
        return watch_verifications(desks.deployment.database)


def test_each_day_of_the_rule_reminds_once(desks_on_each: Desks) -> None:
    desks = desks_on_each
    with desks.on("2022-06-06"):
        number, other = desks.case(), desks.case(NOISE)
        for act in ("sign-for", "accept"):
            desks.through(number, ("mz-officer", act, ""))
        asked(desks, number, due_on="2022-06-10")
        assert "催办" not in desks.get("st-officer", LIST).text
    assert passes(desks, "2022-06-08") == 0
    # The day before, but neither before nor after office hours.
    assert passes(desks, "2022-06-09", 7) == 0
    assert passes(desks, "2022-06-09", 20) == 0
    assert (passes(desks, "2022-06-09"), passes(desks, "2022-06-09", 11)) == (1, 0)
    assert passes(desks, "2022-06-10") == 1
    # The eleventh and twelfth are a weekend.
    assert passes(desks, "2022-06-11") == 0
    assert passes(desks, "2022-06-13") == 1
    assert passes(desks, "2022-06-14") == 0
    assert passes(desks, "2022-06-17") == 1
    assert passes(desks, "2022-08-01") == 0
    assert reminded(desks, number)[0] == {"unit": "ST05", "due_on": "2022-06-10", "how": "-1"}
    assert hows(desks, number) == ["-1", "0", "1", "5"]
    assert hows(desks, other) == []
    with desks.on("2022-06-20"):
        assert ">催办<" in desks.get("st-officer", LIST).text.replace(" ", "").replace("\n", "")
        page = desks.get("mz-officer", f"/staff/cases/{number}").text
        assert "提醒民意街道办事处：核查6月10日前答复，已经超期" in page.replace("，星期五", "")
        # Who asks sees the mark on his own list as well.
        assert desks.stored(number).reminded_at is not None
        assert desks.stored(other).reminded_at is None


def test_days_that_were_missed_are_made_up_for_once(desks: Desks) -> None:
    with desks.on("2022-06-06"):
        number = desks.case()
        asked(desks, number, due_on="2022-06-10")
    assert passes(desks, "2022-06-15") == 1
    assert hows(desks, number) == ["1"]


def test_what_was_answered_taken_back_or_is_over_reminds_nobody(desks: Desks) -> None:
    with desks.on("2022-06-06"):
        done, dropped, closed = desks.case(), desks.case(), desks.case()
        key = asked(desks, done, due_on="2022-06-08")
        for number in (dropped, closed):
            asked(desks, number, due_on="2022-06-08")
        assert answers(desks, "st-officer", key).status_code == 303
        assert desks.act("mz-officer", dropped, "drop-verification", unit="ST05").status_code == 303
        desks.change(closed, state=State.CLOSED)
    assert passes(desks, "2022-06-08") == 0
    assert [hows(desks, one) for one in (done, dropped, closed)] == [[], [], []]


def test_a_unit_that_is_accused_by_now_is_reminded_of_nothing(desks: Desks) -> None:
    with desks.on("2022-06-06"):
        number = desks.case()
        asked(desks, number, due_on="2022-06-08")
        desks.act("office", number, "recuse", unit="ST05", words="说的是它")
        before = desks.get("st-officer", LIST).data
    assert passes(desks, "2022-06-08") == 0
    assert hows(desks, number) == []
    with desks.on("2022-06-08"):
        assert desks.get("st-officer", LIST).text.count("催办") == 0
        assert before
    assert stored(desks, number)[0].reminded_at is None


def test_a_campaign_that_reminds_nobody_reminds_nobody_of_this(desks: Desks) -> None:
    with desks.on("2022-06-06"):
        number = desks.case()
        asked(desks, number, due_on="2022-06-08")
        with desks.deployment.database.writing() as session:
            session.get_one(Campaign, 1).reminders = {}
            new_book_revision(session)
    assert passes(desks, "2022-06-08") == 0
    assert hows(desks, number) == []
