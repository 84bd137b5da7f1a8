"""The migrations make exactly the tables that the records describe, on both databases."""

from __future__ import annotations

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Enum, inspect

import admin.records
import intake.records
import portal.records
from portal.foundation.database import Base
from tests.deployments import Deployment
from tests.running import ROOT

RECORDS = (portal.records, intake.records, admin.records)


def test_the_migrations_match_the_records(on_each_database: Deployment) -> None:
    assert RECORDS
    with on_each_database.database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_the_last_migration_can_be_taken_back(on_each_database: Deployment) -> None:
    engine = on_each_database.database.engine
    url = engine.url.render_as_string(hide_password=False)
    config = Config()
    config.set_main_option("script_location", str(ROOT / "migrations"))
    config.set_main_option("sqlalchemy.url", url.replace("%", "%%"))
    on_each_database.close()
    command.downgrade(config, "-1")
    command.upgrade(config, "head")
    test_the_migrations_match_the_records(on_each_database)


def test_each_choice_is_the_one_that_the_migrations_check(on_each_database: Deployment) -> None:
    """Alembic's comparison doesn't look into CHECK constraints, so each word is looked for."""
    with on_each_database.database.engine.connect() as connection:
        checks = {
            table.name: " ".join(
                str(check["sqltext"])
                for check in inspect(connection).get_check_constraints(table.name)
            )
            for table in Base.metadata.sorted_tables
        }
    lacking = [
        f"{table.name}.{column.name}: {word}"
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, Enum)
        for word in column.type.enums
        if f"'{word}'" not in checks[table.name]
    ]
    assert lacking == []


def test_a_key_points_to_its_own_part_or_one_below() -> None:
    storeys = {"portal": 0, "intake": 1, "admin": 2}
    parts = {m.class_.__table__: m.class_.__module__.split(".")[0] for m in Base.registry.mappers}
    wrong = [
        f"{key.parent} -> {key.column}"
        for table, part in parts.items()
        for key in table.foreign_keys
        if storeys[parts[key.column.table]] > storeys[part]
    ]
    assert wrong == []
