"""The policy list: kept as bytes, known to the browser, and rendered for every request."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Flask
from sqlalchemy import event

from bench.requests import get
from bench.row import Aim, Row, ask
from bench.serving import Server

MOST_BYTES = 60 * 1024
MOST_QUERIES = 4

_PATH = "/policies"
_COLD_REQUESTS_PER_SECOND = 4000
_A_POLICY = b'href="/policies/'


def rows(public: Server, seconds: float) -> list[Row]:
    """The three rows."""
    warm = [get(_PATH)]
    etag = ask(public.port, warm[0]).headers.get("etag", "none")
    known = [get(_PATH, {"If-None-Match": etag})]
    return [
        Row("policy list, warm", public, lambda _: warm, Aim(ratio=0.80), holds=_A_POLICY),
        Row("policy list, 304", public, lambda _: known, Aim(ratio=0.80), status=304),
        Row(
            "policy list, cold",
            public,
            lambda number: _never_seen(number, round(_COLD_REQUESTS_PER_SECOND * seconds)),
            Aim(ratio=0.20),
            holds=_A_POLICY,
        ),
    ]


def queries_of_a_cold_list(app: Flask) -> int:
    """How many statements one cold list sends, the reading of the revision included."""
    counted: list[str] = []

    def count(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        if not statement.startswith("BEGIN"):
            counted.append(statement)

    engine = app.extensions["database"].engine
    client = app.test_client()
    client.get(_PATH)
    event.listen(engine, "before_cursor_execute", count)
    try:
        client.get(f"{_PATH}?need=never-seen")
    finally:
        event.remove(engine, "before_cursor_execute", count)
    # The revision is read below SQLAlchemy, where nobody listens.
    return 1 + len(counted)


def _never_seen(number: int, count: int) -> Sequence[bytes]:
    """Requests for the whole list, each under an address that nobody asked for before.

    A need that no policy knows narrows nothing down, but stands in the address.
    """
    return [get(f"{_PATH}?need={number:04d}{one:08d}") for one in range(max(1, count))]
