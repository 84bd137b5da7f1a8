"""What stands on the list, to whom; what is held, by whom; and that nobody else learns of it."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

from admin.ledger.problem import Problem, ProblemCase, Source
from admin.retention.destruction_hold import DestructionHold
from admin.retention.destruction_notice import DestructionNotice
from admin.supervision.supervision import Supervision
from intake.cases.event import Event
from intake.progress import look_up, withdraw
from intake.rules.lifecycle import State
from portal.campaign.supervision_rule import Trigger
from portal.foundation import clock
from portal.published.result import ResultState
from tests.admin.desk.people import TIP_OFF, Desks
from tests.admin.referrals.steps import find
from tests.admin.retention.years import (
    CONTACT_GOES,
    ENDED,
    NAMED,
    NOTICE,
    WORDS_GO,
    after_the_years,
    answered,
    filed,
    night,
    rows_of,
)
from tests.admin.sealed_class.readers import discipline_browser
from tests.pages.checks import check_html

LIST = "/staff/retention"
DAY = timedelta(days=1)
ALL = ("office", "office-head", "discipline", "mz-officer", "mz-head", "auditor", "publisher")


def shown(desks: Desks, name: str) -> list[str]:
    """The numbers on the list of somebody; none where there is no list for him."""
    answer = desks.get(name, LIST)
    if answer.status_code != 200:
        return []
    assert check_html(answer.text, thorough=False) == []
    return re.findall(r'href="/staff/retention/([A-Z]{2}\d{8})"', answer.text)


def presses(desks: Desks, name: str, number: str, step: str, words: str = "在打官司") -> int:
    """Press a button of a case's page there; returns the status."""
    typed = {"version": str(desks.stored(number).version), "words": words}
    data = desks.token(name) | typed
    return desks.at(name).post(f"{LIST}/{number}/{step}", data=data).status_code


def test_the_list_shows_sixty_days_and_what_goes(desks_on_each: Desks) -> None:
    desks = desks_on_each
    with desks.on(ENDED):
        number = answered(desks).case.number
        desks.case(NAMED)
    night(desks, CONTACT_GOES - timedelta(days=61))
    assert rows_of(desks, DestructionNotice, number) == []
    night(desks, CONTACT_GOES - timedelta(days=60))
    with desks.on("2024-06-01"):
        page = desks.get("office", LIST).text
        assert shown(desks, "office") == [number]
        assert "联系方式" in page
        assert "2024年7月1日" in page
        assert "快到保存期限" not in desks.get("office", "/staff/cases").text
    with desks.on("2024-05-03"):
        assert "1件快到保存期限" in desks.get("office", "/staff/cases").text
    night(desks, CONTACT_GOES)
    with desks.on("2024-07-02"):
        assert shown(desks, "office") == []
        assert "还没有销毁过" in desks.get("office", LIST).text
    after_the_years(desks)
    with desks.on("2025-08-01"):
        page = " ".join(desks.get("office", LIST).text.split())
        assert re.search(r'2025年7月</th> <td class="number">1</td>', page)


def test_whom_a_case_accuses_learns_nothing_of_it(desks: Desks) -> None:
    """The list, its count, the panel, the reminder and the page of one case are for who decides."""
    with desks.on(ENDED):
        accusing = desks.case(TIP_OFF, accused="区领导小组办公室", words="办公室的人收了钱")
        unit = desks.case(TIP_OFF)
        for number in (accusing, unit):
            desks.change(number, state=State.WITHDRAWN)
        night(desks, date(2022, 7, 2))
    with desks.on("2022-07-03"):
        assert shown(desks, "office") == [unit]
        assert shown(desks, "discipline") == [accusing]
        for name in ALL:
            if accusing not in shown(desks, name):
                assert desks.get(name, f"{LIST}/{accusing}").status_code in {403, 404}
                assert presses(desks, name, accusing, "hold") in {403, 404}
            if unit not in shown(desks, name):
                assert desks.get(name, f"{LIST}/{unit}").status_code in {403, 404}
        office = desks.get("office", f"{LIST}/{accusing}")
        assert office.text == desks.get("office", f"{LIST}/JH00000000").text
        assert "1件快到保存期限" in desks.get("office", "/staff/cases").text
        assert "保存期限" not in desks.get("mz-officer", "/staff/cases").text
        assert rows_of(desks, DestructionHold, accusing) == []
    after = date(2022, 8, 10)
    assert night(desks, after) == 2
    with desks.on("2022-08-11"):
        for name in ("office", "discipline"):
            page = " ".join(desks.get(name, LIST).text.split())
            assert re.search(r'2022年8月</th> <td class="number">1</td>', page), name


def test_who_decides_holds_a_case_and_lets_it_go(desks: Desks) -> None:
    with desks.on(ENDED):
        number = answered(desks).case.number
        going_on = desks.case(NAMED)
    night(desks, WORDS_GO - NOTICE)
    with desks.on((WORDS_GO - DAY).isoformat()):
        assert presses(desks, "mz-officer", number, "hold") == 404
        assert presses(desks, "office", number, "hold", words="") == 422
        assert presses(desks, "office", going_on, "hold") == 409
        assert presses(desks, "office", number, "resume") == 409
        assert presses(desks, "office", number, "hold") == 303
        assert presses(desks, "office", number, "hold") == 409
        page = desks.get("office", LIST).text
        assert "决定了暂停销毁" in page
        assert "在打官司" not in page
        told = desks.get("office", f"/staff/cases/{number}").text
        assert "暂停销毁：在打官司" in told
        unit = desks.get("mz-officer", f"/staff/cases/{number}").text
        assert "暂停销毁" not in unit
    assert night(desks, WORDS_GO + DAY) == 0
    with desks.on("2025-12-01"):
        assert presses(desks, "office-head", number, "resume", words="官司打完了") == 303
    assert night(desks, date(2025, 12, 2)) == 1
    assert desks.stored(number).destroyed_on == date(2025, 12, 2)
    names = [one.name for one in rows_of(desks, Event, number)]
    assert [one for one in names if one.startswith("destr")] == [
        "destruction_held",
        "destruction_resumed",
        "destroyed",
    ]


@pytest.mark.parametrize("withdrawn", [False, True])
def test_what_others_still_need_is_not_destroyed(desks: Desks, withdrawn: bool) -> None:
    """A running referral, an open supervision, a problem that isn't struck off: each case waits,
    and its line says why."""
    with desks.on(ENDED):
        numbers = [answered(desks).case.number for _ in range(4)]
        referred, supervised, fed, free = numbers
        find(desks, referred)
        filed(desks, referred)
        desks.at("office")
        with desks.deployment.database.writing() as session:
            ids = {number: desks.stored(number).id for number in numbers}
            by = desks.deployment.staff_id(session, "office")
            session.add(
                Supervision(
                    case_id=ids[supervised],
                    trigger=Trigger.PRESS,
                    opened_by=by,
                    opened_at=clock.now(),
                    due_on=clock.today(),
                )
            )
            session.add(problem(by))
            session.flush()
            session.add(ProblemCase(problem_id=1, case_id=ids[fed]))
        if withdrawn:
            for number in numbers:
                desks.change(number, state=State.WITHDRAWN)
            night(desks, date(2022, 7, 2))
    day = date(2022, 8, 10) if withdrawn else WORDS_GO
    if not withdrawn:
        night(desks, WORDS_GO - NOTICE)
    assert night(desks, day) == 1
    assert desks.stored(free).destroyed_on == day
    assert {desks.stored(one).destroyed_on for one in (referred, supervised, fed)} == {None}
    with desks.on(day.isoformat()):
        page = desks.get("office", LIST).text
        for why in ("移送还没有了结", "督办还没有办结", "台账里的问题还没有销号"):
            assert why in page, why
        assert sorted(set(shown(desks, "office"))) == sorted([referred, supervised, fed])


def test_what_nobody_filed_waits_unless_it_was_withdrawn(desks: Desks) -> None:
    with desks.on(ENDED):
        unfiled = desks.case(NAMED)
        desks.change(unfiled, state=State.CLOSED)
    after_the_years(desks)
    assert desks.stored(unfiled).destroyed_on is None
    with desks.on("2025-07-02"):
        assert "还没有归档" in desks.get("office", LIST).text
        filed(desks, unfiled)
    assert night(desks, date(2025, 7, 3)) == 1


def problem(by: int) -> Problem:
    """A problem of the ledger that is being rectified."""
    return Problem(
        id=1,
        number="WT0001",
        source=Source.VERIFICATION,
        state=ResultState.RECTIFYING,
        unit_code="MZ",
        found_by="BGS",
        problem_code="1.2",
        rectify_by=clock.today(),
        opened_at=clock.now(),
        opened_by=by,
    )


def test_a_withdrawn_sealed_case_is_counted_before_it_goes(desks: Desks) -> None:
    with desks.on(ENDED):
        accuses_office = desks.register(TIP_OFF, accused="领导小组办公室")
        other = desks.register(TIP_OFF, accused="区民政局")
        for one in (accuses_office, other):
            with desks.deployment.database.writing() as session:
                withdraw(session, look_up(session, one.query_code, to_change=True))
    sealed, ordinary = accuses_office.case.number, other.case.number
    night(desks, date(2022, 7, 2))

    night(desks, date(2022, 8, 10))
    assert desks.stored(sealed).destroyed_on is None
    assert desks.stored(ordinary).destroyed_on

    with desks.on("2022-08-11"):
        discipline_browser(desks, "officer")
        said = desks.get("officer", "/staff/cases").text
        assert "密件1件快到保存期限" in said
        assert sealed not in said
        assert "密件1件快到" not in desks.get("office", "/staff/cases").text
    night(desks, date(2022, 9, 9))
    assert desks.stored(sealed).destroyed_on is None
    night(desks, date(2022, 9, 10))
    assert desks.stored(sealed).destroyed_on == date(2022, 9, 10)
