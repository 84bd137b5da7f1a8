"""What has come of each duty of the plan's calendar (plan 五): asked of the room that does it, or
of what the office noted by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.office.duty_mark import DutyMark
from admin.office.plan_dates import Due, due_between
from admin.returns.return_count import ReturnCount, count_returns
from admin.rounds.round_file import RoundLine, list_rounds
from admin.spot_checks.check_file import CheckCount, count_checks
from admin.spot_checks.spot_check import CheckState
from admin.summaries.sending_up import left_to_send
from admin.summaries.waiting import PartCount, count_parts
from portal.campaign.book import Book
from portal.campaign.calendar_date import Task
from portal.foundation import clock, formats

_NEVER_DRAWN = (CheckState.DROPPED, CheckState.GIVEN_UP)
# So many days ahead the office is told of what falls due.
SOON = timedelta(days=7)


@dataclass(frozen=True)
class Status:
    """How far a duty is, in words; `done` where nothing is left to do. `room` names the room that
    tells more."""

    words: str
    done: bool = False
    room: Task | None = None


@dataclass(frozen=True)
class DutyLine:
    """One duty on its day, with what has come of it; None where it only begins."""

    due: Due
    status: Status | None

    @property
    def by_hand(self) -> bool:
        """Whether the office notes by hand that it was done."""
        return self.due.duty.task is None and not self.due.begins

    @property
    def is_late(self) -> bool:
        """Whether its day passed and something is left to do."""
        return bool(self.status and not self.status.done and self.due.on < clock.today())

    @property
    def is_near(self) -> bool:
        """Whether it falls due within a week, or did, and something is left to do."""
        return bool(self.status and not self.status.done and self.due.on <= clock.today() + SOON)


def duty_lines(
    session: Session, found: Book, first: date, last: date, own: frozenset[str] = frozenset()
) -> list[DutyLine]:
    """What begins or falls due between two Shanghai days, both included, with what has come; of the
    reader's `own` units no visit is told."""
    dues = due_between(found.dates, first, last, found.calendar)
    statuses = _Statuses.read(session, found, dues, own)
    return [DutyLine(one, None if one.begins else statuses.of(one)) for one in dues]


def near_duties(session: Session, found: Book) -> list[DutyLine]:
    """What fell due or falls due within a week and isn't done yet."""
    today = clock.today()
    lines = duty_lines(session, found, found.campaign.starts_on, today + SOON)
    return [one for one in lines if one.is_near]


@dataclass(frozen=True)
class _Statuses:
    marks: Mapping[tuple[str, date], DutyMark]
    rounds: list[RoundLine]
    has_returns: bool
    returns: Mapping[date, ReturnCount]
    checks: list[CheckCount]
    parts: Mapping[str, PartCount]
    unsent: Mapping[str, tuple[str, ...]]

    @classmethod
    def read(
        cls, session: Session, found: Book, dues: Iterable[Due], own: frozenset[str]
    ) -> _Statuses:
        tasks = {one.duty.task for one in dues}
        marks = session.scalars(select(DutyMark)).all() if None in tasks else []
        return cls(
            marks={(one.key, one.due_on): one for one in marks},
            rounds=list_rounds(session, own) if Task.SUPERVISION_ROUND in tasks else [],
            has_returns=found.return_rule is not None,
            returns=count_returns(session, found) if Task.MONTHLY_RETURN in tasks else {},
            checks=count_checks(session) if Task.SPOT_CHECK in tasks else [],
            parts=count_parts(session, found) if Task.SUMMARY in tasks else {},
            unsent=left_to_send(session, found) if Task.SUMMARY in tasks else {},
        )

    def of(self, due: Due) -> Status:
        """What has come of one duty."""
        told: dict[str | None, Callable[[Due], Status]] = {
            None: self._noted,
            Task.SUPERVISION_ROUND: self._of_round,
            # A campaign may leave its returns to paper.
            **({Task.MONTHLY_RETURN: self._of_returns} if self.has_returns else {}),
            Task.SPOT_CHECK: self._of_spot_check,
            # So may it its summaries.
            **({Task.SUMMARY: self._of_summary} if due.duty.key in self.parts else {}),
        }
        return told.get(due.duty.task, _unknown)(due)

    def _noted(self, due: Due) -> Status:
        mark = self.marks.get((due.duty.key, due.on))
        if mark is None:
            return Status("还没记完成")
        return Status(f"{formats.day(mark.done_on)}完成", done=True)

    def _of_round(self, due: Due) -> Status:
        mine = [one for one in self.rounds if one.round.duty == due.duty.key]
        if not mine:
            return Status("还没定", room=Task.SUPERVISION_ROUND)
        if all(one.round.closed_on for one in mine):
            return Status("结束了", done=True, room=Task.SUPERVISION_ROUND)
        units, visited = sum(o.units for o in mine), sum(o.visited for o in mine)
        orders = sum(o.open_orders for o in mine)
        words = f"去了{visited}家，共{units}家"
        return Status(
            f"{words}；{orders}件事没办完" if orders else words, room=Task.SUPERVISION_ROUND
        )

    def _of_returns(self, due: Due) -> Status:
        count = self.returns.get(due.on)
        if count is None:
            return Status("还没到报的时候", room=Task.MONTHLY_RETURN)
        words = f"报了{count.came}份，共{count.expected}份"
        return Status(words, done=count.came == count.expected, room=Task.MONTHLY_RETURN)

    def _of_summary(self, due: Due) -> Status:
        count, left = self.parts[due.duty.key], self.unsent[due.duty.key]
        if not left:
            return Status("报送了", done=True, room=Task.SUMMARY)
        words = f"报来{count.came}份，共{count.owed}份；还没报给{'、'.join(left)}"
        return Status(words, room=Task.SUMMARY)

    def _of_spot_check(self, due: Due) -> Status:
        first = due.duty.starts_on or due.on
        mine = [one for one in self.checks if _may_be_of(one, first)]
        if not mine:
            return Status("还没定", room=Task.SPOT_CHECK)
        drawn = [one for one in mine if one.drawn_on]
        return Status(
            "；".join(_drawn_words(one) for one in mine),
            done=bool(drawn) and all(one.is_through for one in drawn),
            room=Task.SPOT_CHECK,
        )


def _may_be_of(count: CheckCount, first: date) -> bool:
    """Whether a spot check is that of a duty which begins on a Shanghai day: drawn then or later,
    or not drawn yet. Its frame may have been opened before."""
    if count.check.state in _NEVER_DRAWN:
        return False
    return count.drawn_on is None or first <= count.drawn_on


def _drawn_words(count: CheckCount) -> str:
    if count.drawn_on is None:
        return count.check.state.official
    return f"抽了，查完{count.concluded}家，共{count.units}家"


def _unknown(_due: Due) -> Status:
    """Of a task whose room can't tell yet nothing is said, and nothing is called late."""
    return Status("", done=True)
