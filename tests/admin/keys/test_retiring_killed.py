"""`keys retire` destroys, and is killed at every step: whatever is needed opens all the same, the
next run goes on, and at last no replaced key is left anywhere."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator

import pytest

from admin.keys.intake_file import is_other_file
from admin.keys.witness import contradictions
from intake.vault.intake_key import read_intake_keys
from intake.vault.key_files import left_over, read_pins
from intake.vault.vault import vault_of
from portal.foundation import clock
from tests.admin.keys.retire_killed import BY_THEN
from tests.admin.keys.test_turning import live_ids, retired
from tests.admin.keys.world import World, another_process, bearing
from tests.deployments import Deployment
from tests.running import ROOT

# Signing and worker twice, since the master key's turn has theirs follow.
_TURNS = ((), ("--signing",), ("--worker",), ("--intake",), ("--unit", "MZ"))
# How often it is killed at least: after each key; around each file. Of lots nothing is certain.
_KILLS = {"step": 8, "file": 8, "lot": 0}


@pytest.mark.parametrize("how", _KILLS)
def test_killed_anywhere_it_goes_on_and_leaves_no_key(deployment: Deployment, how: str) -> None:
    world, before = World.of(deployment), live_ids(deployment)
    for words in _TURNS:
        said = deployment.run("keys", "rotate", *words)
        assert said.exit_code == 0, said.output
    with clock.stopped_at(clock.now() + BY_THEN):
        world.desks.browsers.clear()
        kills = sum(opens(world) for _ in each_kill(deployment, how))

        assert kills >= _KILLS[how]
        again = deployment.run("keys", "retire")
        assert (again.exit_code, again.output) == (0, "done\n"), again.output
        assert opens(world)
    gone = retired(deployment)
    assert len(gone) >= 8
    assert all(key_of(one) == (None, None) for one in gone)
    ids = (before - live_ids(deployment)) | {one.key_id for one in gone}
    assert bearing(deployment.database, ids) == set()
    files_agree(deployment)


def each_kill(deployment: Deployment, how: str) -> Iterator[str]:
    """Retire; yields each time when it was killed, and goes on afterwards."""
    environ = os.environ | {"DATA_DIR": str(deployment.settings.data_dir), "DATABASE_URL": ""}
    command = [sys.executable, "-m", "tests.admin.keys.retire_killed", how]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, env=environ, stdin=pipe, stdout=pipe) as program:
        assert program.stdin
        assert program.stdout
        for line in program.stdout:
            yield line.decode()
            program.stdin.write(b"\n")
            program.stdin.flush()
    assert program.returncode == 0


def opens(world: World) -> bool:
    """Whether everybody reads what is his, in processes that ran before and in one that is started
    now, and no row contradicts the chain."""
    now = another_process(world.desks.deployment)
    world.reads(by=now)
    with now.reading() as session:
        assert contradictions(session) == []
    now.engine.dispose()
    return True


def key_of(row: object) -> tuple[object, object]:
    """What is left of a retired key."""
    for prefix in ("", "private_"):
        if hasattr(row, f"{prefix}under_master"):
            return getattr(row, f"{prefix}under_master"), getattr(row, f"{prefix}for_recovery")
    raise AssertionError(row)


def files_agree(deployment: Deployment) -> None:
    """The pins and the intake key's file hold what the rows do, and nothing lies beside them that
    holds more."""
    settings = deployment.settings
    pins = read_pins(settings)
    assert (pins.former, pins.made, len(pins.retired)) == ((), (), 2)
    with deployment.database.reading() as session:
        ring = vault_of(session).ring.pins(pins.recovery, pins.discipline)
        assert (pins.verify, pins.worker) == (ring.verify, ring.worker)
        assert not is_other_file(session, settings)
    assert len(read_intake_keys(settings.intake_key_file)) == 1
    assert left_over(settings.intake_key_file) == []


def test_what_a_killed_turn_left_of_the_file_goes_with_the_key(deployment: Deployment) -> None:
    """Killed just before the file with the newer key took its name; it holds the former one."""
    file = deployment.settings.intake_key_file
    left = file.with_name(f"{file.name}.00ff.new")
    former = file.read_text()
    assert deployment.run("keys", "rotate", "--intake").exit_code == 0
    left.write_text(file.read_text())
    assert former.strip() in left.read_text()
    with clock.stopped_at(clock.now() + BY_THEN):
        assert " retired" in deployment.run("keys", "retire").output
    assert [one for one in file.parent.iterdir() if former.strip() in one.read_text()] == []
