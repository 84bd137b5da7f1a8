"""Whether a start may do without `flask init`."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
from sqlalchemy import text

from admin.system.set_up import is_done
from intake.vault.key_files import pin_recovery, prepare
from tests.deployments import Deployment
from tests.running import ROOT


def test_a_deployment_that_lacks_nothing_is_done(on_each_database: Deployment) -> None:
    assert is_done(on_each_database.settings)


def test_an_older_schema_is_not_done(on_each_database: Deployment) -> None:
    change(on_each_database, "UPDATE alembic_version SET version_num = '0001'")
    assert not is_done(on_each_database.settings)


def test_a_chain_without_its_first_head_is_not_done(on_each_database: Deployment) -> None:
    change(on_each_database, "DELETE FROM event_head")
    assert not is_done(on_each_database.settings)


def test_a_missing_key_is_not_done(deployment: Deployment) -> None:
    deployment.settings.intake_key_file.unlink()
    assert not is_done(deployment.settings)


def test_with_another_machine_s_master_key_nothing_starts(deployment: Deployment) -> None:
    """A database was restored without its key: `flask init`, which runs then, refuses."""
    deployment.settings.master_key_file.unlink()
    prepare(deployment.settings)
    assert not is_done(deployment.settings)
    refused = deployment.run("init")
    assert refused.exit_code == 2
    assert "keys recover" in refused.output


def test_keys_pinned_before_there_were_texts_are_pinned_anew(deployment: Deployment) -> None:
    """An upgrade: the worker's public half is added, and what was pinned stays."""
    file = deployment.settings.shared_dir / "pins.json"
    pin_recovery(deployment.settings, b"r" * 32)
    before = json.loads(file.read_text())
    older = {name: half for name, half in before.items() if name != "worker"}
    file.chmod(0o600)
    file.write_text(json.dumps(older))
    assert not is_done(deployment.settings)
    prepare(deployment.settings)
    assert is_done(deployment.settings)
    assert json.loads(file.read_text()) == before


@pytest.mark.parametrize("command", ["doctor", "backup"])
def test_whoever_types_a_command_reads_what_cant_be_used_and_no_traceback(command: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "flask", "--app", "wsgi", command, "/nowhere"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "PARTS": "elsewhere"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, "")
    (line,) = done.stderr.splitlines()
    assert "PARTS" in line


def change(deployment: Deployment, statement: str) -> None:
    with deployment.database.writing() as session:
        session.execute(text(statement))
