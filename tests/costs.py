"""What an answer costs: which statements the database is asked, and how much of the processor is
used. Time on the clock says little on a busy machine, and a processor's less when it is taken once:
tries of all sorts take turns, and the middle one of each counts."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from statistics import median
from typing import Any

from sqlalchemy import Engine, event


@contextmanager
def statements(engine: Engine) -> Iterator[list[str]]:
    """The statements that a database is asked meanwhile, without their values."""
    asked: list[str] = []

    def note(*given: Any) -> None:
        asked.append(str(given[2]))

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(engine, "before_cursor_execute", note)


def processor_seconds(tries: Mapping[str, Callable[[], object]], times: int) -> dict[str, float]:
    """The middle try of each sort, of so many, in seconds of this process."""
    taken: dict[str, list[float]] = {name: [] for name in tries}
    for _ in range(times):
        for name, attempt in tries.items():
            began = time.process_time()
            attempt()
            taken[name].append(time.process_time() - began)
    return {name: median(seconds) for name, seconds in taken.items()}


def apart(costs: Mapping[str, float]) -> float:
    """How many times the dearest sort costs what the cheapest does."""
    return max(costs.values()) / min(costs.values())
