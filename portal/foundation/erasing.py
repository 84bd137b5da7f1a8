"""Wiping what was deleted from the database's own files, where it would lie for a while."""

from __future__ import annotations

from contextlib import closing

from sqlalchemy import Engine, text

# Readers wait behind whoever waits for a table, so nobody waits for one long.
_PATIENCE = "2s"
_IS_OURS = text("""
    SELECT bool_and(pg_has_role(relowner, 'USAGE')) FROM pg_class
    WHERE relname = ANY(:tables) AND relnamespace = current_schema()::regnamespace
""")


def erase_deleted(engine: Engine, *tables: str) -> bool:
    """Wipe what was deleted from tables; False where readers are in the way, to be tried again, or
    where the tables are another role's, whose owner does it by himself (docs/deploy.md).

    SQLite overwrites them in its file (`secure_delete`), and keeps the pages as they were in its
    log until that is cut. PostgreSQL keeps them in a table until that is written anew; its own log
    and every backup keep them until they expire.

    Raises:
        OperationalError: on PostgreSQL, somebody kept a table for himself.
    """
    if engine.dialect.name == "sqlite":
        # Below SQLAlchemy, which would begin a transaction, and within one no log can be cut.
        with closing(engine.raw_connection()) as pooled:
            busy, *_ = pooled.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            return not busy
    names = ", ".join(map(engine.dialect.identifier_preparer.quote, tables))
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        # Of another's tables PostgreSQL only warns, and goes on as if they had been written anew.
        if not connection.scalar(_IS_OURS, {"tables": list(tables)}):
            return False
        connection.execute(text(f"SET lock_timeout = '{_PATIENCE}'"))
        try:
            connection.execute(text(f"VACUUM (FULL) {names}"))
        finally:
            connection.execute(text("RESET lock_timeout"))
    return True
