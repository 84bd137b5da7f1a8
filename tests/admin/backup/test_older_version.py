"""A backup of an older version is brought up where it is restored; a newer one is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import text

from admin.backup.checking import check
from admin.backup.refused import Refused
from admin.backup.restoring import restore
from admin.backup.taking import take_backup
from tests.admin.backup.machines import MARKER, data_of, empty_machine, report_with_photo
from tests.deployments import Deployment
from tests.intake.pages.files import saved
from tests.intake.pages.journey import show
from tests.running import ROOT

OLDER = "0030"


def test_an_older_one_is_brought_up_and_its_receipts_open(
    deployment: Deployment, tmp_path: Path
) -> None:
    code = report_with_photo(deployment)
    take_schema_back(deployment)
    file = tmp_path / "older.backup"
    take_backup(deployment.settings, file)
    assert check(file).schema == OLDER

    machine = empty_machine(tmp_path / "machine", keys_of=deployment.settings)
    assert restore(machine.settings, file).receipts == 1
    citizen = machine.citizen()
    assert MARKER in show(citizen, code).text
    assert len(saved(citizen, code)) == 1
    machine.close()


def test_a_newer_one_is_refused(deployment: Deployment, tmp_path: Path) -> None:
    with deployment.database.writing() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    take_backup(deployment.settings, tmp_path / "newer.backup")
    machine = empty_machine(tmp_path / "machine")

    with pytest.raises(Refused, match="schema 9999 is newer than this version"):
        restore(machine.settings, tmp_path / "newer.backup")
    assert data_of(machine) == []


def take_schema_back(deployment: Deployment) -> None:
    """Leave a deployment with the tables that an older version had."""
    config = Config()
    config.set_main_option("script_location", str(ROOT / "migrations"))
    config.set_main_option("sqlalchemy.url", deployment.settings.database_url)
    deployment.close()
    command.downgrade(config, OLDER)
