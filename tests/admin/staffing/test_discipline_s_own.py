"""Accounts of discipline inspection: those whom it looks into take nothing from it but sign-ins."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from admin.accounts.work_mail import leave_mail
from admin.sealed_class.sealed_reader import SealedInvitation, SealedReader
from intake.outbox.outbound_text import OutboundText
from portal.foundation import clock
from portal.foundation.staff import Role, Staff
from tests.admin.staffing.staffing import HOW, NEW, Staffing
from tests.admin.staffing.test_two_people import posts_of

ITS_POST = {"unit": "JW", "role": "discipline"}


@pytest.fixture
def pair(house: Staffing) -> Staffing:
    """A house with two of discipline inspection, who read the sealed class."""
    house.deployment.add_staff("jia", ("JW", Role.DISCIPLINE), display="贾同志")
    locked = {"salt": b"s", "passes": 1, "memory": 8, "locked": b"l", "since": clock.now()}
    with house.deployment.database.writing() as session:
        for name in ("ji", "jia"):
            session.merge(SealedReader(staff_id=house.id_of(name), **locked))
    return house


@pytest.mark.parametrize("by", ["guan", "lu"])
def test_who_is_looked_into_takes_no_post_and_lets_nobody_leave(pair: Staffing, by: str) -> None:
    path = f"/staff/people/{pair.id_of('ji')}"
    for step in ("take-post", "leave"):
        answer = pair.post(by, f"{path}/{step}", **ITS_POST)
        assert (answer.status_code, "请纪检监察的同志来办" in answer.text) == (409, True)
    pair.get(by, f"{path}/leave", 404)
    page = pair.get(by, path)
    assert ("收回区" in page, "他离岗了" in page) == (False, False)
    assert posts_of(pair, "ji") == {("JW", "discipline")}


def test_sign_ins_end_at_once_and_the_others_there_are_told(pair: Staffing) -> None:
    with pair.deployment.database.writing() as session:
        leave_mail(session, pair.id_of("jia"), "jia@example.cn")
        leave_mail(session, pair.id_of("min"), "min@example.cn")
    there = pair.browser("ji")
    assert pair.post("lu", f"/staff/people/{pair.id_of('ji')}/end-sign-ins").status_code == 303
    assert there.get("/staff/account").status_code == 303
    with pair.deployment.database.reading() as session:
        assert list(session.scalars(select(OutboundText.staff_id))) == [pair.id_of("jia")]


@pytest.mark.parametrize("step", ["take-post", "leave"])
def test_it_does_so_itself_and_he_reads_the_sealed_class_no_more(pair: Staffing, step: str) -> None:
    ji, jia = pair.id_of("ji"), pair.id_of("jia")
    invited = {"locked": b"l", "until": clock.now() + timedelta(hours=1)}
    with pair.deployment.database.writing() as session:
        session.add(SealedInvitation(staff_id=pair.id_of("chen"), invited_by=ji, **invited))
        session.add(SealedInvitation(staff_id=ji, invited_by=jia, **invited))
    page = pair.get("jia", "/staff/people")
    assert ("ji同志" in page, "min同志" in page) == (True, False)
    assert "收回" in pair.get("jia", f"/staff/people/{ji}")
    pair.get("jia", f"/staff/people/{pair.id_of('min')}", 404)
    pair.get("jia", f"/staff/people/{ji}/leave")
    assert pair.post("jia", f"/staff/people/{ji}/{step}", **ITS_POST).status_code == 303
    assert posts_of(pair, "ji") == set()
    with pair.deployment.database.reading() as session:
        assert list(session.scalars(select(SealedReader.staff_id))) == [jia]
        assert list(session.scalars(select(SealedInvitation))) == []


def test_whoever_served_there_lately_counts_for_ninety_days(pair: Staffing) -> None:
    """Or his account is an ordinary one a moment after his post was taken."""
    begun, ji = clock.now(), pair.id_of("ji")
    pair.deployment.add_staff("ji", ("MZ", Role.OFFICER))
    assert pair.post("jia", f"/staff/people/{ji}/take-post", **ITS_POST).status_code == 303
    link = pair.ask("guan", f"{ji}/link")
    assert pair.post("lu", f"{link}/agree").status_code == 404
    pair.browsers.clear()
    with clock.stopped_at(begun + timedelta(days=91)):
        later = pair.ask("guan", f"{ji}/link")
        pair.word("lu", later)


def test_whoever_left_there_lately_comes_back_by_its_word_alone(pair: Staffing) -> None:
    assert pair.post("ji", f"/staff/people/{pair.id_of('ji')}/leave").status_code == 303
    with pair.deployment.database.reading() as session:
        assert not session.get_one(Staff, pair.id_of("ji")).active
    path = pair.ask("guan", "new", **{**NEW, **HOW, "name": "ji"})
    assert pair.post("lu", f"{path}/agree").status_code == 404
    pair.word("jia", path)


def test_whoever_reads_the_sealed_class_counts_too(pair: Staffing) -> None:
    locked = {"salt": b"s", "passes": 1, "memory": 8, "locked": b"l", "since": clock.now()}
    with pair.deployment.database.writing() as session:
        session.add(SealedReader(staff_id=pair.id_of("min"), **locked))
    link = pair.ask("guan", f"{pair.id_of('min')}/link")
    assert pair.post("lu", f"{link}/agree").status_code == 404
    assert pair.post("lu", f"/staff/people/{pair.id_of('min')}/leave").status_code == 409
