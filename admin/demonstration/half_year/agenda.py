"""What is still to be done, by the day on which somebody will get round to it."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Generic, TypeVar

_Task = TypeVar("_Task")


class Agenda(Generic[_Task]):
    """Tasks by their Shanghai day, in the order in which they were thought of."""

    def __init__(self) -> None:
        self._tasks: dict[date, list[_Task]] = defaultdict(list)

    def at(self, day: date, task: _Task) -> None:
        """Put a task on a day that is still to come."""
        self._tasks[day].append(task)

    def take(self, day: date) -> list[_Task]:
        """The tasks of a day, which are on the agenda no longer."""
        return self._tasks.pop(day, [])
