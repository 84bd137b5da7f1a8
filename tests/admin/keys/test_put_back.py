"""Whoever can write the database puts old rows of keys back, whose signatures are still good: the
chain of events and the pins know better, and whoever asks them refuses."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import delete, select, update

from admin.keys.service import rotate_service
from admin.keys.witness import RolledBack
from intake.cases.event import Event
from intake.vault import sealing
from intake.vault.key_files import following, read_key, read_pins
from intake.vault.sealing import DoesNotOpen, KeyPair
from intake.vault.service_key import Purpose, ServiceKey
from intake.vault.unit_key import UnitKey, signed_part
from intake.vault.vault import vault_of
from portal.foundation import clock
from tests.deployments import Deployment

_LATER = timedelta(hours=49)
_COMMANDS = (("init",), ("keys", "rotate", "--worker"), ("keys", "retire"), ("verify-audit",))


def row(found: Any) -> dict[str, Any]:
    return {column.name: getattr(found, column.name) for column in found.__table__.columns}


def retire(deployment: Deployment) -> None:
    with clock.stopped_at(clock.now() + _LATER):
        assert "stays" not in deployment.run("keys", "retire").output


def is_refused(deployment: Deployment, why: str) -> None:
    """By the commands, the doctor, and the staff site."""
    for words in (*_COMMANDS, ("doctor",)):
        done = deployment.run(*words)
        assert (done.exit_code, why in done.output) == (2, True), (words, done.output)
    answer = Deployment(deployment.settings).staff.test_client().get("/readyz")
    assert (answer.status_code, answer.get_json()["put_back"]) == (503, "an old key was put back")


def test_a_unit_s_former_pair(deployment: Deployment) -> None:
    with deployment.database.reading() as session:
        old = row(session.get_one(UnitKey, "MZ"))
    assert deployment.run("keys", "rotate", "--unit", "MZ").exit_code == 0
    retire(deployment)
    assert deployment.run("verify-audit").exit_code == 0
    with deployment.database.writing() as session:
        session.execute(update(UnitKey).where(UnitKey.unit_code == "MZ").values(old))
    is_refused(deployment, "unit:MZ")


def test_a_destroyed_key_of_the_ring(deployment: Deployment) -> None:
    turned_and_retired = keys_put_back(deployment, Purpose.WORKER)
    pinned = read_pins(deployment.settings)
    is_refused(deployment, f"{turned_and_retired} was destroyed")
    assert read_pins(deployment.settings) == pinned


def test_one_whose_destruction_was_taken_out_of_the_chain_is_pinned_by_nobody(
    deployment: Deployment,
) -> None:
    """He computes the chain anew as well, which needs no key."""
    old = keys_put_back(deployment, Purpose.WORKER)
    with deployment.database.writing() as session:
        newer = ServiceKey.purpose == Purpose.WORKER, ServiceKey.key_id != old
        session.execute(delete(ServiceKey).where(*newer))
        told = session.scalars(select(Event).where(Event.name.in_(("key_rotated", "key_retired"))))
        for event in told.all():
            event.name = "signed_in"
    pinned = read_pins(deployment.settings)
    done = deployment.run("init")
    assert (done.exit_code, "never pinned" in done.output) == (2, True), done.output
    assert read_pins(deployment.settings) == pinned


def test_a_running_process_opens_no_row_with_what_it_remembers(deployment: Deployment) -> None:
    with deployment.database.reading() as session:
        assert vault_of(session).ring.newest(Purpose.STORAGE)
    keys_put_back(deployment, Purpose.STORAGE, under_master=b"garbage")
    with deployment.database.reading() as session, pytest.raises(DoesNotOpen):
        vault_of(session).ring.newest(Purpose.STORAGE)


def test_a_forged_half_isn_t_signed_anew_by_the_next_key(deployment: Deployment) -> None:
    """He had the signing key's file once, and signs a half of his own with it."""
    leaked = following(read_key(deployment.settings.master_key_file), "signing")
    database, settings = deployment.database, deployment.settings
    turn = rotate_service(database, settings, Purpose.SIGNING)
    assert "pinned" in next(turn)
    assert "new key" in next(turn)
    theirs = KeyPair.fresh().public
    with database.writing() as session:
        forged = sealing.sign(leaked, signed_part("MZ", theirs))
        of_unit = update(UnitKey).where(UnitKey.unit_code == "MZ")
        session.execute(of_unit.values(public_key=theirs, signature=forged))
    with pytest.raises(RolledBack, match="unit:MZ: the public half"):
        list(turn)
    is_refused(deployment, "unit:MZ: the public half isn't that of the private one")
    verify = read_pins(settings).verify
    with database.reading() as session:
        key = session.get_one(UnitKey, "MZ")
        assert not sealing.is_signed(verify, signed_part("MZ", theirs), key.signature)


def keys_put_back(deployment: Deployment, purpose: Purpose, **changed: Any) -> str:
    """Turn and retire a key; then its row lies there as before. Returns its id."""
    of_purpose = ServiceKey.purpose == purpose
    with deployment.database.reading() as session:
        old = row(session.scalars(select(ServiceKey).where(of_purpose)).one())
    assert deployment.run("keys", "rotate", f"--{purpose}").exit_code == 0
    retire(deployment)
    is_old = ServiceKey.key_id == old["key_id"]
    with deployment.database.writing() as session:
        session.execute(update(ServiceKey).where(of_purpose).values(replaced_at=clock.now()))
        session.execute(update(ServiceKey).where(of_purpose, is_old).values(old | changed))
    return str(old["key_id"])
