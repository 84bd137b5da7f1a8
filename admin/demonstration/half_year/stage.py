"""Where it is played: the database, the people, the dice and the agenda; and a sitting, in which
somebody does something on one day."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import TypeVar

from sqlalchemy.orm import Session

from admin.accounts.access import Access
from admin.accounts.hand import Hand
from admin.demonstration.half_year.agenda import Agenda
from admin.demonstration.half_year.cast import Cast
from admin.demonstration.half_year.pace import Pace
from admin.demonstration.half_year.photographs import Photographs
from admin.files.evidence import Proof
from admin.publishing.desk import Publisher
from portal.campaign.book import Book, book
from portal.foundation import clock
from portal.foundation.database import Database
from portal.foundation.staff import Staff

MARK = "（样例）"
_Thing = TypeVar("_Thing")
Task = Callable[["Sitting"], None]


class Dice:
    """Chance from a seed: the same seed plays the same half-year."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)  # noqa: S311 - a play, no secret.

    def happens(self, share: float) -> bool:
        """Whether something happens that does in this share of the times."""
        return self._chance.random() < share

    def about(self, mean: float) -> int:
        """A number that is this in the mean, and at most twice as much."""
        tries = 2 * int(mean) + 2
        return sum(self.happens(mean / tries) for _ in range(tries))

    def between(self, least: int, most: int) -> int:
        """A whole number, both ends included."""
        return self._chance.randint(least, most)

    def one_of(self, things: Sequence[_Thing]) -> _Thing:
        """One of several."""
        return self._chance.choice(things)

    def some_of(self, things: Sequence[_Thing], count: int) -> list[_Thing]:
        """So many of them, or all there are."""
        return self._chance.sample(things, min(count, len(things)))

    def secret(self) -> bytes:
        """The seed of a draw, 32 bytes."""
        return self._chance.randbytes(32)


@dataclass(frozen=True)
class Stage:
    """Everything that lasts from one day to the next."""

    database: Database
    cast: Cast
    pace: Pace
    dice: Dice
    photographs: Photographs
    agenda: Agenda[Task] = field(default_factory=Agenda)

    @contextmanager
    def sitting(self, day: date, hour: int) -> Iterator[Sitting]:
        """One transaction on a Shanghai day, at a full hour."""
        moment = datetime.combine(day, time(hour), clock.SHANGHAI)
        with clock.stopped_at(moment), self.database.writing() as session:
            yield Sitting(self, session, book(session), day)


@dataclass(frozen=True)
class Sitting:
    """What somebody needs who does something now."""

    stage: Stage
    session: Session
    book: Book
    day: date

    @property
    def dice(self) -> Dice:
        """The dice."""
        return self.stage.dice

    @property
    def cast(self) -> Cast:
        """The people."""
        return self.stage.cast

    def hand(self, staff: Staff, version: int = 0) -> Hand:
        """Somebody's hand on a version of something."""
        return Hand(Access.of(staff, self.book, unlocked=True), self.book, version)

    def proof(self, words: str, share: float) -> Proof:
        """What somebody writes down, marked as a sample; in this share of the times with
        a photograph."""
        return Proof(MARK + words, self.stage.photographs.perhaps(share))

    def publishers(self) -> tuple[Publisher, Publisher]:
        """Who drafts, and who releases."""
        first, second = self.cast.publishers
        return Publisher.of(first, self.book), Publisher.of(second, self.book)

    def working_day(self, days: int) -> date:
        """The Shanghai day so many working days on; 0 is today, or the next that is worked."""
        day, left = self.day, days
        while left > 0 or not self.book.calendar.is_working(day):
            day += timedelta(days=1)
            left -= self.book.calendar.is_working(day)
        return day

    def later(self, least: int, most: int, task: Task) -> None:
        """Let somebody get round to it after so many working days, one at least."""
        self.stage.agenda.at(self.working_day(self.dice.between(max(1, least), most)), task)
