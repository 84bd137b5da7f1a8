"""The client for machines without `wrk`: raw sockets, kept open, in processes of their own."""

from __future__ import annotations

import itertools
import multiprocessing
import os
import socket
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from selectors import EVENT_READ, DefaultSelector

from bench.client import Answered, Load, percentile

_END_OF_HEAD = b"\r\n\r\n"
_LENGTH = b"\r\ncontent-length:"
_READ_BYTES = 262_144
_LONGEST_ANSWER_SECONDS = 20.0


@dataclass(frozen=True)
class _Part:
    """What one process of the client saw. Times are in seconds."""

    took: list[float]
    refused: int
    seconds: float


def drive(load: Load) -> Answered:
    """Send a load and return how it was answered."""
    processes = min(load.connections, os.cpu_count() or 1)
    shares = [load.requests[n::processes] or load.requests for n in range(processes)]
    connections = [len(range(n, load.connections, processes)) for n in range(processes)]
    with multiprocessing.get_context("fork").Pool(processes) as pool:
        tasks = [
            (load.port, share, count, load.seconds)
            for share, count in zip(shares, connections, strict=True)
        ]
        parts = pool.starmap(_send, tasks)
        # Left to itself, the pool would end them by a signal, which one who is about to wait for
        # its next task may never look at.
        pool.close()
        pool.join()
    took = sorted(itertools.chain.from_iterable(part.took for part in parts))
    return Answered(
        requests=len(took),
        seconds=max(part.seconds for part in parts),
        p50_ms=percentile(took, 50) * 1e3,
        p99_ms=percentile(took, 99) * 1e3,
        refused=sum(part.refused for part in parts),
    )


class _Connection:
    """One connection with at most one request under way."""

    def __init__(self, port: int, requests: Iterator[bytes]) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), _LONGEST_ANSWER_SECONDS)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._port, self._requests = port, requests
        self.send()

    def send(self) -> None:
        """Send the next request."""
        self._got = b""
        self._began = time.perf_counter()
        self.socket.sendall(next(self._requests))

    def receive(self) -> tuple[float, bool] | None:
        """Take what has come; the seconds and whether it was refused once the answer is whole."""
        arrived = self.socket.recv(_READ_BYTES)
        if not arrived:
            raise ConnectionResetError("the server closed a connection")
        self._got += arrived
        head, end, body = self._got.partition(_END_OF_HEAD)
        if not end or len(body) < _length_of(head):
            return None
        return time.perf_counter() - self._began, int(head[9:12]) >= 400


def _send(port: int, requests: Sequence[bytes], connections: int, seconds: float) -> _Part:
    endless = itertools.cycle(requests)
    opened = [_Connection(port, endless) for _ in range(connections)]
    took: list[float] = []
    refused, began = 0, time.perf_counter()
    with DefaultSelector() as waiting:
        for one in opened:
            waiting.register(one.socket, EVENT_READ, one)
        # A machine under load may need longer for its first answer than was to be measured.
        while time.perf_counter() - began < (seconds if took else _LONGEST_ANSWER_SECONDS):
            for key, _ in waiting.select(timeout=0.1):
                answer = key.data.receive()
                if answer is not None:
                    took.append(answer[0])
                    refused += answer[1]
                    key.data.send()
    for one in opened:
        one.socket.close()
    return _Part(took, refused, time.perf_counter() - began)


def _length_of(head: bytes) -> int:
    """The length of a body; an answer without one (304) has none."""
    _, found, rest = head.lower().partition(_LENGTH)
    return int(rest.split(b"\r\n", 1)[0]) if found else 0
