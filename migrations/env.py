"""Runs the migrations on the engine of the address that it is given."""

from __future__ import annotations

from alembic import context
from sqlalchemy import create_engine, pool

import admin.records
import intake.records
import portal.records
from portal.foundation.database import Base

# Importing the records is what puts their tables into the metadata.
RECORDS = (portal.records, intake.records, admin.records)

engine = create_engine(
    context.config.get_main_option("sqlalchemy.url") or "", poolclass=pool.NullPool
)

with engine.connect() as connection:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()
    connection.commit()
