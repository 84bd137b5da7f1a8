"""A row of the table: what is sent to which server, what must come back, and what is aimed at."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from http.client import HTTPResponse
from socket import create_connection

from bench.serving import Server

CONNECTIONS = 8


class NotThere(LookupError):
    """The page doesn't answer as it should; the text says what came instead."""


@dataclass(frozen=True)
class Aim:
    """What speed.md asks of a row; what it doesn't ask can't be missed."""

    ratio: float = 0.0
    p50_ms: float = math.inf
    p99_ms: float = math.inf
    growth: float = math.inf

    def __str__(self) -> str:
        asked = (
            (self.ratio > 0, f"ratio ≥ {self.ratio:.2f}"),
            (self.p50_ms < math.inf, f"p50 ≤ {self.p50_ms:.0f} ms"),
            (self.p99_ms < math.inf, f"p99 ≤ {self.p99_ms:.0f} ms"),
            (self.growth < math.inf, f"growth ≤ {self.growth:.1f}"),
        )
        return ", ".join(words for is_asked, words in asked if is_asked)


@dataclass(frozen=True)
class Row:
    """One kind of request. `requests(round)` makes those of a round; a GET's may be the same each
    time. `holds` is a piece of every good answer."""

    name: str
    server: Server
    requests: Callable[[int], Sequence[bytes]]
    aim: Aim = Aim()
    status: int = 200
    holds: bytes = b""
    connections: int = CONNECTIONS
    # The row that this one may be slower than by its aim's growth.
    smaller: str = ""


@dataclass(frozen=True)
class Answer:
    """One answer, read to its end."""

    status: int
    headers: dict[str, str]
    body: bytes


def ask(port: int, request: bytes) -> Answer:
    """Send one request on a connection of its own."""
    with create_connection(("127.0.0.1", port), timeout=60) as connection:
        connection.sendall(request)
        response = HTTPResponse(connection)
        response.begin()
        headers = {name.lower(): value for name, value in response.getheaders()}
        return Answer(response.status, headers, response.read())


def probe(row: Row, request: bytes) -> Answer:
    """Ask once and look at the answer, so that an error page isn't measured for the page.

    Raises:
        NotThere: another status, or something is missing from it.
    """
    answer = ask(row.server.port, request)
    if answer.status != row.status:
        raise NotThere(f"{row.name}: {answer.status} instead of {row.status}")
    if row.holds not in answer.body:
        raise NotThere(f"{row.name}: the answer is another page")
    return answer
