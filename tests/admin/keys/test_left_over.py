"""What was left half done, or is still used by somebody who doesn't know better: it is finished,
named or waited for, and no key is lost or left lying there."""

from __future__ import annotations

import os
import secrets
from datetime import timedelta
from pathlib import Path

from sqlalchemy import select

from admin.accounts.staff_mail import StaffMail
from admin.accounts.work_mail import context_of, mail_of
from admin.keys.master import rotate_master
from admin.keys.recovery import read_printed, recover
from admin.system.file_rights import rights_findings
from admin.system.set_up import is_done
from intake.vault import key_files
from intake.vault.key_files import next_of, read_key, read_pins
from intake.vault.service_key import Purpose
from intake.vault.vault import Vault, vault_of
from portal.foundation import clock
from portal.foundation.staff import Role
from tests.admin.keys.test_recovery import another_machine, printed, typed
from tests.admin.keys.world import another_process
from tests.deployments import Deployment

_LATER = timedelta(hours=49)


def leave_off(deployment: Deployment, at: str) -> None:
    """Turn the master key, killed after a step."""
    for step in rotate_master(deployment.database, deployment.settings):
        if step.endswith(at):
            return


def test_a_key_file_s_second_name_goes_with_the_next_turn(deployment: Deployment) -> None:
    """Killed between giving the file its name and taking the other one away."""
    file = deployment.settings.master_key_file
    leave_off(deployment, str(next_of(file)))
    second = next_of(file).with_name(f"{next_of(file).name}.{secrets.token_hex(4)}.new")
    os.link(next_of(file), second)
    assert deployment.run("keys", "rotate").exit_code == 0
    assert [one.name for one in file.parent.iterdir()] == [file.name]


def test_the_doctor_looks_at_the_whole_folder(deployment: Deployment) -> None:
    file = deployment.settings.master_key_file
    unfinished, copy = file.with_name(f"{file.name}.00ff.new"), file.with_name("copy")
    for one in (unfinished, copy):
        one.write_text("00" * 32)
    unfinished.chmod(0o400)
    copy.chmod(0o440)
    told = list(rights_findings(deployment.settings))
    assert any(f"{unfinished} was left" in one.english for one in told)
    assert any(f"chmod 0400 {copy}" in one.english for one in told)


def test_a_new_master_key_that_can_t_be_read_is_named(deployment: Deployment) -> None:
    """Its file is one that everybody may read, and every key is locked under it already."""
    beside = next_of(deployment.settings.master_key_file)
    leave_off(deployment, "that is stored")
    beside.chmod(0o444)
    fresh = Deployment(deployment.settings)
    for words in (("keys", "rotate"), ("init",), ("doctor",)):
        done = fresh.run(*words)
        assert (done.exit_code, f"chmod 0400 {beside}" in done.output) == (2, True), done.output
        assert "keys recover`" not in done.output
    beside.chmod(0o400)
    assert fresh.run("keys", "rotate").exit_code == 0
    fresh.close()


def test_the_worker_s_key_stays_while_a_host_seals_to_it(deployment: Deployment) -> None:
    """Its pins are those of before the turn, and nobody has copied the new ones there."""
    staff_id = deployment.add_staff("mz-officer", ("MZ", Role.OFFICER))
    public_host = Vault(intake_keys=(), pins=read_pins(deployment.settings), master=None)
    assert deployment.run("keys", "rotate", "--worker").exit_code == 0
    with deployment.database.writing() as session:
        sealed = public_host.seal_to_worker(b"mz@example.cn", context_of(staff_id))
        session.add(
            StaffMail(
                staff_id=staff_id, sealed=sealed, seen_at=clock.now(), looked_on=clock.today()
            )
        )
    with clock.stopped_at(clock.now() + _LATER):
        said = deployment.run("keys", "retire").output
        assert "stays: something was sealed to it since" in said
        assert "pins.json" in said
        assert "retired" in deployment.run("keys", "retire").output
    with another_process(deployment).reading() as session:
        assert mail_of(session, session.scalars(select(StaffMail)).one()) == "mz@example.cn"


def test_recovered_but_for_the_files_it_is_put_right_at_the_start(
    deployment: Deployment, tmp_path: Path
) -> None:
    """`keys recover` was killed after the database, and somebody starts the product."""
    key = printed(deployment)
    ours = read_key(deployment.settings.intake_key_file)
    machine = another_machine(deployment, tmp_path / "empty")
    assert machine.run("init").exit_code == 2
    with machine.database.writing() as session:
        recover(session, machine.settings, read_printed(key))
    assert read_key(machine.settings.intake_key_file) != ours
    assert not is_done(machine.settings)
    assert "run `flask --app wsgi init`" in machine.run("doctor").output
    said = machine.run("init")
    assert (said.exit_code, "didn't hold this database's" in said.output) == (0, True)
    assert read_key(machine.settings.intake_key_file) == ours
    assert is_done(machine.settings)
    with machine.database.reading() as session:
        vault = vault_of(session)
        assert vault.ring.newest(Purpose.INTAKE) == ours
        assert vault.is_signed(b"x", vault.sign(b"x"))
    assert "There is no recovery key" in machine.run("doctor").output
    assert typed(machine, "recover", key)[0] == 0
    assert key_files.read_pins(machine.settings).recovery
    machine.close()
