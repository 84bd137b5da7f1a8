"""What opens a sealed case, and what doesn't: keys, passphrases, time and signing out."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from admin.accounts.sealed_unlock import SealedUnlock
from admin.sealed_class.founding import FoundedBefore, found_class
from admin.sealed_class.sealed_reader import SealedInvitation, SealedReader
from admin.system.moving_keys import seal_to_class
from admin.system.set_up import take_recovery_key
from intake.cases.case import Case
from intake.cases.event import Event
from intake.outbox.notice_address import NoticeAddress
from intake.vault.class_key import ClassKey
from intake.vault.holders import REPORTER, SEALED
from intake.vault.sealing import KeyPair
from intake.vault.unit_key import UntrustedKey
from portal.campaign.book import book
from portal.foundation import clock
from tests.admin.desk.people import TIP_OFF, UNCLEAR, Desks
from tests.admin.sealed_class.readers import (
    AGAINST_OFFICE,
    SECRET,
    discipline_browser,
    holders_of,
    not_founded,
    opened_by_thief,
    post,
    unlock,
    without_passphrase,
)
from tests.deployments import PASSPHRASE, PRINTED, Deployment
from tests.fakes import Twilio

NOON = datetime(2022, 6, 6, 4, 0, tzinfo=UTC)


def sealed_case(desks: Desks) -> str:
    return desks.case(TIP_OFF, accused=AGAINST_OFFICE, words=SECRET)


def shows(desks: Desks, name: str, number: str) -> bool:
    answer = desks.get(name, f"/staff/cases/{number}")
    assert (answer.status_code == 200) is (SECRET in answer.text)
    return answer.status_code == 200


def test_every_key_file_and_the_general_recovery_key_open_nothing(desks_on_each: Desks) -> None:
    desks, deployment = desks_on_each, desks_on_each.deployment
    general = KeyPair.fresh()
    take_recovery_key(deployment.database, deployment.settings, general.public)
    discipline_browser(desks, "reader", reads=True)
    assert unlock(desks, "reader") == 303
    number, ordinary = sealed_case(desks), desks.case(TIP_OFF)

    assert holders_of(deployment, number) == {SEALED, REPORTER}
    assert opened_by_thief(deployment, number, general) == []
    assert opened_by_thief(deployment, ordinary, general)
    pair = deployment.class_pair()
    assert pair
    with without_passphrase(deployment) as database, database.reading() as session:
        locked = [
            *session.scalars(select(ClassKey.private_for_discipline)),
            *session.scalars(select(SealedReader.locked)),
            *session.scalars(select(SealedUnlock.locked)),
        ]
        assert len(locked) == 3
        assert not [blob for blob in locked if pair.private in blob]
        # Nothing of its reporter that the worker could open.
        assert session.scalars(select(NoticeAddress.case_id)).all() == []


def test_a_passphrase_opens_it_and_a_wrong_one_doesnt(desks_on_each: Desks) -> None:
    desks, number = desks_on_each, sealed_case(desks_on_each)
    discipline_browser(desks, "reader", reads=True)

    assert unlock(desks, "reader", "anything else at all") == 422
    assert not shows(desks, "reader", number)
    assert unlock(desks, "reader") == 303

    assert shows(desks, "reader", number)
    assert desks.list("reader") == [number]
    with desks.deployment.database.reading() as session:
        named = session.scalars(select(Event.name).where(Event.case_id.is_(None))).all()
        read = session.scalars(select(Event.name).where(Event.case_id.is_not(None))).all()
    assert {"sealed_class_not_opened", "sealed_class_unlocked"} <= set(named)
    assert "words_read" in read


def test_after_a_quarter_of_an_hour_and_after_signing_out_it_is_locked(desks: Desks) -> None:
    with clock.stopped_at(NOON):
        number = sealed_case(desks)
        discipline_browser(desks, "reader", reads=True)
        unlock(desks, "reader")
    with clock.stopped_at(NOON + timedelta(minutes=14)):
        assert shows(desks, "reader", number)
    with clock.stopped_at(NOON + timedelta(minutes=15)):
        assert not shows(desks, "reader", number)
        unlock(desks, "reader")
        assert shows(desks, "reader", number)
        assert post(desks, "reader", "lock").status_code == 303
        assert not shows(desks, "reader", number)
        unlock(desks, "reader")
        desks.at("reader").post("/staff/sign-out", data=desks.token("reader"))
        with desks.deployment.database.reading() as session:
            assert session.scalars(select(SealedUnlock.token_hash)).all() == []


def test_wrong_passphrases_slow_their_writer_and_nobody_else(desks: Desks) -> None:
    for name in ("reader", "second"):
        discipline_browser(desks, name, reads=True)
    for _ in range(5):
        assert unlock(desks, "reader", "a wrong passphrase") == 422

    assert unlock(desks, "reader") == 422
    assert "请过" in post(desks, "reader", "unlock", passphrase=PASSPHRASE).text
    assert unlock(desks, "second") == 303


def test_the_printed_key_makes_the_first_reader_who_lets_in_the_second(desks: Desks) -> None:
    number = sealed_case(desks)
    for name in ("first", "second"):
        discipline_browser(desks, name)
    new = {
        "passphrase_new": "梨花 挂钟 纸船 三十二条 毛巾",
        "passphrase_again": "梨花 挂钟 纸船 三十二条 毛巾",
    }
    assert post(desks, "first", "recovery", passphrase_proof="ab" * 32, **new).status_code == 422
    short = {"passphrase_new": "梨花 挂钟", "passphrase_again": "梨花 挂钟"}
    printed = PRINTED.private.hex()
    assert post(desks, "first", "recovery", passphrase_proof=printed, **short).status_code == 422
    assert post(desks, "first", "recovery", passphrase_proof=printed, **new).status_code == 303
    assert unlock(desks, "first", new["passphrase_new"]) == 303
    assert shows(desks, "first", number)

    with desks.deployment.database.reading() as session:
        second = desks.deployment.staff_id(session, "second")
    told = post(
        desks, "first", "invite", colleague=str(second), passphrase_proof=new["passphrase_new"]
    ).text
    code = told.split('class="code">')[1].split("<")[0]
    other = {
        "passphrase_new": "竹椅 蓝墨 长亭 二十一盏 油灯",
        "passphrase_again": "竹椅 蓝墨 长亭 二十一盏 油灯",
    }
    assert post(desks, "second", "accept", passphrase_proof="AAAA-AAAA", **other).status_code == 422
    assert post(desks, "second", "accept", passphrase_proof=code, **other).status_code == 303
    assert unlock(desks, "second", other["passphrase_new"]) == 303
    assert shows(desks, "second", number)
    with desks.deployment.database.reading() as session:
        assert session.scalars(select(SealedInvitation.staff_id)).all() == []

    assert post(desks, "first", f"readers/{second}/remove").status_code == 303
    assert not shows(desks, "second", number)
    assert unlock(desks, "second", other["passphrase_new"]) == 422


def test_an_invitation_runs_out(desks: Desks) -> None:
    with clock.stopped_at(NOON):
        discipline_browser(desks, "first", reads=True)
        discipline_browser(desks, "second")
        with desks.deployment.database.reading() as session:
            second = desks.deployment.staff_id(session, "second")
        told = post(
            desks, "first", "invite", colleague=str(second), passphrase_proof=PASSPHRASE
        ).text
        code = told.split('class="code">')[1].split("<")[0]
    with clock.stopped_at(NOON + timedelta(hours=24)):
        desks.browsers["second"] = desks.deployment.officer("second", unlocks=False)
        new = {
            "passphrase_new": "竹椅 蓝墨 长亭 二十一盏 油灯",
            "passphrase_again": "竹椅 蓝墨 长亭 二十一盏 油灯",
        }
        assert post(desks, "second", "accept", passphrase_proof=code, **new).status_code == 422


def test_founded_late_it_takes_what_came_before(desks_on_each: Desks) -> None:
    desks, deployment = desks_on_each, desks_on_each.deployment
    not_founded(deployment)
    number = sealed_case(desks)
    assert holders_of(deployment, number) == {"JW", REPORTER}
    assert "sealed class not founded" in desks.deployment.staff.test_client().get("/readyz").text
    discipline_browser(desks, "officer")
    assert desks.list("officer") == []

    printed = KeyPair.fresh()
    with deployment.database.writing() as session:
        pair = found_class(session, printed.public)
    from admin.sealed_class.founding import pin_class

    pin_class(deployment.settings, printed.public)
    with without_passphrase(deployment) as database:
        assert seal_to_class(database) == 1

    assert holders_of(deployment, number) == {SEALED, REPORTER}
    deployment.__dict__["_class_pair"] = pair
    discipline_browser(desks, "reader", reads=True)
    assert unlock(desks, "reader") == 303
    assert shows(desks, "reader", number)
    with deployment.database.writing() as session, pytest.raises(FoundedBefore):
        found_class(session, printed.public)


@pytest.mark.parametrize("campaign", ["jianghan", "caidian"])
def test_it_is_sealed_by_web_and_by_text(campaign: str, request: pytest.FixtureRequest) -> None:
    deployment: Deployment = request.getfixturevalue(
        "deployment" if campaign == "jianghan" else "caidian"
    )
    desks = Desks(deployment)
    number = desks.case(UNCLEAR, kind=TIP_OFF.kind, accused=AGAINST_OFFICE, words=SECRET)
    answer = Twilio(deployment.settings).text(
        deployment.citizen(), "我举报领导小组办公室的人收红包，贪污补贴的钱"
    )
    assert answer
    with deployment.database.reading() as session:
        found = session.scalars(select(Case).order_by(Case.id)).all()
        assert [(one.sealed, one.unit_code) for one in found] == [(True, "JW")] * 2
    assert holders_of(deployment, number) == {SEALED, REPORTER}
    assert holders_of(deployment, found[1].number) == {SEALED, REPORTER}
    with deployment.database.reading() as session:
        assert session.scalars(select(NoticeAddress.case_id)).all() == []


def test_a_case_that_names_a_system_administrator_is_sealed(desks: Desks) -> None:
    desks.at("admin")
    number = desks.case(accused="系统甲")
    other = desks.case(accused="民政甲经办")

    assert (desks.stored(number).sealed, desks.stored(number).unit_code) == (True, "JW")
    assert (desks.stored(other).sealed, desks.stored(other).unit_code) == (False, "MZ")


def test_what_the_office_marks_later_leaves_it_at_once(desks: Desks) -> None:
    desks.at("admin")
    number = desks.case()
    before = holders_of(desks.deployment, number)
    with desks.deployment.database.reading() as session:
        admin = desks.deployment.staff_id(session, "admin")

    # No page offers whom no desk is given; the act takes him all the same.
    from admin.accounts.access import Access
    from admin.desk.hand import Hand
    from admin.desk.recusing import Accused, recuse
    from portal.foundation.staff import Staff

    desks.at("office")
    with without_passphrase(desks.deployment) as database, database.writing() as session:
        case = session.scalars(select(Case).where(Case.number == number)).one()
        office = session.get_one(Staff, desks.deployment.staff_id(session, "office"))
        hand = Hand(Access.of(office, book(session)), book(session), case.version)
        recuse(session, case, hand, Accused(people=frozenset({admin})), reason="说的是他")

    assert "MZ" in before
    assert holders_of(desks.deployment, number) == {SEALED, REPORTER}
    assert desks.get("office", f"/staff/cases/{number}").status_code == 404


def test_a_half_that_somebody_swapped_is_refused(desks: Desks) -> None:
    mine = KeyPair.fresh()
    with desks.deployment.database.writing() as session:
        key = session.scalars(select(ClassKey)).one()
        key.public_key = mine.public
    with pytest.raises(UntrustedKey, match=SEALED):
        sealed_case(desks)
