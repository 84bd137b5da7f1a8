"""After a restore the heads of what it lost are told and excuse nothing else: whoever puts back an
old database later is found."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from admin.backup.restoring import restore
from admin.system.doctor import findings
from admin.system.outside_head import heads_in
from intake.cases.event import record
from portal.foundation import clock
from tests.admin.backup.machines import empty_machine
from tests.admin.system.test_heads_out import carry, note, said
from tests.deployments import Deployment, copy_database

DAY = timedelta(days=1)


@pytest.fixture
def restored(deployment: Deployment, tmp_path: Path) -> Iterator[Deployment]:
    """Another machine, two days later: one head left before the backup, two after it."""
    carry(deployment)
    assert deployment.run("backup", str(tmp_path / "one.backup")).exit_code == 0
    note(deployment, 3)
    carry(deployment, after_days=1)
    carry(deployment, after_days=2)
    machine = empty_machine(tmp_path / "machine", keys_of=deployment.settings)
    with clock.stopped_at(clock.now() + 2 * DAY):
        restore(machine.settings, tmp_path / "one.backup")
    yield machine
    machine.close()


def test_what_a_restore_lost_is_told_and_is_no_fault(restored: Deployment) -> None:
    on = clock.today() + 2 * DAY
    for events in (2, 22):
        code, sentence = said(restored)
        assert (code, sentence.splitlines()[0]) == (0, f"ok, {events} events, heads outside: 1")
        assert f"lost by the restore of {on}: 2 heads." in sentence
        with restored.database.reading() as session:
            found = [one.english for one in findings(session, restored.settings)]
        assert not [one for one in found if "doesn't fit" in one]
        note(restored, 20)


def test_a_database_that_is_put_back_later_is_found(restored: Deployment, tmp_path: Path) -> None:
    database = restored.settings.database_dir / "huimin.db"
    note(restored, 20)
    restored.database.engine.dispose()
    copy_database(database, tmp_path / "old.db")
    note(restored, 1)
    # On the day of the restore itself.
    with clock.stopped_at(clock.now() + 2 * DAY):
        carry(restored)
    assert said(restored)[0] == 0
    copy_database(tmp_path / "old.db", database)
    # More events than before, so that only what they are tells.
    note(restored, 9)
    code, sentence = said(restored)
    assert (code, "Event 23 isn't the one" in sentence) == (2, True)
    assert "2 heads" in sentence
    # Nor does it help to say that the database was restored again, from another backup.
    with clock.stopped_at(clock.now() + 4 * DAY), restored.database.writing() as session:
        record(session, "restored", events=1, sha256="")
    assert said(restored) == (2, sentence)


def test_a_line_of_before_is_read_by_its_day(deployment: Deployment) -> None:
    carry(deployment)
    line = deployment.settings.heads_file.read_text()
    [head], [former] = heads_in(line), heads_in(line.rpartition(" ")[0])
    at = head.signed_at
    assert at is not None
    assert (former.signed_at, former.digest) == (None, head.digest)
    assert not head.was_signed_before(at)
    assert former.was_signed_before(at)
    assert not former.was_signed_before(at - DAY)
