"""The units that we ship, and the public and the staff site as two users of the machine who share
what `deploy/folders` lets them share."""

from __future__ import annotations

import grp
import os
import pwd
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.conftest import TWILIO
from tests.deployments import CAMPAIGNS
from tests.running import ROOT
from tests.templates import Templates

UNITS = sorted((ROOT / "deploy" / "systemd").iterdir())
# Users of every Debian, who have nothing here.
STAFF, PUBLIC, GROUP = "daemon", "nobody", "games"
CALLS = ("landlock_create_ruleset", "landlock_add_rule", "landlock_restrict_self")
# With signs that would mean something to a shell.
_ADDRESS = "postgresql://huimin_staff:a$b'c;d@/huimin?host=/run/postgresql&connect_timeout=3"
_REPORT = """
import io
from dataclasses import replace
from portal.foundation.settings import Settings
from tests.running import hidden_fields
from wsgi import create_app
import os
client = create_app(Settings.from_environment(os.environ)).test_client()
fields = hidden_fields(client.get("/report/complaint").text)
photo = io.BytesIO(b"\\xff\\xfb\\x90\\x64" + bytes(413))
page = client.post("/report/complaint", data={**fields, "words": "高龄津贴没发",
    "files": (io.BytesIO((b"\\xff\\xfb\\x90\\x64" + bytes(413)) * 9), "a.mp3")})
print(page.status_code, "照片和文件收到了1个" in page.text)
"""


@dataclass
class TwoUsers:
    """One deployment, and what either user can do in it."""

    folder: Path

    def runs(self, user: str, *command: str) -> str:
        """What a command prints that this user runs as one of his units would."""
        parts = "public" if user == PUBLIC else "public,staff"
        environ = {
            **{name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ},
            "DATA_DIR": str(self.folder / "data"),
            "PARTS": parts,
            "DEMO": "1",
        }
        done = subprocess.run(
            [sys.executable, *command],
            cwd=ROOT,
            env=environ,
            user=user,
            group=pwd.getpwnam(user).pw_gid,
            extra_groups=[grp.getgrnam(GROUP).gr_gid],
            umask=0o007,
            capture_output=True,
            text=True,
            check=False,
        )
        return done.stdout + done.stderr

    def shares(self) -> None:
        """Let root run the shipped script."""
        subprocess.run(
            [ROOT / "deploy" / "folders"],
            env={
                "PATH": os.environ["PATH"],
                "DATA_DIR": str(self.folder / "data"),
                "SETTINGS_DIR": str(self.folder / "settings"),
                "ERRORS_DIR": str(self.folder / "errors"),
                "BACKUPS_DIR": str(self.folder / "backups"),
                "HUIMIN_GROUP": GROUP,
                "STAFF_USER": STAFF,
                "PUBLIC_USER": PUBLIC,
            },
            check=True,
        )


@pytest.fixture
def two_users(templates: Templates) -> Iterator[TwoUsers]:
    """A deployment that was one user's until now."""
    if os.geteuid() != 0:
        pytest.skip("Only root can start a process as another user.")
    python = Path(sys.executable).resolve()
    above = {ROOT, *ROOT.parents, *python.parents, *(ROOT / ".venv").resolve().parents}
    if not all(folder.stat().st_mode & stat.S_IXOTH for folder in above):
        pytest.skip("Checkout or Python lie in a folder that other users can't enter.")
    with TemporaryDirectory(prefix="huimin-two-", dir="/dev/shm") as name:  # Private.
        folder = Path(name)
        folder.chmod(0o755)
        with templates.copy(CAMPAIGNS / "jianghan-2022", "sqlite", folder / "data", **TWILIO):
            (folder / "data" / "keys").chmod(0o700)
            shutil.chown(folder / "data" / "keys", STAFF)
            yield TwoUsers(folder)


def test_two_users_share_database_and_files_and_not_the_master_key(two_users: TwoUsers) -> None:
    two_users.shares()

    assert two_users.runs(PUBLIC, "-c", _REPORT) == "200 True\n"
    backup = str(two_users.folder / "backups" / "one")
    assert "ok" in two_users.runs(STAFF, "-m", "flask", "--app", "wsgi", "backup", backup)
    data = two_users.folder / "data"
    tries = f"""
for file, mode in (("keys/master.key", "r"), ("shared/pins.json", "a"), ("other", "w")):
    try:
        open("{data}/" + file, mode)
    except PermissionError:
        print(file)
"""
    assert two_users.runs(PUBLIC, "-I", "-c", tries).split() == [
        *("keys/master.key", "shared/pins.json", "other"),
    ]


def test_a_command_runs_as_the_staff_site_s_user_with_both_files_of_settings() -> None:
    if os.geteuid() != 0:
        pytest.skip("Only root can start a process as another user.")
    with TemporaryDirectory(prefix="huimin-settings-", dir="/dev/shm") as name:  # Private.
        folder = Path(name)
        folder.chmod(0o755)
        (folder / "common.env").write_text("DATA_DIR=/var/lib/huimin\n")
        (folder / "staff.env").write_text(f"# Of one site\n\nDATABASE_URL={_ADDRESS}")
        (folder / "says").write_text(
            '#!/bin/sh\necho "$(id -un)" "$DATA_DIR" "$DATABASE_URL" "$3"\n'
        )
        (folder / "says").chmod(0o755)
        shutil.chown(folder / "common.env", "root", GROUP)
        shutil.chown(folder / "staff.env", "root", pwd.getpwnam(STAFF).pw_gid)
        for file in ("common.env", "staff.env"):
            (folder / file).chmod(0o440)
        environ = {"SETTINGS_DIR": name, "STAFF_USER": STAFF, "HUIMIN_GROUP": GROUP}
        done = subprocess.run(
            [ROOT / "deploy" / "huimin", "doctor"],
            env={"PATH": os.environ["PATH"], **environ, "FLASK": str(folder / "says")},
            capture_output=True,
            text=True,
            check=False,
        )
    said = f"{STAFF} /var/lib/huimin {_ADDRESS} doctor\n"
    assert (done.stdout, done.stderr) == (said, "")


def test_units_are_well_formed_and_let_the_walls_be_raised(tmp_path: Path) -> None:
    public = (ROOT / "deploy" / "systemd" / "huimin-public.service").read_text()
    (allowed,) = (line for line in public.splitlines() if "=@system-service" in line)
    assert set(CALLS) <= set(allowed.split())
    # The doctor asks for Landlock's version.
    verify = (ROOT / "deploy" / "systemd" / "huimin-verify.service").read_text()
    (allowed,) = (line for line in verify.splitlines() if "=@system-service" in line)
    assert CALLS[0] in allowed.split()
    if shutil.which("systemd-analyze") is None:
        return
    for unit in UNITS:
        text = unit.read_text().replace("/opt/huimin/.venv/bin/flask", "/bin/true")
        (tmp_path / unit.name).write_text(text)
    nothing_said = subprocess.run(
        ["systemd-analyze", "verify", *sorted(tmp_path.iterdir())],
        capture_output=True,
        text=True,
        check=False,
    )
    ours = [line for line in nothing_said.stderr.splitlines() if "huimin" in line]
    assert ours == []
