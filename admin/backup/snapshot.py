"""A database as it stood at one moment, while everybody goes on writing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from sqlalchemy import Connection, inspect, text

from admin.backup.refused import Refused


@dataclass(frozen=True)
class Snapshot:
    """`connection` reads the database as it stood, `pieces` are the member that a backup keeps of
    it. No record is asked, since the schema may be an older one."""

    member: str
    connection: Connection = field(repr=False)
    pieces: Iterable[bytes] = field(repr=False)


class Standing(NamedTuple):
    """How far a database was: its schema, the campaign's code or "", the number of the last event
    and its digest."""

    schema: str
    campaign: str
    events: int
    head: str


def standing(connection: Connection) -> Standing:
    """How far a database was.

    Raises:
        Refused: it isn't ours, or was never set up.
    """
    tables = inspect(connection).get_table_names()
    if not {"alembic_version", "event_head", "campaign"} <= set(tables):
        raise Refused("There is no database of this product here.")
    schema = connection.scalar(text("SELECT version_num FROM alembic_version"))
    head = connection.execute(text("SELECT seq, digest FROM event_head")).first()
    if schema is None or head is None:
        raise Refused("The database was never set up: run `flask --app wsgi init`.")
    code = connection.scalar(text("SELECT code FROM campaign"))
    return Standing(schema, code or "", head.seq, bytes(head.digest).hex())


class References:
    """The files that a database refers to: the names in every column that is called `stored`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        found = inspect(connection)
        tables = [
            table
            for table in found.get_table_names()
            if any(column["name"] == "stored" for column in found.get_columns(table))
        ]
        # The names of tables are the database's own.
        self._union = " UNION ".join(
            f"SELECT stored FROM {table} WHERE stored >= :first AND stored < :after"  # noqa: S608
            for table in tables
        )

    def strays(self, prefix: str, names: set[str]) -> tuple[int, int]:
        """Of the names that begin so: how many are referred to and aren't among these, and how many
        of these nothing refers to."""
        # No name has a digit after f.
        limits = {"first": prefix, "after": f"{prefix}g"}
        referred: set[str] = set()
        if self._union:
            referred = set(self._connection.scalars(text(self._union), limits))
        return len(referred - names), len(names - referred)
