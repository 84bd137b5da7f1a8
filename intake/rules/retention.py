"""When what people wrote is destroyed (销毁), and what keeps it until then.

Months count from the Shanghai day on which a case ended; the campaign's data say how many. What is
said here of words holds for everything that was typed about a case; its number, codes, dates and
events stay.
"""

from __future__ import annotations

import calendar
from collections.abc import Collection, Mapping
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

    @property
    def until(self) -> str:
        """What ends it, for whoever wants the case destroyed."""
        return {
            Hold.DECIDED: "取消暂停销毁",
            Hold.REFERRAL: "移送的事了结",
            Hold.SUPERVISION: "督办办结",
            Hold.PROBLEM: "台账里的问题销号",
            Hold.ORDER: "来单报回去",
            Hold.FOLLOW_UP: "回访办完",
            Hold.FILING: "归档",
            Hold.RIGHTS: "答复他另外的个人信息请求",
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
class Granted:
    """What its reporter asked to be destroyed, and was granted on which Shanghai day."""

    what: What
    on: date


@dataclass(frozen=True)
class Due:
    """From which day something of a case is destroyed, and why."""

    on: date
    reason: Reason


def months_after(day: date, months: int) -> date:
    """The same day so many months later; the last one of a shorter month."""
    year, month = divmod(day.year * _MONTHS + day.month - 1 + months, _MONTHS)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def due(
    endings: Collection[Ending], withdrawn_days: int, granted: Granted | None = None
) -> Mapping[What, Due]:
    """When the contact and the words of the cases of one message are destroyed: together and with
    the last of them, since the whole holds the words of every part. What isn't in it stays: all of
    it while one of them goes on, and where nothing says how long it is kept. `withdrawn_days` are
    the days after a withdrawal; what was `granted` goes as soon as all of them are over. What was
    withdrawn since waits its days all the same: whoever granted it saw a matter that would be
    answered and filed first, and its reporter may have been forced."""
    ended = [one.on for one in endings if one.on is not None]
    if not ended or len(ended) < len(endings):
        return {}
    found = _by_age(endings, withdrawn_days)
    if granted is None:
        return found
    since = [one.on for one in endings if one.withdrawn and one.on and one.on >= granted.on]
    waits = [day + timedelta(withdrawn_days) for day in since]
    asked = Due(max(granted.on, *ended, *waits), Reason.REQUESTED)
    return {**found, What.CONTACT: asked, granted.what: asked}


def that_hold(holds: Collection[Hold], *, withdrawn: bool) -> frozenset[Hold]:
    """Which of these keep a case; less does where its reporter withdrew it."""
    return frozenset(holds) - (_NOT_OF_WITHDRAWN if withdrawn else frozenset())


def may_be_destroyed(due: Due, listed_on: date | None, today: date, *, notice_days: int) -> bool:
    """Whether the day has come for what nothing holds: by age not before it stood on the office's
    list for so many days. Whoever granted a request read before what holds the case."""
    if due.on > today:
        return False
    if due.reason is Reason.REQUESTED:
        return True
    return listed_on is not None and listed_on + timedelta(notice_days) <= today


def _by_age(endings: Collection[Ending], withdrawn_days: int) -> Mapping[What, Due]:
    found = [_of_one(one, withdrawn_days) for one in endings]
    known = [one for one in found if one is not None]
    if len(known) < len(found):
        return {}
    last = max((one[What.WORDS] for one in known), key=lambda one: one.on)
    contact_on = max(one[What.CONTACT].on for one in known)
    return {What.CONTACT: Due(min(contact_on, last.on), last.reason), What.WORDS: last}


def _of_one(ending: Ending, withdrawn_days: int) -> Mapping[What, Due] | None:
    if ending.on is None:
        return None
    if ending.withdrawn:
        after = Due(ending.on + timedelta(withdrawn_days), Reason.WITHDRAWN)
        return {What.CONTACT: after, What.WORDS: after}
    if ending.period is None:
        return None
    words = months_after(ending.on, ending.period.words)
    contact = months_after(ending.on, ending.period.contact)
    return {
        What.CONTACT: Due(min(contact, words), Reason.PERIOD),
        What.WORDS: Due(words, Reason.PERIOD),
    }
