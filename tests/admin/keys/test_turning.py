"""Every kind of key is turned while people work, killed at each step and gone on with; once the
former ones are retired nothing bears their ids, and a former master key opens old copies alone."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from admin.keys.master import rotate_master
from admin.keys.ring_rows import WrongMaster, check_master
from intake.cases.event import Event
from intake.vault.key_files import following, next_of, read_key, read_pins
from intake.vault.master_keys import master_id
from intake.vault.sealing import key_id, lock_id
from intake.vault.service_key import Purpose, ServiceKey
from intake.vault.unit_key import FormerUnitKey, UnitKey
from portal.foundation import clock
from tests.admin.keys.world import World, another_process, bearing
from tests.admin.orders.clerk import case_of
from tests.deployments import CAMPAIGNS, Deployment, copy_database
from tests.running import ROOT
from tests.templates import Templates

# The steps that are yielded inside of a transaction: others can't write there.
_INSIDE = ("locked under it", "a new key", "pinned")
# By then nobody holds a sign-in or a link from before.
_LATER = timedelta(hours=49)


@pytest.fixture
def world(deployment: Deployment) -> World:
    return World.of(deployment)


@contextmanager
def later() -> Iterator[None]:
    with clock.stopped_at(clock.now() + _LATER):
        yield


def killed(deployment: Deployment, kind: str) -> int:
    """Turn a key, killed at every step; returns how often."""
    environ = os.environ | {"DATA_DIR": str(deployment.settings.data_dir), "DATABASE_URL": ""}
    command = [sys.executable, "-m", "tests.admin.keys.killed", kind]
    done = subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return int(done.stdout)


def live_ids(deployment: Deployment) -> set[str]:
    """The ids of all keys that open something now."""
    ids = {master_id(read_key(deployment.settings.master_key_file))}
    with deployment.database.reading() as session:
        ids.update(session.scalars(select(ServiceKey.key_id)))
        ids.update(key_id(half).hex() for half in session.scalars(select(UnitKey.public_key)))
    return ids


def turned(deployment: Deployment) -> list[str]:
    with deployment.database.reading() as session:
        found = session.scalars(select(Event).where(Event.name == "key_rotated"))
        return [event.facts["purpose"] for event in found.all()]


def test_killed_at_each_step_a_turn_goes_on_and_nothing_bears_a_retired_key(world: World) -> None:
    deployment = world.desks.deployment
    before, pinned = live_ids(deployment), read_pins(deployment.settings)

    kills = sum(killed(deployment, kind) for kind in ("master", "MZ", "BGS"))

    assert kills >= 5
    # One that was killed with nothing left to do is turned once more, which does no harm.
    service = {"storage", "stamps", "signing", "worker"}
    assert set(turned(deployment)) == service | {"master", "unit:MZ", "unit:BGS"}
    assert len(turned(deployment)) < 7 + kills / 2
    assert not next_of(deployment.settings.master_key_file).exists()
    world.reads()
    assert "stays" in deployment.run("keys", "retire").output
    with later():
        said = deployment.run("keys", "retire")
        assert said.output.count("retired") >= 6, said.output
        assert "stays" not in said.output
        world.desks.browsers.clear()
        world.reads()
        assert case_of(world.desks).number == world.order
    gone = before - live_ids(deployment)
    gone |= {one.key_id for one in retired(deployment)}
    assert len(gone) >= 7
    assert bearing(deployment.database, gone) == set()
    now = read_pins(deployment.settings)
    assert (now.former, now.verify == pinned.verify, now.worker == pinned.worker) == (
        (),
        False,
        False,
    )
    assert deployment.run("verify-audit").exit_code == 0


def retired(deployment: Deployment) -> list[ServiceKey | FormerUnitKey]:
    with deployment.database.reading() as session:
        found: list[ServiceKey | FormerUnitKey] = []
        for record in (ServiceKey, FormerUnitKey):
            found += session.scalars(select(record).where(record.retired_at.is_not(None)))
    return found


def test_processes_that_run_meanwhile_read_and_write_after_every_step(world: World) -> None:
    """They hold the former master key in their memory and were never told."""
    deployment = world.desks.deployment
    with deployment.database.writing() as session:
        # A process that has opened nothing yet knows least.
        session.info["vault"].opened_units.clear()
    steps = 0
    for step in rotate_master(another_process(deployment), deployment.settings):
        if not step.endswith(_INSIDE):
            world.reads()
            later_case = world.desks.case(words="换密钥的时候来的")
            assert (
                "换密钥的时候来的"
                in world.desks.get("mz-officer", f"/staff/cases/{later_case}").text
            )
            steps += 1
    assert steps >= 5
    # Whoever starts now, too.
    world.reads(by=another_process(deployment))


def test_a_former_master_key_opens_an_old_copy_and_nothing_later(
    world: World, tmp_path: Path
) -> None:
    deployment = world.desks.deployment
    old = tmp_path / "old"
    shutil.copytree(deployment.settings.data_dir / "keys", old / "keys")
    shutil.copytree(deployment.settings.data_dir / "shared", old / "shared")
    (old / "database").mkdir()
    copy_database(file_in(deployment.settings.data_dir), file_in(old))
    former = read_key(old / "keys" / "master.key")
    for kind in ("master", "storage"):
        assert deployment.run("keys", "rotate", f"--{kind}").exit_code == 0

    world.reads(by=another_process(deployment, **placed(old)))
    at_hand = another_process(deployment, master_key_file=old / "keys" / "master.key")
    with at_hand.reading() as session, pytest.raises(WrongMaster):
        check_master(session)
    # Nor does anything that could be derived from it.
    reach = {master_id(former), *(lock_id(following(former, one)).hex() for one in Purpose)}
    assert bearing(deployment.database, reach) == set()


def file_in(data_dir: Path) -> Path:
    return data_dir / "database" / "huimin.db"


def placed(data_dir: Path) -> dict[str, object]:
    return {
        "data_dir": data_dir,
        "database_url": f"sqlite:///{file_in(data_dir)}",
        "master_key_file": data_dir / "keys" / "master.key",
        "intake_key_file": data_dir / "shared" / "intake.key",
    }


def test_postgresql_finds_what_bears_an_old_key_as_well(templates: Templates) -> None:
    with templates.lend(CAMPAIGNS / "jianghan-2022", "postgresql") as deployment:
        world, before = World.of(deployment), live_ids(deployment)
        for words in ((), ("--unit", "MZ")):
            said = deployment.run("keys", "rotate", *words)
            assert said.exit_code == 0, said.output
        world.reads()
        with later():
            assert "stays" not in deployment.run("keys", "retire").output
        assert bearing(deployment.database, before - live_ids(deployment)) == set()
        gone = {one.key_id for one in retired(deployment)}
        assert bearing(deployment.database, gone) == set()
