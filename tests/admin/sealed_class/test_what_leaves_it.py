"""What takes a sealed case out of its class: a reader's own act on it, and nothing else."""

from __future__ import annotations

import pytest
from sqlalchemy import delete, select

from admin.hand_over.locking import Meant, lock
from admin.hand_over.locking import unlock as unlock_package
from admin.system.moving_keys import hand_keys_on
from intake.cases.bar import Bar, BarSource
from intake.cases.case import Case
from intake.cases.event import Event
from intake.correspondence import rewrap
from intake.sealing_off import seal_off
from intake.vault.class_key import OPENED_CLASS, ClassIsLocked, StaysSealed
from intake.vault.holders import REPORTER, SEALED
from intake.vault.sealing import DoesNotOpen
from intake.vault.vault import vault_of
from portal.campaign.book import book
from portal.foundation import clock
from portal.foundation.staff import Post
from tests.admin.desk.people import TIP_OFF, Desks
from tests.admin.desk.reporter import adds
from tests.admin.sealed_class.readers import (
    AGAINST_OFFICE,
    SECRET,
    discipline_browser,
    holders_of,
    post,
    unlock,
    without_passphrase,
)
from tests.admin.sealed_class.test_what_opens_it import sealed_case, shows


def test_what_accuses_its_readers_too_goes_above_when_one_of_them_says_so(desks: Desks) -> None:
    registered = desks.register(TIP_OFF, accused=AGAINST_OFFICE, words=SECRET)
    number, other = registered.case.number, sealed_case(desks)
    adds(desks, registered.query_code, "区纪委监委的人也收了红包，包庇他们")
    assert desks.stored(number).unit_code == "SJW"
    with without_passphrase(desks.deployment) as database:
        assert hand_keys_on(database) == 0
    for name in ("reader", "second"):
        discipline_browser(desks, name, reads=True)
    assert unlock(desks, "reader") == 303
    assert holders_of(desks.deployment, number) == {SEALED, REPORTER}

    page = desks.get("reader", "/staff/sealed").text
    assert (number in page, other in page, SECRET in page) == (True, False, False)
    assert "内容里有反映本机关的话" in page
    assert number not in desks.get("second", "/staff/sealed").text
    assert post(desks, "second", f"above/{number}").status_code == 404
    assert post(desks, "reader", f"above/{other}").status_code == 404
    assert post(desks, "reader", f"above/{number}").status_code == 303

    assert holders_of(desks.deployment, number) == {"SJW", REPORTER}
    assert holders_of(desks.deployment, other) == {SEALED, REPORTER}
    assert not shows(desks, "reader", number)
    assert number not in desks.get("reader", "/staff/sealed").text
    with desks.deployment.database.reading() as session:
        named = session.scalars(select(Event.name).where(Event.case_id == desks.stored(number).id))
        assert "sealed_case_handed_above" in named.all()


@pytest.mark.parametrize("unit", ["SJW", "JW", "BGS"])
def test_what_somebody_writes_into_its_rows_moves_no_key(desks: Desks, unit: str) -> None:
    number = sealed_case(desks)
    with without_passphrase(desks.deployment) as database:
        with database.writing() as session:
            case = session.scalars(select(Case).where(Case.number == number)).one()
            case.sealed, case.unit_code, case.rewrap_due = False, unit, True
            session.add(
                Bar(
                    case_id=case.id,
                    unit_code="JW" if unit == "SJW" else "MZ",
                    source=BarSource.WORDS,
                    named=True,
                    set_at=clock.now(),
                )
            )
        hand_keys_on(database)
    discipline_browser(desks, "reader", reads=True)
    assert unlock(desks, "reader") == 303
    page = desks.get("reader", "/staff/sealed").text
    assert ("数据库可能被人改过" in page) is (unit == "SJW")
    pair = desks.deployment.class_pair()
    with without_passphrase(desks.deployment) as database, database.writing() as session:
        session.info[OPENED_CLASS] = lambda: pair
        case = session.scalars(select(Case).where(Case.number == number)).one()
        with pytest.raises(StaysSealed):
            rewrap(session, case, book(session))

    assert holders_of(desks.deployment, number) == {SEALED, REPORTER}


def test_it_stays_sealed_until_a_reader_lifts_what_it_bars(desks: Desks) -> None:
    desks.at("admin")
    named, accuses_office = desks.case(accused="系统甲"), sealed_case(desks)
    pair = desks.deployment.class_pair()
    with without_passphrase(desks.deployment) as database, database.writing() as session:
        admin = desks.deployment.staff_id(session, "admin")
        session.execute(delete(Post).where(Post.staff_id == admin))
        found = book(session)
        one, other = (
            session.scalars(select(Case).where(Case.number == number)).one()
            for number in (named, accuses_office)
        )
        session.execute(delete(Bar).where(Bar.case_id == other.id))
        seal_off(session, other, found, lifts=True)
        assert [case.sealed for case in (one, other)] == [True, True]
        session.info[OPENED_CLASS] = lambda: pair
        seal_off(session, one, found, lifts=True)
        seal_off(session, other, found)
        assert [case.sealed for case in (one, other)] == [True, True]
        seal_off(session, other, found, lifts=True)
        assert [case.sealed for case in (one, other)] == [True, False]
        rewrap(session, other, found)

    assert holders_of(desks.deployment, named) == {SEALED, REPORTER}
    assert "BGS" in holders_of(desks.deployment, accuses_office)


def test_a_packages_passphrase_is_the_classs_too(desks: Desks) -> None:
    number = sealed_case(desks)
    for name in ("reader", "second"):
        discipline_browser(desks, name, reads=True)
    pair = desks.deployment.class_pair()
    with without_passphrase(desks.deployment) as database, database.writing() as session:
        case = session.scalars(select(Case).where(Case.number == number)).one()
        by, second = (desks.deployment.staff_id(session, one) for one in ("reader", "second"))
        package, _ = lock(session, case, {"a.txt": b"a"}, Meant("SJW"), by=by)
        with pytest.raises(DoesNotOpen):
            vault_of(session).open_under_master(package.passphrase or b"", b"package")
        with pytest.raises(ClassIsLocked):
            unlock_package(session, package, by=second)
        session.info[OPENED_CLASS] = lambda: pair
        assert unlock_package(session, package, by=second)
