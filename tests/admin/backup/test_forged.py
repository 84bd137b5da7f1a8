"""Backups that are right in themselves, and that somebody without the keys has made."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from admin.backup.refused import Refused
from admin.backup.restoring import restore
from admin.backup.taking import take_backup
from portal.foundation.settings import UnusableSetting
from tests.admin.backup.machines import data_of, empty_machine
from tests.deployments import Deployment


def forge(deployment: Deployment, file: Path, change: str) -> None:
    """Take a backup of a database that somebody changed."""
    with closing(sqlite3.connect(deployment.settings.database_file)) as there:
        there.executescript(change)
    take_backup(deployment.settings, file)


def test_units_without_keys_are_refused_with_a_key_and_without(
    deployment: Deployment, tmp_path: Path
) -> None:
    forge(deployment, tmp_path / "one.backup", "DELETE FROM unit_key")
    for name, keys_of in (("with", deployment.settings), ("without", None)):
        machine = empty_machine(tmp_path / name, keys_of=keys_of)
        with pytest.raises(Refused, match="units without a key"):
            restore(machine.settings, tmp_path / "one.backup")
        assert data_of(machine) == []


def test_data_is_held_against_the_whole_key_once_that_has_come(
    deployment: Deployment, tmp_path: Path
) -> None:
    """By its first unit the key is known; another unit's isn't signed by it."""
    change = (
        "UPDATE unit_key SET signature = zeroblob(64)"
        " WHERE unit_code = (SELECT max(unit_code) FROM unit_key)"
    )
    forge(deployment, tmp_path / "one.backup", change)
    machine = empty_machine(tmp_path / "machine")
    assert not restore(machine.settings, tmp_path / "one.backup").keys_fit

    for part in ("keys", "shared"):
        shutil.copytree(deployment.settings.data_dir / part, machine.settings.data_dir / part)
    for _ in range(2):
        with pytest.raises(UnusableSetting, match="opens a part only of the data"):
            machine.run("verify-audit")
