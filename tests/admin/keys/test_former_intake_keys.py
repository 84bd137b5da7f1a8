"""What a former intake key alone knows keeps it; and its keys go wherever a database goes."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import LargeBinary, delete, func, select, update

from admin.keys.mark_heads import MARKS
from admin.system.set_up import is_done
from intake.assessing.answering import questions_of
from intake.assessing.slip import Slip
from intake.cases.case import Identity
from intake.cases.inbound_text import TextOptOut
from intake.cases.receipt import CONTACT_PHONE, Receipt
from intake.vault.intake_key import read_intake_keys
from intake.vault.service_key import ServiceKey
from tests.admin.desk.people import Desks
from tests.admin.keys.known_again import (
    OTHER,
    PHONE,
    THIRD,
    Sent,
    by_telephone,
    count,
    found_together,
    ids,
    later,
    opted_out,
    texted,
    turn,
)
from tests.admin.keys.test_recovery import another_machine, printed, typed
from tests.admin.keys.test_turning import file_in
from tests.admin.keys.world import bearing
from tests.deployments import Deployment, copy_database
from tests.intake.pages.slips import end, slip_of
from tests.running import ROOT


def test_what_it_alone_knows_keeps_a_former_key(on_each_database: Deployment) -> None:
    each, code = on_each_database, slip_of(on_each_database)
    texted(each, "退订", sender=OTHER)
    texted(each, "退订", sender=THIRD)
    with each.database.writing() as session:
        # They asked before the number was kept.
        session.execute(update(TextOptOut).values(number_sealed=None))
    (former,) = ids(each)
    turn(each)
    with later():
        said = each.run("keys", "retire").output
        assert "2 telephones that asked for no more texts" in said
        assert "1 slips of an assessment that runs" in said
        assert ids(each)[1:] == [former]
        assert questions_by(each, code)
        # One is met by a text of his, the other where he is about to be texted.
        texted(each, "二楼的灯坏了", sender=OTHER)
        assert opted_out(each, THIRD)
        assert "telephones" not in each.run("keys", "retire").output
        end(each)
        assert "intake: " + former + " retired" in each.run("keys", "retire").output
        assert len(ids(each)) == 1
        assert bearing(each.database, {former}) == set()
        assert opted_out(each, OTHER)
        assert opted_out(each, THIRD)
        assert (count(each, TextOptOut), count(each, Slip)) == (2, 1)
        texted(each, "恢复", sender=OTHER)
        assert not opted_out(each, OTHER)


def questions_by(deployment: Deployment, code: str) -> bool:
    with deployment.database.reading() as session:
        return bool(questions_of(session, code))


def test_a_host_that_goes_on_with_a_former_key_keeps_it(deployment: Deployment) -> None:
    """Nobody has copied the file there."""
    desks, (former,) = Desks(deployment), read_intake_keys(deployment.settings.intake_key_file)
    first = by_telephone(desks)
    turn(deployment)
    with later():
        number = by_telephone(desks)
        with deployment.database.writing() as session:
            receipt = session.get_one(Receipt, desks.stored(number).id)
            receipt.contact_mark = former.mark(CONTACT_PHONE, PHONE)
        said = deployment.run("keys", "retire").output
        assert "stays: something was marked by it since" in said
        assert "intake.key" in said
        assert "retired" in deployment.run("keys", "retire").output
    assert found_together(desks, number) == {first}


def test_a_mark_that_no_number_made_goes_with_its_key(deployment: Deployment) -> None:
    """Somebody has written another telephone's mark to a case."""
    desks, (former,) = Desks(deployment), read_intake_keys(deployment.settings.intake_key_file)
    number = by_telephone(desks)
    with deployment.database.writing() as session:
        receipt = session.get_one(Receipt, desks.stored(number).id)
        receipt.contact_mark = former.mark(CONTACT_PHONE, "13800138000")
    turn(deployment)
    with later():
        assert "1 that it never opened stay shut" in deployment.run("keys", "retire").output
    with deployment.database.reading() as session:
        assert session.get_one(Receipt, desks.stored(number).id).contact_mark is None


def test_an_old_database_brings_the_keys_of_its_time(
    deployment: Deployment, tmp_path: Path
) -> None:
    old, sent, before = tmp_path / "old.db", Sent(deployment), ids(deployment)
    copy_database(file_in(deployment.settings.data_dir), old)
    turn(deployment)
    texted(deployment, "二楼的灯坏了", sender=OTHER)
    copy_database(old, file_in(deployment.settings.data_dir))
    assert not is_done(deployment.settings)
    assert "doesn't hold the keys" in deployment.run("doctor").output
    assert deployment.run("init").exit_code == 0
    assert ids(deployment) == before
    sent.again()


def test_recovered_on_an_empty_machine_all_live_keys_come_back(
    deployment: Deployment, tmp_path: Path
) -> None:
    key, sent = printed(deployment), Sent(deployment)
    turn(deployment)
    turn(deployment)
    machine = another_machine(deployment, tmp_path / "empty")
    assert typed(machine, "recover", key)[0] == 0
    assert ids(machine) == ids(deployment)
    assert len(ids(machine)) == 3
    assert typed(machine, "drill", key)[0] == 0
    assert texted(machine, "我妈的高龄津贴三个月没发了", sid=sent.sid) == sent.answer
    machine.close()


def test_marks_from_before_say_which_key_made_them(on_each_database: Deployment) -> None:
    each = on_each_database
    Desks(each).case(identity=Identity.PHONE, contact_phone=PHONE)
    texted(each, "退订", sender=OTHER)
    slip_of(each)
    with each.database.writing() as session:
        session.execute(update(TextOptOut).values(number_sealed=None))
    before = marks(each)
    assert len(before) == 4
    config = Config()
    config.set_main_option("script_location", str(ROOT / "migrations"))
    config.set_main_option("sqlalchemy.url", each.settings.database_url.replace("%", "%%"))
    each.close()
    command.downgrade(config, "0056")
    command.upgrade(config, "head")
    assert marks(each) == before
    # One from before the keys' own rows has no id to be found.
    with each.database.writing() as session:
        for column in MARKS:
            bare = func.substr(column, 11, type_=LargeBinary())
            session.execute(update(column.class_).values({column.key: bare}))
        session.execute(delete(ServiceKey))
    assert {len(mark) for mark in marks(each)} == {32}
    assert each.run("init").exit_code == 0
    assert marks(each) == before


def marks(deployment: Deployment) -> set[bytes]:
    """Every mark that lies there."""
    with deployment.database.reading() as session:
        found = [session.scalars(select(one).where(one.is_not(None))).all() for one in MARKS]
        return {mark for those in found for mark in those if mark}
