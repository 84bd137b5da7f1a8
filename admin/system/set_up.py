"""Set a deployment up: schema, the first event head, the units' keys, the recovery key."""

from __future__ import annotations

import logging
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, inspect, make_url, pool, select, text
from sqlalchemy.orm import Session

from admin.keys.ring_rows import hold_ring, seal_ring_for_recovery
from intake.cases.event import FIRST_DIGEST, EventHead, record
from intake.vault import key_files
from intake.vault.intake_key import read_intake_keys
from intake.vault.master_keys import MasterKeys
from intake.vault.ring import LIVE_KEYS
from intake.vault.service_key import Purpose
from intake.vault.unit_key import give_key, seal_all_for_recovery
from portal.campaign.unit import Unit
from portal.foundation.database import Database
from portal.foundation.folders import begin_database
from portal.foundation.settings import Settings

_MIGRATIONS = Path(__file__).parents[2] / "migrations"


def is_done(settings: Settings) -> bool:
    """Whether `flask init` would find nothing to make; then a start needn't wait for it."""
    if not key_files.are_made(settings) or key_files.is_being_turned(settings):
        return False
    with _engine(settings.database_url).connect() as connection:
        is_current = _schema_in(connection) == _newest_schema()
        has_head = is_current and connection.scalar(select(EventHead.id)) is not None
        return has_head and _keys_open(connection, settings)


def is_new(settings: Settings) -> bool:
    """Whether nothing was ever made here: not even an older schema."""
    file = make_url(settings.database_url).database
    if settings.is_sqlite and not Path(file or "").exists():
        return True
    return _schema_of(settings.database_url) is None


def bring_schema_up(database_url: str, to: str = "head") -> None:
    """Run the migrations that this database hasn't seen, up to one."""
    if _schema_of(database_url) == (_newest_schema() if to == "head" else to):
        return
    _run_migrations(to, url=database_url)


def migrate(connection: Connection, to: str = "head") -> None:
    """Run the missing migrations up to one, in the transaction of whoever asks. On SQLite, which
    commits each migration by itself, `bring_schema_up` is to be asked."""
    _run_migrations(to, connection=connection)


def knows_schema(schema: str) -> bool:
    """Whether a schema is one of this version's, or an older one."""
    return schema in _schemas()


def _newest_schema() -> str:
    """Migrations are numbered, so the newest is the last file."""
    return max(_schemas())


def _schemas() -> set[str]:
    return {file.name.split("_")[0] for file in (_MIGRATIONS / "versions").glob("[0-9]*.py")}


def _schema_of(database_url: str) -> str | None:
    with _engine(database_url).connect() as connection:
        return _schema_in(connection)


def _keys_open(connection: Connection, settings: Settings) -> bool:
    """Whether the product's own keys are there, locked under the master key of this machine, and
    the intake keys are those of their file; where they aren't, `flask init` puts them right, or
    refuses."""
    masters = MasterKeys(key_files.read_key(settings.master_key_file))
    rows = connection.execute(LIVE_KEYS).all()
    intake = [key_id for purpose, key_id, _ in rows if purpose is Purpose.INTAKE]
    in_file = [key.key_id for key in read_intake_keys(settings.intake_key_file)]
    return intake == in_file and all(masters.opens(blob or b"") for *_, blob in rows)


def _engine(database_url: str) -> Engine:
    """One of the shell's own: nobody else is there yet."""
    url = make_url(database_url)
    if url.get_backend_name() == "sqlite":
        begin_database(Path(url.database or ""))
    return create_engine(url, poolclass=pool.NullPool)


def _schema_in(connection: Connection) -> str | None:
    """The migration that the database has seen last; None where there is no schema at all."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return found


def _run_migrations(to: str, url: str = "", connection: Connection | None = None) -> None:
    # Alembic takes longer to import than all else at a start, and most starts don't need it.
    from alembic import command
    from alembic.config import Config

    logging.getLogger("alembic").setLevel(logging.WARNING)
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(_MIGRATIONS))
    config.set_main_option("sqlalchemy.url", url.replace("%", "%%"))
    command.upgrade(config, to)


def begin_chain(session: Session) -> None:
    """Lay the first head of the event chain, unless it lies."""
    if session.scalars(select(EventHead)).first() is None:
        session.add(EventHead(id=1, seq=0, digest=FIRST_DIGEST))


def give_units_keys(session: Session) -> None:
    """Give every unit that has none a key pair."""
    hold_ring(session)
    for code in session.scalars(select(Unit.code)):
        give_key(session, code)


def take_recovery_key(database: Database, settings: Settings, public: bytes) -> None:
    """Seal every unit's private half and every key of the product itself to a recovery key that was
    shown, then pin it. Killed before, the former one is good still; killed in between, the new one
    opens everything, and the doctor says that it isn't the pinned one."""
    with database.writing() as session:
        hold_ring(session)
        sealed = seal_all_for_recovery(session, public)
        seal_ring_for_recovery(session, public)
        record(session, "recovery_pinned", units=sealed)
    with database.writing() as session:
        hold_ring(session)
        key_files.pin_recovery(settings, public)
