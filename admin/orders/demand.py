"""What the sender of an order demands: under which number, of which day, by when an answer; and who
may send what kind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from intake.cases.case import Channel
from portal.campaign.kinds import Kind
from portal.foundation import clock

# These lines always say by when they want to hear (rules of 12345 and of 阳光信访).
DATED = frozenset({Channel.HOTLINE, Channel.PETITION_SYSTEM})
LONGEST_NUMBER = 80
# An order that is older, or wants its answer later, is a slip of the pen.
_OLDEST = timedelta(days=366)
_FARTHEST = timedelta(days=366)


@dataclass(frozen=True)
class Demand:
    """One order without its words. Days are Shanghai days; `answer_by` is None where the sender
    named none. `from_unit` is the sender, where it has an account here."""

    source: Channel
    number: str
    ordered_on: date
    answer_by: date | None
    from_unit: str | None = None


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong: in which column, and what to do."""

    column: str
    what: str


def kinds_from(source: Channel) -> Sequence[Kind]:
    """The kinds that a sender's orders may be of. A clue of audit is put right by whoever is in
    charge, or kept from whom it accuses."""
    if source is Channel.AUDIT:
        return (Kind.COMPLAINT, Kind.TIP_OFF)
    return (
        Kind.COMPLAINT,
        Kind.CONSULTATION,
        Kind.TIP_OFF,
        Kind.PETITION,
        Kind.DISCLOSURE_REQUEST,
    )


def wrong_number(number: str) -> Iterator[Fault]:
    """What is wrong with a sender's number."""
    if not number:
        yield Fault("number", "请写对方的编号；没有编号的，写文号、报纸的日期版面或者网址")
    if len(number) > LONGEST_NUMBER:
        yield Fault("number", f"编号太长了，最多{LONGEST_NUMBER}个字")


def wrong_days(source: Channel, ordered_on: date | None, answer_by: date | None) -> Iterator[Fault]:
    """What is wrong with the days of an order."""
    today = clock.today()
    if ordered_on is None:
        yield Fault("ordered_on", "请写对方交办的日子")
    elif not today - _OLDEST <= ordered_on <= today:
        yield Fault("ordered_on", "交办的日子不能在今天以后，也不会早过一年，请对一对")
    if answer_by is None:
        if source in DATED:
            yield Fault("answer_by", f"{source.official}的来单都有答复的期限，请照来单写")
    elif ordered_on and not ordered_on <= answer_by <= ordered_on + _FARTHEST:
        yield Fault("answer_by", "要求答复的日子不能早于交办的日子，也不会晚过一年，请对一对")
