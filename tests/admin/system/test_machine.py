"""What the doctor says of the machine and of who may read its files."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from admin.system.doctor import findings
from admin.system.file_rights import rights_findings
from admin.system.machine import (
    not_kept_right,
    open_swaps,
    syncs_a_second,
    too_full,
    too_slow,
)
from intake.cases.case import Case
from portal.foundation import clock
from portal.foundation.settings import Settings
from tests.admin.desk.people import TIP_OFF, Desks
from tests.deployments import Deployment


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Folders and keys as the product makes them for one user."""
    made = Settings.from_environment({"DATA_DIR": str(tmp_path / "data")})
    master, shared = made.master_key_file, made.shared_dir
    for folder in (made.data_dir, made.database_dir, made.files_dir, shared, master.parent):
        folder.mkdir()
        folder.chmod(0o700)
    files = master, made.secret_key_file, made.intake_key_file, shared / "pins.json"
    for file in (*files, made.database_dir / "huimin.db"):
        file.write_text("")
        file.chmod(0o400)
    return made


def said(settings: Settings) -> str:
    """What it says of the files, which no other finding's words are."""
    return "\n".join(one.english for one in rights_findings(settings, Path("/proc")))


def test_the_doctor_has_nothing_to_say_of_one_user(settings: Settings) -> None:
    assert said(settings) == ""


@pytest.mark.parametrize(
    ("of", "mode", "sentence"),
    [
        ("keys/master.key", 0o440, "may be read by others than the staff site's user"),
        ("shared/pins.json", 0o460, "may be written by its group"),
        ("shared", 0o770, "may be written by its group"),
        ("", 0o755, "may be entered or read by everybody"),
        ("database", 0o770, "huimin.db is closed to one of the two sites"),
    ],
)
def test_the_doctor_sees_what_is_too_open_and_what_is_closed(
    settings: Settings, of: str, mode: int, sentence: str
) -> None:
    (settings.data_dir / of).chmod(mode)

    assert sentence in said(settings)


def test_a_swap_is_seen_unless_it_is_encrypted(tmp_path: Path) -> None:
    place = tmp_path / "swap"
    place.write_text("")
    listed, blocks = tmp_path / "swaps", tmp_path / "block"
    listed.write_text(f"Filename Type\n/dev/zram0 partition\n{place} file\n")
    assert list(open_swaps(listed, blocks)) == [str(place)]

    number = place.stat().st_dev
    on_top = blocks / f"{os.major(number)}:{os.minor(number)}"
    for block, uuid in ((on_top, "LVM-abc"), (on_top / "slaves" / "dm-0", "CRYPT-LUKS2-abc")):
        (block / "dm").mkdir(parents=True)
        (block / "dm" / "uuid").write_text(uuid)
    assert list(open_swaps(listed, blocks)) == []


def test_a_full_or_slow_disk_and_a_clock_that_nothing_keeps_are_told(tmp_path: Path) -> None:
    [full] = too_full(tmp_path, 100 * 1024**2)
    [slow] = too_slow(tmp_path, 3.4)
    [loose] = not_kept_right(False)
    assert "100 MB are free" in full.english
    assert "takes 3 writes a second" in slow.english
    assert "chrony" in loose.english
    well = (too_full(tmp_path, 3 * 1024**3), too_slow(tmp_path, 900.0), not_kept_right(True))
    assert [list(one) for one in (*well, not_kept_right(None))] == [[], [], [], []]


def test_the_doctor_judges_the_machine_of_a_real_deployment(deployment: Deployment) -> None:
    assert syncs_a_second(deployment.settings.database_dir) > 0
    real = replace(deployment.settings, demo=False, public_url="https://a.example")
    Desks(deployment).case(TIP_OFF)
    try:
        clock.shift(-timedelta(hours=1))
        with deployment.staff.app_context(), deployment.database.reading() as session:
            found = "\n".join(one.english for one in findings(session, real))
    finally:
        clock.shift(timedelta())

    assert "the clock was put back" in found
    assert "set TRUSTED_PROXIES=1" in found


def test_how_long_cases_wait_is_said_on_the_command_line_alone(deployment: Deployment) -> None:
    Desks(deployment).case(TIP_OFF)
    with deployment.database.writing() as session:
        session.execute(update(Case).values(last_act_at=clock.now() - timedelta(days=9)))

    assert "A case has waited 9 days to be" in deployment.run("doctor").output
    with deployment.staff.app_context(), deployment.database.reading() as session:
        assert not [one for one in findings(session, deployment.settings) if "9" in one.english]
