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
from tests.conftest import TWILIO
from tests.deployments import CAMPAIGNS, Deployment
from tests.intake.pages.files import saved
from tests.intake.pages.journey import show
from tests.running import ROOT
from tests.templates import Templates

OLDER = "0030"


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_an_older_one_is_brought_up_and_its_receipts_open(
    templates: Templates, tools: None, database: str, tmp_path: Path
) -> None:
    url = templates.postgres().create("restored_older") if database == "postgresql" else ""
    campaign = CAMPAIGNS / "jianghan-2022"
    with templates.copy(campaign, database, tmp_path / "older", **TWILIO) as deployment:
        opens_again(deployment, url, tmp_path)
    if url:
        templates.postgres().drop("restored_older")


def opens_again(deployment: Deployment, url: str, tmp_path: Path) -> None:
    """What was told before the backup is there on another machine, whose schema is the newest."""
    code = report_with_photo(deployment)
    take_schema_back(deployment)
    file = tmp_path / "older.backup"
    take_backup(deployment.settings, file)
    assert check(file).schema == OLDER

    machine = empty_machine(tmp_path / "machine", url, keys_of=deployment.settings)
    assert restore(machine.settings, file).receipts == 1
    citizen = machine.citizen()
    assert MARKER in show(citizen, code).text
    assert len(saved(citizen, code)) == 1
    assert schema_of(machine) > OLDER
    machine.close()


def test_a_newer_one_is_refused(deployment: Deployment, tmp_path: Path) -> None:
    with deployment.database.writing() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    take_backup(deployment.settings, tmp_path / "newer.backup")
    machine = empty_machine(tmp_path / "machine")

    with pytest.raises(Refused, match="schema 9999 is newer than this version"):
        restore(machine.settings, tmp_path / "newer.backup")
    assert data_of(machine) == []


def schema_of(deployment: Deployment) -> str:
    """The last migration that its database has seen."""
    with deployment.database.reading() as session:
        found: str = session.scalars(text("SELECT version_num FROM alembic_version")).one()
        return found


def take_schema_back(deployment: Deployment) -> None:
    """Leave a deployment with the tables that an older version had."""
    config = Config()
    config.set_main_option("script_location", str(ROOT / "migrations"))
    url = deployment.settings.database_url
    config.set_main_option("sqlalchemy.url", url.replace("%", "%%"))
    deployment.close()
    command.downgrade(config, OLDER)
