"""The tests' own servers: they start, keep what they are given, and leave nothing behind."""

from pathlib import Path

import pytest
from limits.storage import storage_from_string
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from tests.services.postgres import Postgres
from tests.services.redis import Redis


def test_postgres_copies_a_database_and_leaves_nothing() -> None:
    server = Postgres()
    home = Path(str(make_url(server.start()).query["host"]))
    try:
        first = create_engine(server.create("first"))
        with first.begin() as connection:
            connection.execute(text("CREATE TABLE t AS SELECT '惠民热线' AS name"))
        first.dispose()
        copy = create_engine(server.create("copy", template="first"))
        with copy.begin() as connection:
            assert connection.scalar(text("SELECT name FROM t")) == "惠民热线"
        copy.dispose()
        server.drop("first")
        with pytest.raises(ValueError, match="not a plain database name"):
            server.create('x" TEMPLATE "postgres')
    finally:
        server.stop()
    assert not home.exists()


def test_redis_keeps_a_count() -> None:
    with Redis() as server:
        storage = storage_from_string(server.url)
        assert storage.incr("tip-offs", 60) == 1
        assert storage.incr("tip-offs", 60) == 2
        assert storage.get("tip-offs") == 2
