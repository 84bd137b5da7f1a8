"""One engine, one way to read and one way to write, on SQLite and on PostgreSQL.

`reading()` never writes. `writing()` commits when its block ends and rolls back when it raises:
whoever opens a write closes it, nobody else commits.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from flask import current_app
from sqlalchemy import (
    Connection,
    DateTime,
    Dialect,
    Engine,
    Enum,
    MetaData,
    TypeDecorator,
    create_engine,
    event,
    make_url,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Session

from portal.foundation.database_busy import DatabaseBusy
from portal.foundation.folders import begin_database
from portal.foundation.settings import Settings
from portal.foundation.turns import Turns

_Read = TypeVar("_Read")
# Under this name a session that only reads keeps what it has read.
_REMEMBERED = "remembered"
# Seconds for a new connection, and milliseconds for one that stands: a host that vanished answers
# nothing at all.
_PATIENCE = {"connect_timeout": 5, "tcp_user_timeout": 8000}
# A citizen's form is given back rather than keep a thread of the site for longer: texts, which
# their provider hands over only once, need one too.
_CITIZEN_SECONDS = 6.0
# How long is waited where the last one waited in vain.
_BRIEFLY_SECONDS = 0.5
_SQLITE_PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    # FULL: with NORMAL a power cut takes back commits whose receipt a citizen already holds.
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA busy_timeout = 5000",
)


class Base(DeclarativeBase):
    """The root of all records."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class UtcMoment(TypeDecorator[datetime]):
    """A moment, always aware and in UTC; SQLite itself forgets the zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a naive moment, since nobody could say which zone it meant."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a stored moment needs its time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the zone back."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def choice(of: type[StrEnum]) -> Enum:
    """A column that holds one of a few words, checked by the database, the same on both
    databases."""
    return Enum(
        of,
        native_enum=False,
        create_constraint=True,
        length=40,
        values_callable=lambda members: [member.value for member in members],
        name=of.__name__.lower(),
    )


class Database:
    """The engine of one process, with the things that every session carries in `session.info`."""

    def __init__(self, settings: Settings, **session_info: Any) -> None:
        self.engine = _engine(settings)
        self._writes = self.engine.execution_options(writing=True)
        # PostgreSQL lets several write at once.
        self._turns = Turns(settings.database_dir) if settings.is_sqlite else None
        self.session_info = session_info
        # Whether somebody waited in vain, and nobody has written since.
        self._stuck = False

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that is rolled back at its end, whatever happened in it. Nothing changes under
        it, so that it may remember what it read."""
        with self._session(self.engine) as session:
            session.info[_REMEMBERED] = {}
            yield session

    @contextmanager
    def writing(self, *, within: float | None = None) -> Iterator[Session]:
        """A session that commits at its end. On SQLite writers wait for their turn, which
        ends after the COMMIT; keep passwords, uploads and the network outside.

        Raises:
            DatabaseBusy: on SQLite, its turn didn't come within so many seconds, or soon where
                somebody of this process waited in vain before.
            OperationalError: on PostgreSQL, the same; and where the database is away.
        """
        with self._turn(within), self._session(self._writes) as session:
            if within is not None and self._turns is None:
                session.execute(text(f"SET LOCAL lock_timeout = {int(within * 1000)}"))
            yield session
            session.commit()
            self._stuck = False

    @contextmanager
    def _turn(self, within: float | None) -> Iterator[None]:
        """Wait for one's turn. Whoever can't wait for ever doesn't wait long behind one who waited
        in vain, so that not all threads of a site stand in one queue."""
        if within is not None and self._stuck:
            within = min(within, _BRIEFLY_SECONDS)
        with ExitStack() as turn:
            try:
                if self._turns is not None:
                    turn.enter_context(self._turns.turn(within))
            except DatabaseBusy:
                self._stuck = True
                raise
            yield

    def _session(self, bind: Engine) -> Session:
        return Session(bind, expire_on_commit=False, info=dict(self.session_info))


@contextmanager
def writing_inside(connection: Connection, **session_info: Any) -> Iterator[Session]:
    """A session inside the transaction of whoever lent the connection, which is theirs to commit.
    At the block's end, what was recorded in it has joined the chain of events."""
    with Session(
        connection,
        expire_on_commit=False,
        info=session_info,
        join_transaction_mode="rollback_only",
    ) as session:
        yield session
        session.commit()


def remembered(session: Session, key: tuple[object, ...], read: Callable[[], _Read]) -> _Read:
    """What `read` gives, asked for once in a session that only reads; whoever writes reads anew
    each time."""
    kept: dict[tuple[object, ...], _Read] | None = session.info.get(_REMEMBERED)
    if kept is None:
        return read()
    if key not in kept:
        kept[key] = read()
    return kept[key]


def only_reads(session: Session) -> bool:
    """Whether a session is one of `reading()`."""
    return _REMEMBERED in session.info


def database() -> Database:
    """The database of the running application."""
    found: Database = current_app.extensions["database"]
    return found


def reading() -> Any:
    """`with reading() as session:` for doors."""
    return database().reading()


def writing(*, within: float | None = None) -> Any:
    """`with writing() as session:` for doors; commits when the block ends without an exception."""
    return database().writing(within=within)


def writing_soon() -> Any:
    """`with writing_soon() as session:` for the public's doors: who can't write within a moment is
    given his form back.

    Raises:
        DatabaseBusy, OperationalError: as `Database.writing`; either becomes a 503.
    """
    return database().writing(within=_CITIZEN_SECONDS)


def _engine(settings: Settings) -> Engine:
    if not settings.is_sqlite:
        named = "connect_timeout" in make_url(settings.database_url).query
        return create_engine(
            settings.database_url,
            pool_pre_ping=True,
            pool_size=8,
            hide_parameters=True,
            # A host that is gone must be known to be gone before a provider of texts gives up.
            connect_args=_PATIENCE if not named else {},
        )
    settings.database_dir.mkdir(parents=True, exist_ok=True)
    engine = create_engine(
        settings.database_url,
        connect_args={"check_same_thread": False},
        # What people typed must not reach the text of an exception.
        hide_parameters=True,
    )
    event.listen(engine, "do_connect", _begin_file)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _begin_file(_dialect: Any, _record: Any, arguments: list[Any], _options: Any) -> None:
    # One in memory, or named by an address, is none of ours.
    if (file := Path(arguments[0])).is_absolute():
        begin_database(file)


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    # The driver's own idea of transactions would begin them too late for IMMEDIATE.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in _SQLITE_PRAGMAS:
        cursor.execute(pragma)
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    writing_now = connection.get_execution_options().get("writing", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing_now else "BEGIN")
