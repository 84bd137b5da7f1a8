"""What an auditor narrows the trail to: a person, a sort of act, a case, days."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement

from intake.cases.case import Case
from intake.cases.event import IS_READING, Event
from portal.foundation import clock

_LASTS = timedelta(days=1)


class Act(StrEnum):
    """A sort of act."""

    READ = "read"
    IDENTITY = "identity"
    CARRIED = "carried"
    DESTROYED = "destroyed"
    BARRED = "barred"
    HANDLED = "handled"
    SIGNED_IN = "signed-in"
    BESIDE = "beside"

    @property
    def official(self) -> str:
        """Its name in the list."""
        return {
            Act.READ: "看内容",
            Act.IDENTITY: "看来件人的联系方式",
            Act.CARRIED: "打包、移交、归档",
            Act.DESTROYED: "销毁、暂停销毁",
            Act.BARRED: "回避",
            Act.HANDLED: "办件的其他事",
            Act.SIGNED_IN: "登录、账号",
            Act.BESIDE: "件以外的事",
        }[self]

    @property
    def condition(self) -> ColumnElement[bool]:
        """The events that belong to it."""
        if self is Act.READ:
            return IS_READING
        if self in _NAMES:
            return Event.name.in_(_NAMES[self])
        named = [name for names in _NAMES.values() for name in names]
        of_case = Event.case_id.is_not(None) if self is Act.HANDLED else Event.case_id.is_(None)
        return of_case & ~IS_READING & Event.name.not_in(named)


_NAMES = {
    Act.IDENTITY: ("identity_opened",),
    Act.CARRIED: ("packed", "passphrase_read", "handed_over", "filed"),
    Act.DESTROYED: (
        "contact_destroyed",
        "destroyed",
        "destruction_held",
        "destruction_resumed",
        "rights_destroyed",
        "mistake_destroyed",
        "assessment_remarks_destroyed",
    ),
    Act.BARRED: ("barred", "unbarred"),
    Act.SIGNED_IN: ("signed_in", "proved_again", "enrolled", "password_changed", "staff_added"),
}


@dataclass(frozen=True)
class EventFilter:
    """What is asked for; None or empty: everything."""

    staff_id: int | None = None
    act: Act | None = None
    number: str = ""
    first: date | None = None
    last: date | None = None

    def conditions(self) -> Iterator[ColumnElement[bool]]:
        """What an event, with its case joined, has to fulfil."""
        if self.staff_id is not None:
            yield Event.staff_id == self.staff_id
        if self.act:
            yield self.act.condition
        if self.number:
            yield Case.number == self.number
        if self.first:
            yield Event.happened_at >= begin_of(self.first)
        if self.last:
            yield Event.happened_at < begin_of(self.last) + _LASTS


def begin_of(on: date) -> datetime:
    """The moment at which a day begins in Shanghai."""
    return datetime.combine(on, time(), clock.SHANGHAI)
