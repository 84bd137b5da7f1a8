"""What merging keeps apart: units that aren't the other's, tip-offs, and whom one case accuses."""

from __future__ import annotations

import re

from intake.rules.lifecycle import State
from portal.foundation.staff import Staff
from tests.admin.desk.people import NOISE, TIP_OFF, Desks
from tests.admin.desk.reporter import adds, page_of
from tests.admin.duplicates.pairs import (
    FIRST,
    NEIGHBOUR,
    REPLY,
    TO_THE_REPLY,
    at,
    merges,
    read,
    send,
    suggested,
)


def test_a_unit_merges_its_own_cases_only_and_sees_no_others(desks: Desks) -> None:
    mine, strange = desks.case(FIRST), desks.case(NOISE)

    for path in (at(mine, strange), at(mine, strange, "merge"), at(strange)):
        read(desks, "mz-officer", path, 404)
    token = {"csrf_token": _token(desks, "mz-officer"), "version": "1", "other_version": "1"}
    answer = desks.at("mz-officer").post(at(mine, strange, "merge"), data=token)
    assert answer.status_code == 404


def test_the_office_merges_across_units_and_neither_sees_more(desks: Desks) -> None:
    lead, other = desks.register(FIRST), desks.register(NOISE)
    first, second = lead.case.number, other.case.number
    reason = "两家都在说同一张表"

    answer = send(
        desks, "office", at(first, second, "merge"), lead=first, how="same_matter", words=reason
    )

    assert answer.status_code == 303
    for name, own, strange in (("mz-officer", first, second), ("rs-officer", second, first)):
        page = read(desks, name, f"/staff/cases/{own}")
        assert strange not in page
        assert reason not in page
        read(desks, name, f"/staff/cases/{strange}", 404)
    desks.through(first, *TO_THE_REPLY)
    shown = read(desks, "mz-head", f"/staff/cases/{first}/reply")
    assert "您看不到的件" in shown
    desks.through(first, ("mz-head", "reply", ""))
    assert REPLY in page_of(desks, other.query_code).text
    assert REPLY in read(desks, "rs-officer", f"/staff/cases/{second}")


def test_tip_offs_are_merged_by_the_office_and_only_with_each_other(desks: Desks) -> None:
    first, second = (desks.case(TIP_OFF, accused="民意街道办事处") for _ in range(2))

    assert "由办公室来定" in read(desks, "mz-officer", at(first, second))
    assert suggested(desks, "mz-officer", first) == {}
    answer = merges(desks, first, second, "office")

    assert answer.status_code == 303
    assert desks.stored(second).state is State.MERGED


def test_the_reporter_of_a_tip_off_reads_nothing_of_another(desks: Desks) -> None:
    first = desks.case(TIP_OFF)
    other = desks.register(TIP_OFF)
    before = page_of(desks, other.query_code).text

    merges(desks, first, other.case.number, "office")

    assert page_of(desks, other.query_code).text == before


def test_whom_one_accuses_is_kept_from_both_and_stays_so(desks: Desks) -> None:
    for name in ("mz-officer", "mz-second", "mz-head"):
        desks.at(name)
    first, second = desks.case(FIRST), desks.case(NEIGHBOUR)
    accused = _staff_id(desks, "mz-second")
    desks.act("office", second, "recuse", unit=f"staff:{accused}", words="说的是他")
    assert desks.list("mz-second", "tab=open") == [first]

    merges(desks, first, second)

    assert desks.list("mz-second", "tab=open") == []
    read(desks, "mz-second", at(first), 404)
    assert "民政乙经办" not in read(desks, "mz-officer", f"/staff/cases/{first}")
    send(desks, "mz-officer", at(first, second, "part"), words="不是一回事")
    assert desks.list("mz-second", "tab=open") == []
    # What somebody is accused of afterwards has nothing to do with the other case any more.
    himself = f"staff:{_staff_id(desks, 'mz-officer')}"
    desks.act("office", second, "recuse", unit=himself, words="说的是他")
    assert first in desks.list("mz-officer", "tab=open")
    assert second not in desks.list("mz-officer", "tab=open")


def test_a_case_isnt_merged_into_one_whose_unit_it_accuses(desks: Desks) -> None:
    first = desks.case(FIRST)
    second = desks.case(NOISE)
    desks.act("office", second, "recuse", unit="MZ", words="说的是民政")

    page = read(desks, "office", at(first, second))

    assert "一件要回避的单位正在办另一件" in page
    read(desks, "office", at(first, second, "merge"), 409)


def test_whose_unit_was_barred_meanwhile_comes_back_to_the_office(desks: Desks) -> None:
    first, other = desks.case(FIRST), desks.register(NEIGHBOUR)
    merges(desks, first, other.case.number)
    adds(desks, other.query_code, "举报区民政局的科长收红包，贪污补贴的钱")
    case = desks.stored(other.case.number)
    assert (case.state, case.unit_code) == (State.RETURNED, "BGS")
    assert desks.list("mz-officer", "tab=open") == [first]


def test_a_lead_taken_from_its_unit_takes_what_is_merged_into_it_along(desks: Desks) -> None:
    lead, other = desks.register(FIRST), desks.register(NEIGHBOUR)
    first, second = lead.case.number, other.case.number
    merges(desks, first, second)

    adds(desks, lead.query_code, "举报区民政局的科长收红包，贪污补贴的钱")

    assert [desks.stored(n).unit_code for n in (first, second)] == ["BGS", "BGS"]
    assert desks.list("mz-officer", "tab=open") == []
    read(desks, "mz-officer", f"/staff/cases/{second}", 404)
    send(desks, "office", at(first, second, "part"), words="不是一回事")
    assert desks.stored(second).state is State.RETURNED


def _token(desks: Desks, name: str) -> str:
    found = re.search(
        r'name="csrf_token"[^>]*value="([^"]*)"', desks.get(name, "/staff/account").text
    )
    assert found
    return found[1]


def _staff_id(desks: Desks, name: str) -> int:
    desks.at(name)
    with desks.deployment.database.reading() as session:
        return session.query(Staff.id).where(Staff.name == name).scalar()
