"""What the doctor and `/readyz` say of the last backup."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import event

from admin.system.doctor import findings
from admin.system.last_backup import age_of_backup
from portal.foundation import clock
from tests.deployments import Deployment


def test_a_week_without_a_backup_is_told(deployment: Deployment, tmp_path: Path) -> None:
    def told() -> list[str]:
        settings = replace(deployment.settings, demo=False)
        with deployment.staff.app_context(), deployment.database.reading() as session:
            found = [one.english for one in findings(session, settings)]
        return [one for one in found if "ackup" in one]

    def ready() -> str:
        return str(deployment.staff.test_client().get("/readyz").get_json()["backup"])

    assert told() == ["No backup was ever taken: run `flask --app wsgi backup FILE`."]
    assert ready() == "none yet"
    assert deployment.run("backup", str(tmp_path / "one.backup")).exit_code == 0
    assert (told(), ready()) == ([], "0 days old")
    with clock.stopped_at(clock.now() + timedelta(days=8, hours=1)):
        assert told() == ["The last backup is 8 days old: run `flask --app wsgi backup FILE`."]
        assert ready() == "8 days old"
    assert "backup" not in deployment.citizen().get("/readyz").get_json()
    again = deployment.run("backup", str(tmp_path / "one.backup"))
    assert (again.exit_code, "never written over another" in again.output) == (2, True)


def test_without_one_the_chain_isnt_looked_through(deployment: Deployment) -> None:
    asked: list[Any] = []

    def note(*given: Any) -> None:
        asked.append(given[2:4])

    engine = deployment.database.engine
    with deployment.database.reading() as session:
        event.listen(engine, "before_cursor_execute", note)
        assert age_of_backup(session) is None
        event.remove(engine, "before_cursor_execute", note)
        (sql, values) = asked[-1]
        plan = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", values).all()
    assert ["USING INDEX ix_event_backup" in row[3] for row in plan] == [True]
