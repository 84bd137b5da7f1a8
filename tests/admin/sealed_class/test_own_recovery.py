"""An empty machine with nothing but a backup and two papers: the general one opens what is the
units', the class's own what is sealed, and by it somebody reads again."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from admin.backup.restoring import restore
from admin.sealed_class.standing import Standing
from admin.system.doctor import findings
from intake.vault.passphrase import as_printed
from intake.vault.sealing import KeyPair
from portal.foundation.staff import Role
from tests.admin.backup.machines import empty_machine
from tests.admin.desk.people import TIP_OFF, Desks
from tests.admin.keys.test_recovery import printed, typed
from tests.admin.sealed_class.readers import AGAINST_OFFICE, SECRET, post, unlock
from tests.admin.sealed_class.test_what_opens_it import shows
from tests.deployments import PRINTED, Deployment
from tests.intake.pages.journey import show
from tests.running import ROOT

NEW = "梨花 挂钟 纸船 三十二条 毛巾"
PAPER = as_printed(PRINTED.private)


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[Deployment]:
    """One without any data or key."""
    made = empty_machine(tmp_path / "empty")
    yield made
    made.close()


def test_the_two_papers_open_it_again(
    deployment: Deployment, machine: Deployment, tmp_path: Path
) -> None:
    general, file = printed(deployment), tmp_path / "one.backup"
    lost = Desks(deployment)
    sealed = lost.register(TIP_OFF, accused=AGAINST_OFFICE, words=SECRET)
    number, ordinary = sealed.case.number, lost.case()
    deployment.add_staff("reader", ("JW", Role.DISCIPLINE), display="纪检丁")
    assert deployment.run("backup", str(file)).output.endswith("ok\n")

    assert restore(machine.settings, file).cases == 2
    assert at_its_terminal(machine, "sealed-recover", PAPER) == 2, "the general key comes first"
    assert at_its_terminal(machine, "recover", general) == 0
    assert "sealed-recover" in doctor_says(machine)
    assert ready(machine) == Standing.NOT_FOUNDED
    for wrong in (general, as_printed(KeyPair.fresh().private)):
        assert typed(machine, "sealed-recover", wrong)[0] == 2
    assert typed(machine, "sealed-recover", PAPER)[0] == 0
    assert typed(machine, "sealed-drill", PAPER)[0] == 0
    assert ready(machine) == Standing.NO_READER

    found = Desks(machine)
    assert found.get("mz-officer", f"/staff/cases/{ordinary}").status_code == 200
    found.browsers["reader"] = machine.officer("reader", unlocks=False)
    new = {"passphrase_new": NEW, "passphrase_again": NEW}
    assert post(found, "reader", "recovery", passphrase_proof=PAPER, **new).status_code == 303
    assert not shows(found, "reader", number)
    assert unlock(found, "reader", NEW) == 303
    assert shows(found, "reader", number)
    assert ready(machine) == "ok"
    assert SECRET in show(machine.citizen(), sealed.query_code).text


def at_its_terminal(machine: Deployment, command: str, key: str) -> int:
    """What a command ends with in a process of its own: before its keys are back a machine has no
    application."""
    environ = {**os.environ, "DATA_DIR": str(machine.settings.data_dir), "DEMO": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "flask", "--app", "wsgi", "keys", command],
        input=f"{key}\n",
        text=True,
        cwd=ROOT,
        env=environ,
        capture_output=True,
        check=False,
    )
    return done.returncode


def doctor_says(machine: Deployment) -> str:
    with machine.database.reading() as session:
        return "".join(one.english for one in findings(session, machine.settings))


def ready(machine: Deployment) -> str:
    found: str = machine.staff.test_client().get("/readyz").get_json()["sealed"]
    return found
