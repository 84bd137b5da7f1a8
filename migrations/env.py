"""Runs the migrations on the engine of the address that it is given, or in the transaction of a
connection."""

from __future__ import annotations

from alembic import context
from sqlalchemy import Connection, create_engine, pool

import admin.records
import intake.records
import portal.records
from portal.foundation.database import Base

# Importing the records is what puts their tables into the metadata.
RECORDS = (portal.records, intake.records, admin.records)


def run(connection: Connection) -> None:
    """Run what is asked for on this connection."""
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    address = context.config.get_main_option("sqlalchemy.url") or ""
    with create_engine(address, poolclass=pool.NullPool).connect() as connection:
        run(connection)
        connection.commit()
