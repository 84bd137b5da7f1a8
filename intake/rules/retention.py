"""When what people wrote is destroyed (销毁), and what keeps it until then.

Months count from the Shanghai day on which a case ended; the campaign's data say how many. What is
said here of words holds for everything that was typed about a case; its number, codes, dates and
events stay.
"""

from __future__ import annotations

import calendar
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

_MONTHS = 12


class What(StrEnum):
    """What of a case is destroyed: how its reporter can be reached, or all that was typed."""

    CONTACT = "contact"
    WORDS = "words"


class Reason(StrEnum):
    """Why it is destroyed. `REQUESTED`: its reporter asked for it (个人信息保护法 47)."""

    PERIOD = "period"
    WITHDRAWN = "withdrawn"
    REQUESTED = "requested"

    @property
    def official(self) -> str:
        """The words on the officers' pages."""
        return {
            Reason.PERIOD: "保存期限到了",
            Reason.WITHDRAWN: "来件人撤回了",
            Reason.REQUESTED: "来件人要求删除",
        }[self]


class Hold(StrEnum):
    """What keeps a case from being destroyed though its day has come."""

    DECIDED = "decided"
    REFERRAL = "referral"
    SUPERVISION = "supervision"
    PROBLEM = "problem"
    ORDER = "order"
    FOLLOW_UP = "follow_up"
    FILING = "filing"
    RIGHTS = "rights"

    @property
    def official(self) -> str:
        """The words on the officers' pages."""
        return {
            Hold.DECIDED: "决定了暂停销毁",
            Hold.REFERRAL: "移送还没有了结",
            Hold.SUPERVISION: "督办还没有办结",
            Hold.PROBLEM: "台账里的问题还没有销号",
            Hold.ORDER: "来单还没有报回去",
            Hold.FOLLOW_UP: "回访还没有办完",
            Hold.FILING: "还没有归档",
            Hold.RIGHTS: "个人信息请求还没有答复",
        }[self]


# Whoever took his words back needs no file of them; what other people are owed goes before.
_NOT_OF_WITHDRAWN = frozenset({Hold.FILING, Hold.FOLLOW_UP})


@dataclass(frozen=True)
class Period:
    """For how many months after a case's end its words and the reporter's contact are kept."""

    words: int
    contact: int


@dataclass(frozen=True)
class Ending:
    """How one case ended: on which Shanghai day, None while it goes on or waits with another one;
    whether its reporter withdrew it; and for how long such a case is kept, None where the campaign
    doesn't say."""

    on: date | None
    withdrawn: bool
    period: Period | None


@dataclass(frozen=True)
class Due:
    """From which day a case's contact and its words are destroyed, and why."""

    contact_on: date
    words_on: date
    reason: Reason

    def on(self, what: What) -> date:
        """The day of one of them."""
        return self.contact_on if what is What.CONTACT else self.words_on


def months_after(day: date, months: int) -> date:
    """The same day so many months later; the last one of a shorter month."""
    year, month = divmod(day.year * _MONTHS + day.month - 1 + months, _MONTHS)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def due(endings: Iterable[Ending], withdrawn_days: int) -> Due | None:
    """When the cases of one message are destroyed: together and with the last of them, since the
    whole holds the words of every part. None while one of them goes on, or where nothing says how
    long it is kept. `withdrawn_days` are the days after a withdrawal."""
    found = [_of_one(one, withdrawn_days) for one in endings]
    known = [one for one in found if one is not None]
    if not known or len(known) < len(found):
        return None
    last = max(known, key=lambda one: one.words_on)
    contact_on = max(one.contact_on for one in known)
    return Due(min(contact_on, last.words_on), last.words_on, last.reason)


def that_hold(holds: Collection[Hold], *, withdrawn: bool) -> frozenset[Hold]:
    """Which of these keep a case; less does where its reporter withdrew it."""
    return frozenset(holds) - (_NOT_OF_WITHDRAWN if withdrawn else frozenset())


def may_be_destroyed(
    due_on: date, listed_on: date | None, today: date, *, notice_days: int
) -> bool:
    """Whether the day has come for what nothing holds: not before it stood on the office's list
    for so many days."""
    if listed_on is None:
        return False
    return due_on <= today and listed_on + timedelta(notice_days) <= today


def _of_one(ending: Ending, withdrawn_days: int) -> Due | None:
    if ending.on is None:
        return None
    if ending.withdrawn:
        day = ending.on + timedelta(withdrawn_days)
        return Due(day, day, Reason.WITHDRAWN)
    if ending.period is None:
        return None
    words = months_after(ending.on, ending.period.words)
    contact = months_after(ending.on, ending.period.contact)
    return Due(min(contact, words), words, Reason.PERIOD)
