"""Playing it, day by day: in the morning what comes in and what somebody gets round to, in the
evening what the worker does."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta

from admin.demonstration.half_year.assessing import begin_assessment
from admin.demonstration.half_year.cast import gather_cast
from admin.demonstration.half_year.door_to_door import go_from_door_to_door
from admin.demonstration.half_year.incoming import take_in
from admin.demonstration.half_year.monthly import plan_returns
from admin.demonstration.half_year.office_work import do_office_work, tick_off
from admin.demonstration.half_year.own_checks import check_oneself, hear_from_outside
from admin.demonstration.half_year.pace import Pace
from admin.demonstration.half_year.photographs import Photographs
from admin.demonstration.half_year.putting_out import put_out
from admin.demonstration.half_year.rounds import begin_round
from admin.demonstration.half_year.special_supervision import look_after
from admin.demonstration.half_year.spot_check import begin_check
from admin.demonstration.half_year.stage import Dice, Sitting, Stage
from admin.demonstration.half_year.summing_up import plan_summaries
from admin.summaries.planned import planned_in
from portal.campaign.book import Book, book
from portal.foundation import clock
from portal.foundation.database import Database
from portal.foundation.settings import Settings

_MORNING, _EVENING = 10, 16
_AFTER = timedelta(days=5)
_ANY_DAY = (take_in, begin_round, begin_assessment, plan_returns, plan_summaries, tick_off)
_ON_WORKING_DAYS = (
    check_oneself,
    go_from_door_to_door,
    hear_from_outside,
    begin_check,
    look_after,
    do_office_work,
    put_out,
)


def set_stage(
    database: Database, settings: Settings, *, password_hash: str, pace: Pace, seed: int
) -> Stage:
    """The people with their accounts, the dice, and the photographs."""
    with database.writing() as session:
        cast = gather_cast(session, book(session), password_hash)
    return Stage(database, cast, pace, Dice(seed), Photographs(settings, seed))


def days_to_play(book: Book) -> tuple[date, date]:
    """From the campaign's first day until some days after its last monthly return, and until its
    last summary has gone up; where it has neither, to its end."""
    ends = [one.due_on + _AFTER for one in book.return_periods[-1:]]
    ends += [one.send_by for one in planned_in(book)]
    last = max(ends, default=book.campaign.ends_on)
    return book.campaign.starts_on, min(last, book.campaign.ends_on)


def play(
    stage: Stage, first: date, last: date, *, in_the_evening: Callable[[Database], object]
) -> Iterator[date]:
    """Play from one Shanghai day to another, both included; gives each day when it is over, with
    the clock stopped in its evening. `in_the_evening` is what the worker does."""
    day = first
    while day <= last:
        with stage.sitting(day, _MORNING) as sitting:
            _morning(sitting)
        with clock.stopped_at(datetime.combine(day, time(_EVENING), clock.SHANGHAI)):
            in_the_evening(stage.database)
            yield day
        day += timedelta(days=1)


def _morning(sitting: Sitting) -> None:
    for act in _ANY_DAY:
        act(sitting)
    if sitting.book.calendar.is_working(sitting.day):
        for act in _ON_WORKING_DAYS:
            act(sitting)
    for task in sitting.stage.agenda.take(sitting.day):
        task(sitting)
        sitting.session.flush()
