"""What is still to be done, by the day on which somebody will get round to it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from admin.demonstration.half_year.stage import Sitting

Task = Callable[["Sitting"], None]


class Agenda:
    """Tasks by their Shanghai day, in the order in which they were thought of."""

    def __init__(self) -> None:
        self._tasks: dict[date, list[Task]] = defaultdict(list)

    def at(self, day: date, task: Task) -> None:
        """Put a task on a day that is still to come."""
        self._tasks[day].append(task)

    def take(self, day: date) -> list[Task]:
        """The tasks of a day, which are on the agenda no longer."""
        return self._tasks.pop(day, [])
