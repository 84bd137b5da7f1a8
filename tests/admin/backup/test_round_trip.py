"""A backup that is taken while people report, and restored on a machine that has nothing."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import subprocess
import sys
import tarfile
from base64 import b64encode
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from admin.accounts.credential import Credential
from admin.accounts.staff_session import StaffSession
from admin.backup.checking import check
from admin.backup.commands import app_without_keys
from admin.backup.refused import Refused
from admin.backup.restoring import restore
from admin.backup.taking import take_backup
from admin.system.event_audit import sign_head
from intake.cases.event import Event
from portal.foundation import clock
from portal.foundation.settings import UnusableSetting
from portal.foundation.staff import Role
from tests.admin.backup.machines import (
    MARKER,
    data_of,
    empty_machine,
    report_with_photo,
    reports_coming_in,
)
from tests.deployments import Deployment
from tests.intake.pages.files import files_on, saved
from tests.intake.pages.journey import show
from tests.running import ROOT
from tests.templates import Templates

SPOOLED = "0123456789abcdef" * 4


@pytest.fixture
def url(on_each_database: Deployment, templates: Templates, tools: None) -> str:
    """The address of an empty database of the same sort."""
    if on_each_database.settings.is_sqlite:
        return ""
    templates.postgres().drop("restored")
    return templates.postgres().create("restored")


def test_every_receipt_of_before_opens(
    on_each_database: Deployment, url: str, tmp_path: Path
) -> None:
    source, file = on_each_database, tmp_path / "one.backup"
    prepare(source)
    with reports_coming_in(source) as receipts:
        taken = source.run("backup", str(file))
    assert taken.output.endswith("ok\n"), taken.output
    assert file.stat().st_mode & 0o777 == 0o600
    manifest = check(file)
    held = receipts.before(datetime.fromisoformat(manifest.taken_at))
    assert (manifest.lacking, manifest.texts) == (0, 1)

    machine = empty_machine(tmp_path / "machine", url, keys_of=source.settings)
    refuses_a_wrong_key(machine, file)
    restored = restore(machine.settings, file)
    assert restored.keys_fit
    assert restored.receipts == restored.cases >= len(held) >= 2
    assert all(MARKER in show(machine.citizen(), code).text for code in held)
    assert saved(machine.citizen(), held[-1]) == saved(source.citizen(), held[-1]) != []
    assert (machine.settings.spool_dir / f"{SPOOLED}.text").read_bytes() == b"sealed"
    with machine.database.reading() as session:
        assert session.scalars(select(StaffSession)).all() == []
        assert session.scalars(select(Credential.enrolment_hash)).all() == [None]
        last = session.scalars(select(Event).order_by(Event.seq.desc()).limit(1)).one()
        assert (last.name, last.facts["events"]) == ("restored", manifest.events)
    events = manifest.events + 1
    assert machine.run("verify-audit").output == f"ok, {events} events, heads outside: 0\n"
    # The database's numbers go on where they stood.
    assert report_with_photo(machine)
    machine.close()


def prepare(source: Deployment) -> None:
    """Somebody has signed in and holds a link, a text waits, the end of the chain is signed."""
    source.add_staff("officer", ("MZ", Role.OFFICER))
    source.officer("officer")
    spool = source.settings.spool_dir
    spool.mkdir(exist_ok=True)
    (spool / f"{SPOOLED}.text").write_bytes(b"sealed")
    with source.database.writing() as session:
        credential = session.scalars(select(Credential)).one()
        credential.offer_enrolment("a" * 64, clock.now() + timedelta(hours=48))
        sign_head(session)


def refuses_a_wrong_key(machine: Deployment, file: Path) -> None:
    """Nothing is restored under another key, nor where other public halves are pinned."""
    master, pins = machine.settings.master_key_file, machine.settings.shared_dir / "pins.json"
    right, pinned = master.read_text(), pins.read_text()
    pins.chmod(0o600)
    pins.write_text(json.dumps({**json.loads(pinned), "verify": "ab" * 32}))
    assert "isn't the key whose public half is pinned" in refusal_of(machine, file)
    master.chmod(0o600)
    master.write_text("ab" * 32)
    assert refusal_of(machine, file) == f"The key doesn't belong to this data: {master}."
    pins.unlink()
    assert refusal_of(machine, file) == f"The key doesn't belong to this data: {master}."
    assert data_of(machine) == []
    master.write_text(right)
    pins.write_text(pinned)


def refusal_of(machine: Deployment, file: Path) -> str:
    """What is said where nothing is restored."""
    with pytest.raises(Refused) as refused:
        restore(machine.settings, file)
    return str(refused.value)


def test_without_keys_nothing_opens_until_the_right_one_comes(
    on_each_database: Deployment, url: str, tmp_path: Path
) -> None:
    """Taken by the command itself, where no key can be read or made, and restored so."""
    deployment = on_each_database
    code = report_with_photo(deployment)
    keyless, file = tmp_path / "keyless", tmp_path / "one.backup"
    parts = ["database", "files"] if deployment.settings.is_sqlite else ["files"]
    for part in parts:
        shutil.copytree(deployment.settings.data_dir / part, keyless / part)
    assert run_backup(deployment, file, keyless) == 0
    assert sorted(one.name for one in keyless.iterdir()) == parts

    machine = empty_machine(tmp_path / "machine", url)
    said = app_without_keys(machine.settings).test_cli_runner().invoke(args=["restore", str(file)])
    assert (said.exit_code, "no keys yet: put them to" in said.output) == (0, True), said.output
    assert "stands as it stood at 20" in said.output
    with pytest.raises(UnusableSetting, match="restored here without its keys"):
        machine.run("verify-audit")
    master = machine.settings.master_key_file
    master.parent.mkdir()
    master.write_text("ab" * 32)
    master.chmod(0o600)
    with pytest.raises(UnusableSetting, match="doesn't belong to the data"):
        machine.run("verify-audit")
    assert not machine.settings.shared_dir.exists()

    for part in ("keys", "shared"):
        shutil.copytree(
            deployment.settings.data_dir / part,
            machine.settings.data_dir / part,
            dirs_exist_ok=True,
        )
    assert MARKER in show(machine.everything.test_client(), code).text
    assert machine.run("verify-audit").exit_code == 0
    machine.close()


def run_backup(deployment: Deployment, file: Path, folder: Path) -> int:
    """`flask --app wsgi backup FILE` with a folder of data, which holds the database where that is
    SQLite; the exit status."""
    url = "" if deployment.settings.is_sqlite else deployment.settings.database_url
    return subprocess.run(
        [sys.executable, "-m", "flask", "--app", "wsgi", "backup", str(file)],
        cwd=ROOT,
        env=os.environ | {"DATA_DIR": str(folder), "DATABASE_URL": url},
        check=False,
    ).returncode


def test_no_key_and_no_word_lies_in_it(deployment: Deployment, tmp_path: Path) -> None:
    report_with_photo(deployment)
    take_backup(deployment.settings, tmp_path / "one.backup")
    whole = (tmp_path / "one.backup").read_bytes()
    with tarfile.open(tmp_path / "one.backup") as members:
        packed = members.extractfile("database.sqlite3.gz")
        assert packed is not None
        whole += gzip.decompress(packed.read())
    assert b"SQLite format 3" in whole
    secrets = [
        word.encode(encoding) for word in (MARKER, "存折") for encoding in ("utf-8", "utf-16-le")
    ]
    for key in (*deployment.settings.data_dir.glob("*/*.key"),):
        text = key.read_text().strip()
        secrets += [text.encode(), bytes.fromhex(text)]
    assert len(secrets) == 4 + 6
    for secret in secrets:
        for shape in (secret, secret.hex().encode(), b64encode(secret).rstrip(b"=")[:-1]):
            assert shape not in whole


def test_files_that_lack_and_files_that_nothing_refers_to_are_counted(
    deployment: Deployment, tmp_path: Path
) -> None:
    code = report_with_photo(deployment)
    (photo,) = (deployment.settings.files_dir / "new").iterdir()
    photo.rename(photo.with_name("0" * 32))

    said = deployment.run("backup", str(tmp_path / "one.backup")).output
    assert "1 files that the database refers to were gone" in said
    assert "1 files that nothing refers to are kept" in said

    machine = empty_machine(tmp_path / "machine", keys_of=deployment.settings)
    restored = restore(machine.settings, tmp_path / "one.backup")
    assert (restored.lacking, restored.unreferenced) == (1, 1)
    assert files_on(show(machine.citizen(), code)) != []
    machine.close()
