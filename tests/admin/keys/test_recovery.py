"""The printed recovery key opens everything on an empty machine, and is tried from time to time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, select

from admin.system.set_up import make_recovery_key
from intake.vault import sealing
from intake.vault.key_files import following, read_key
from intake.vault.service_key import ServiceKey
from intake.vault.unit_key import UnitKey, context_of, unit_pair
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
    with deployment.database.writing() as session:
        private = make_recovery_key(session, deployment.settings)
    digits = private.hex().upper()
    return " ".join(digits[at : at + 4] for at in range(0, 64, 4))


def typed(deployment: Deployment, command: str, key: str) -> tuple[int, str]:
    """Run a command that asks for the key."""
    done = deployment.everything.test_cli_runner().invoke(args=["keys", command], input=f"{key}\n")
    return done.exit_code, done.output


@pytest.fixture
def empty(world: World, tmp_path: Path) -> Iterator[tuple[World, Deployment, str]]:
    """A machine that has the database and none of the keys, and the key on paper."""
    deployment = world.desks.deployment
    key, data_dir = printed(deployment), tmp_path / "empty"
    (data_dir / "database").mkdir(parents=True)
    copy_database(file_in(deployment.settings.data_dir), file_in(data_dir))
    environ = {"DATA_DIR": str(data_dir), "DEMO": "1", **TWILIO}
    made = Deployment(Settings.from_environment(environ))
    yield world, made, key
    made.close()


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
