"""A case that was opened again is answered by somebody else, as long as there is somebody."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from intake.rules.lifecycle import State
from portal.foundation.staff import Role, Staff
from tests.admin.desk.people import NOISE, Desks
from tests.admin.follow_up.visits import closed, objects, worker

# How a form names a person where a unit could be chosen too.
PERSON = "staff:"


def id_of(desks: Desks, name: str) -> str:
    """A person's id, as forms send it."""
    with desks.deployment.database.reading() as session:
        return str(desks.deployment.staff_id(session, name))


def opened_again(desks: Desks, *, by: str = "mz-officer") -> str:
    """A case that its reporter objected to, back at the unit and accepted."""
    number, code = closed(desks)
    objects(desks, code, "没有说清楚")
    worker(desks)
    assert desks.act("office", number, "sort", unit="MZ").status_code == 303
    desks.through(number, (by, "sign-for", ""), (by, "accept", ""))
    return number


def test_whoever_answered_before_leaves_it_to_a_colleague(desks_on_each: Desks) -> None:
    desks = desks_on_each
    with desks.on("2022-06-06"):
        desks.case(NOISE)
        desks.at("mz-second")
        number = opened_again(desks)
        page = desks.get("mz-officer", f"/staff/cases/{number}").text
        assert "这件重办，要换人答复" in page
        assert "送审核" not in page
        for name in ("mz-officer", "mz-head"):
            fields = desks.form("mz-second", number, "draft") | {"words": "还是老样子"}
            fields |= {"csrf_token": desks.form(name, number, "note")["csrf_token"]}
            answer = desks.at(name).post(f"/staff/cases/{number}/draft", data=fields)
            assert (answer.status_code, "要换人答复" in answer.text) == (409, True), name
            assert "还是老样子" in answer.text
            taken = desks.act(name, number, "claim")
            assert (taken.status_code, "要换人办" in taken.text) == (409, True), name
        assert desks.stored(number).state is State.ACCEPTED
        desks.through(
            number, ("mz-second", "draft", "重新查过，确实少发"), ("mz-head", "reply", "")
        )
        assert desks.stored(number).state is State.REPLIED


def test_the_head_gives_it_to_nobody_who_answered_before(desks: Desks) -> None:
    with desks.on("2022-06-06"):
        desks.at("mz-second")
        number = opened_again(desks)
        first, second = id_of(desks, "mz-officer"), id_of(desks, "mz-second")
        refused = desks.act("mz-head", number, "hand-to", person=first)
        assert (refused.status_code, "要换人办" in refused.text) == (409, True)
        assert desks.act("mz-head", number, "hand-to", person=second).status_code == 303


def test_in_a_unit_with_nobody_else_the_same_two_answer(desks: Desks) -> None:
    """The head's signature is the second word, as under every reply."""
    with desks.on("2022-06-06"):
        number = opened_again(desks)
        desks.through(number, ("mz-officer", "draft", "再查了一遍"), ("mz-head", "reply", ""))
        assert desks.stored(number).state is State.REPLIED


def test_a_colleague_who_may_not_see_it_is_nobody_else(desks: Desks) -> None:
    with desks.on("2022-06-06"):
        desks.at("mz-second")
        number = opened_again(desks)
        who = f"{PERSON}{id_of(desks, 'mz-second')}"
        marked = desks.act("office", number, "recuse", unit=who, words="来件人说是他")
        assert marked.status_code == 303
        desks.through(number, ("mz-officer", "draft", "再查了一遍"))


def test_another_unit_begins_anew(desks: Desks) -> None:
    with desks.on("2022-06-06"):
        number, code = closed(desks)
        objects(desks, code, "没有说清楚")
        worker(desks)
        desks.act("office", number, "sort", unit="RS")
        desks.through(
            number,
            ("rs-officer", "sign-for", ""),
            ("rs-officer", "accept", ""),
            ("rs-officer", "draft", "我们来查"),
        )
        assert desks.stored(number).state is State.DRAFTED


@pytest.mark.parametrize("writer", ["mz-officer", "mz-head"])
@pytest.mark.parametrize("colleagues", [0, 1, 2])
@pytest.mark.parametrize("active", [True, False], ids=["here", "gone"])
def test_the_author_writes_again_only_where_he_has_no_colleague(
    desks: Desks, writer: str, colleagues: int, active: bool
) -> None:
    with desks.on("2022-06-06"):
        for which in range(colleagues):
            desks.deployment.add_staff(f"more-{which}", ("MZ", Role.OFFICER))
        with desks.deployment.database.writing() as session:
            for one in session.scalars(select(Staff).where(Staff.name.startswith("more-"))):
                one.active = active
        case = opened_again(desks)
        page = desks.get(writer, f"/staff/cases/{case}").text
        assert ("送审核" in page) == (not colleagues or not active)
