"""The printed recovery key opens everything on an empty machine, and is tried from time to time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from admin.system.set_up import take_recovery_key
from intake.vault import sealing
from intake.vault.key_files import following, pin_recovery, read_key, read_pins
from intake.vault.sealing import DoesNotOpen, KeyPair
from intake.vault.service_key import Purpose, ServiceKey
from intake.vault.unit_key import FormerUnitKey, UnitKey, context_of, unit_pair
from intake.vault.vault import vault_of
from portal.foundation import clock
from portal.foundation.settings import Settings
from tests.admin.keys.test_turning import file_in
from tests.admin.keys.world import PHONE, World, every_blob
from tests.conftest import TWILIO
from tests.deployments import Deployment, copy_database


@pytest.fixture
def world(deployment: Deployment) -> World:
    return World.of(deployment)


def printed(deployment: Deployment) -> str:
    """A recovery key, written as somebody types it from paper."""
    pair = KeyPair.fresh()
    take_recovery_key(deployment.database, deployment.settings, pair.public)
    digits = pair.private.hex().upper()
    return " ".join(digits[at : at + 4] for at in range(0, 64, 4))


def typed(deployment: Deployment, command: str, key: str) -> tuple[int, str]:
    """Run a command that asks for the key."""
    done = deployment.everything.test_cli_runner().invoke(args=["keys", command], input=f"{key}\n")
    return done.exit_code, done.output


@pytest.fixture
def empty(world: World, tmp_path: Path) -> Iterator[tuple[World, Deployment, str]]:
    """A machine that has the database and none of the keys, and the key on paper."""
    key = printed(world.desks.deployment)
    made = another_machine(world.desks.deployment, tmp_path / "empty")
    yield world, made, key
    made.close()


def another_machine(deployment: Deployment, data_dir: Path) -> Deployment:
    """One that has the database and none of the keys."""
    (data_dir / "database").mkdir(parents=True)
    copy_database(file_in(deployment.settings.data_dir), file_in(data_dir))
    environ = {"DATA_DIR": str(data_dir), "DEMO": "1", **TWILIO}
    return Deployment(Settings.from_environment(environ))


def test_with_it_an_empty_machine_opens_everything(empty: tuple[World, Deployment, str]) -> None:
    world, machine, key = empty
    mark = mark_of(world.desks.deployment)
    assert machine.run("init").exit_code == 2
    before = stored(machine)

    assert typed(machine, "recover", "0" * 64)[0] == 2
    assert typed(machine, "recover", "zz")[0] == 2
    assert stored(machine) == before

    status, said = typed(machine, "recover", key)
    assert status == 0, said
    world.desks.deployment = machine
    world.desks.browsers.clear()
    world.desks.browsers["mz-officer"] = machine.officer("mz-officer")
    world.reads()
    assert world.desks.case()
    # The intake key came back with it: a telephone is known again.
    assert mark_of(machine) == mark
    # Twice does no harm, and the key is good for the next time.
    assert typed(machine, "recover", key)[0] == 0
    assert typed(machine, "drill", key)[0] == 0


@pytest.mark.parametrize("what", ["unit", "worker", "signing", "former", "ring"])
def test_nothing_forged_is_recovered(deployment: Deployment, tmp_path: Path, what: str) -> None:
    """Anybody can seal to the recovery key, whose public half is no secret."""
    key, recovery = printed(deployment), read_pins(deployment.settings).recovery
    assert recovery
    with deployment.database.writing() as session:
        forge(session, what, recovery)
    machine = another_machine(deployment, tmp_path / "empty")
    assert machine.run("init").exit_code == 2
    before = stored(machine)
    status, said = typed(machine, "recover", key)
    assert (status, "Nothing was changed" in said) == (2, True), said
    assert stored(machine) == before
    machine.close()


def forge(session: Session, what: str, recovery: bytes) -> None:
    """What somebody can write who has the database and no private key."""
    theirs, unit = KeyPair.fresh(), session.get_one(UnitKey, "MZ")
    match what:
        case "unit":
            sealed = sealing.seal(recovery, theirs.private, context_of("MZ"))
            unit.private_for_recovery = sealed
        case "worker" | "signing":
            of_purpose = ServiceKey.purpose == what
            key = session.scalars(select(ServiceKey).where(of_purpose)).one()
            key.for_recovery = sealing.seal(recovery, theirs.private, key.context)
        case "former":
            session.add(
                FormerUnitKey(
                    unit_code="MZ",
                    key_id=sealing.key_id(theirs.public).hex(),
                    private_for_recovery=sealing.seal(recovery, theirs.private, context_of("MZ")),
                    made_at=clock.now(),
                    replaced_at=clock.now(),
                )
            )
        case "ring":
            session.execute(delete(ServiceKey).where(ServiceKey.purpose == Purpose.SIGNING))


def test_a_half_that_nobody_signed_is_not_recovered(deployment: Deployment, tmp_path: Path) -> None:
    """His own pair, whole, with what he can't make: the signature."""
    key, recovery = printed(deployment), read_pins(deployment.settings).recovery
    theirs = KeyPair.fresh()
    with deployment.database.writing() as session:
        unit = session.get_one(UnitKey, "MZ")
        unit.public_key = theirs.public
        unit.private_for_recovery = sealing.seal(recovery or b"", theirs.private, context_of("MZ"))
    machine = another_machine(deployment, tmp_path / "empty")
    status, said = typed(machine, "recover", key)
    assert (status, "isn't signed" in said) == (2, True), said
    machine.close()


def test_what_was_recovered_from_before_the_ring_is_recovered_again(
    deployment: Deployment, tmp_path: Path
) -> None:
    key = printed(deployment)
    with deployment.database.writing() as session:
        session.execute(delete(ServiceKey))
    first = another_machine(deployment, tmp_path / "first")
    assert typed(first, "recover", key)[0] == 0
    assert typed(first, "drill", key)[0] == 0
    second = another_machine(first, tmp_path / "second")
    status, said = typed(second, "recover", key)
    assert (status, "signed by" in said) == (0, True), said
    first.close()
    second.close()


def test_a_recovery_key_is_pinned_only_once_everything_is_sealed_to_it(
    deployment: Deployment,
) -> None:
    printed(deployment)
    pinned = read_pins(deployment.settings)
    with deployment.database.writing() as session:
        worker = ServiceKey.purpose == Purpose.WORKER
        session.execute(update(ServiceKey).where(worker).values(under_master=b"garbage"))
    with pytest.raises(DoesNotOpen):
        take_recovery_key(deployment.database, deployment.settings, KeyPair.fresh().public)
    assert read_pins(deployment.settings) == pinned


def test_a_recovery_key_that_nothing_is_sealed_to_is_noticed(deployment: Deployment) -> None:
    """Killed between the two: what is sealed, and what is pinned."""
    key = printed(deployment)
    assert typed(deployment, "drill", key)[0] == 0
    assert "aren't sealed to" not in deployment.run("doctor").output
    pin_recovery(deployment.settings, KeyPair.fresh().public)
    assert typed(deployment, "drill", key)[0] == 2
    assert "aren't sealed to the recovery key" in deployment.run("doctor").output


def stored(machine: Deployment) -> set[tuple[str, bytes]]:
    with machine.database.reading() as session:
        return set(every_blob(session))


def mark_of(deployment: Deployment) -> bytes:
    settings = deployment.settings
    return sealing.derive(read_key(settings.intake_key_file), "contact-phone", PHONE.encode())


def test_a_drill_says_when_it_was_last_done(deployment: Deployment) -> None:
    def doctor() -> str:
        return str(deployment.run("doctor").output)

    key = printed(deployment)
    assert "was never tried" in doctor()
    assert typed(deployment, "drill", "1" * 64)[0] == 2
    assert "was never tried" in doctor()
    status, said = typed(deployment, "drill", key)
    assert (status, "138 units" in said) == (0, True), said
    assert "recovery key" not in doctor()
    with clock.stopped_at(clock.now() + timedelta(days=101)):
        assert "was last tried on" in doctor()
    # Another key was never tried, whatever became of the one before.
    printed(deployment)
    assert "was never tried" in doctor()
    assert typed(deployment, "drill", key)[0] == 2


def test_a_deployment_from_before_the_ring_opens_as_it_did(world: World) -> None:
    """Its units' halves lie under the key for storage, and the product's keys have no rows."""
    deployment = world.desks.deployment
    master = read_key(deployment.settings.master_key_file)
    with deployment.database.writing() as session:
        for key in session.scalars(select(UnitKey)):
            private = unit_pair(session, key.unit_code).private
            context = context_of(key.unit_code)
            key.private_under_master = sealing.lock(following(master, "storage"), private, context)
        session.execute(delete(ServiceKey))
    world.reads()

    assert deployment.run("init").exit_code == 0

    with deployment.database.reading() as session:
        assert len(session.scalars(select(ServiceKey)).all()) == 5
        assert vault_of(session).masters.opens(session.get_one(UnitKey, "MZ").private_under_master)
    world.reads()
    assert deployment.run("keys", "rotate").exit_code == 0
    world.reads()
