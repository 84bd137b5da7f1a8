"""Whether a start may do without `flask init`."""

from __future__ import annotations

from sqlalchemy import text

from admin.system.set_up import is_done
from tests.deployments import Deployment


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


def change(deployment: Deployment, statement: str) -> None:
    with deployment.database.writing() as session:
        session.execute(text(statement))
