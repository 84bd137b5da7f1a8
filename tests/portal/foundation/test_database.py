"""How the database is opened."""

from __future__ import annotations

from sqlalchemy import text

from tests.deployments import Deployment


def test_a_commit_waits_for_the_disk(deployment: Deployment) -> None:
    """Less than FULL, and a power cut takes back what a citizen holds a receipt for; and what is
    deleted is overwritten."""
    wanted = {"journal_mode": "wal", "synchronous": 2, "secure_delete": 1, "foreign_keys": 1}
    for app in (deployment.public, deployment.staff):
        database = app.extensions["database"]
        for session in (database.reading, database.writing):
            with session() as opened:
                said = {
                    name: opened.scalar(text(f"PRAGMA {name}")) for name in (*wanted, "temp_store")
                }
            assert said | wanted == said
