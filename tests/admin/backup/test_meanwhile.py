"""What comes up while a backup is being restored, or after a restore was broken off."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from admin.backup.refused import Refused
from admin.backup.restoring import restore
from admin.backup.taking import take_backup
from portal.foundation.restore_rooms import restore_rooms
from portal.foundation.settings import UnusableSetting
from portal.foundation.turns import Turns
from tests.admin.backup.machines import empty_machine
from tests.deployments import Deployment
from tests.running import ROOT


def test_a_database_that_came_up_meanwhile_is_kept(deployment: Deployment, tmp_path: Path) -> None:
    take_backup(deployment.settings, tmp_path / "one.backup")
    machine = empty_machine(tmp_path / "machine", keys_of=deployment.settings)
    file = machine.settings.database_file

    with coming_up(machine), pytest.raises(Refused, match="There is a database already"):
        restore(machine.settings, tmp_path / "one.backup")
    assert file.read_bytes() == b"with receipts"
    assert list(machine.settings.files_dir.iterdir()) == []


@contextmanager
def coming_up(machine: Deployment) -> Iterator[None]:
    """Somebody holds the writers' turn and puts a database there, once a restore is under way."""
    settings = machine.settings
    settings.database_dir.mkdir(parents=True)
    held = threading.Event()

    def come_up() -> None:
        with Turns(settings.database_dir).turn(None):
            held.set()
            while not restore_rooms(settings)[1].exists():
                pass
            settings.database_file.write_bytes(b"with receipts")

    other = threading.Thread(target=come_up)
    other.start()
    assert held.wait(10)
    yield
    other.join()


def test_nothing_starts_beside_a_restore_that_was_broken_off(
    deployment: Deployment, tmp_path: Path
) -> None:
    take_backup(deployment.settings, tmp_path / "one.backup")
    machine = empty_machine(tmp_path / "machine", keys_of=deployment.settings)
    beside, among = restore_rooms(machine.settings)
    (among / "new").mkdir(parents=True)
    (among / "new" / ("0" * 32)).write_bytes(b"half")
    beside.mkdir(parents=True)
    said = f"broken off: if none is, remove {beside} and {among}, and restore again"

    with pytest.raises(Refused, match=said):
        restore(machine.settings, tmp_path / "one.backup")
    with pytest.raises(UnusableSetting, match=said):
        machine.run("verify-audit")
    folder = machine.settings.data_dir
    launched = subprocess.run(
        [sys.executable, "-m", "admin.system.launcher"],
        cwd=ROOT,
        env=os.environ
        | {"DATA_DIR": str(folder), "PUBLIC_URL": "", "STAFF_URL": "http://127.0.0.1:8719"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (launched.returncode, said in launched.stderr) == (2, True), launched.stderr
    assert not machine.settings.database_file.exists()
