"""The monthly returns: filled in, signed and accepted between the day on which units are reminded
and the due day; some late, some sent back and corrected, some never."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

from admin.accounts.hand import Hand
from admin.demonstration.half_year.stage import MARK, Sitting
from admin.returns import filling, handing_in, receiving
from admin.returns.counts import Households
from admin.returns.expected import Expected, expected_in
from admin.returns.filling import Typed
from admin.returns.newest import versions_of
from admin.returns.prefill import prefill
from portal.campaign.return_rule import Period
from portal.foundation.staff import Staff

_LATE, _MISSING, _SENT_BACK = 0.06, 0.02, 0.03
_LONGEST_LATE = 5


def plan_returns(sitting: Sitting) -> None:
    """On the day on which units are reminded of a month, say when each of its returns is written:
    those of the streets before those of the departments, which sum them up."""
    for period in sitting.book.return_periods:
        if period.remind_on == sitting.day:
            for one in expected_in(sitting.book, period):
                if one.unit in sitting.cast.desks and not sitting.dice.happens(_MISSING):
                    sitting.stage.agenda.at(_day_of(sitting, one), partial(_fill_in, of=one))


def _day_of(sitting: Sitting, one: Expected) -> date:
    last = one.period.due_on
    if sitting.dice.happens(_LATE):
        return last + timedelta(days=sitting.dice.between(1, _LONGEST_LATE))
    to_office = one.receiver == sitting.book.campaign.office_code
    return last if to_office else last - timedelta(days=sitting.dice.between(1, _room(one.period)))


def _room(period: Period) -> int:
    return max(1, (period.due_on - period.remind_on).days - 1)


def _fill_in(sitting: Sitting, of: Expected, correction: str = "") -> None:
    desk, dice = sitting.cast.desks[of.unit], sitting.dice
    counted = prefill(sitting.session, sitting.book, of)
    due = dice.between(40, 90)
    visited = due - dice.between(0, 12)
    typed = Typed(
        nil=counted.nothing_found,
        households=_households(due, visited),
        remark=f"{MARK}本月无其他情况。" if dice.happens(0.2) else "",
        correction=correction,
    )
    writer = sitting.cast.checkers.get(of.unit, desk.officer)
    filling.confirm(sitting.session, of, by=_hand(sitting, writer, of), typed=typed)
    handing_in.hand_in(sitting.session, of, by=_hand(sitting, desk.head, of))
    sitting.later(1, 3, partial(_receive, of=of, again=bool(correction)))


def _receive(sitting: Sitting, of: Expected, *, again: bool) -> None:
    receiver = sitting.cast.desks.get(of.receiver)
    if receiver is None:
        return
    by = _hand(sitting, receiver.officer, of)
    if again or not sitting.dice.happens(_SENT_BACK):
        receiving.accept(sitting.session, of, by=by)
        return
    receiving.send_back(
        sitting.session, of, by=by, reason=f"{MARK}摸底的户数和上月差得多，请核对。"
    )
    sitting.later(1, 3, partial(_fill_in, of=of, correction=f"{MARK}重新核对了户数。"))


def _hand(sitting: Sitting, staff: Staff, of: Expected) -> Hand:
    sitting.session.flush()
    newest = next(iter(versions_of(sitting.session, of)), None)
    return sitting.hand(staff, newest.edition if newest else 0)


def _households(due: int, visited: int) -> Households:
    """Of those that weren't visited half were tried in vain."""
    return Households(due=due, visited=visited, not_reached=(due - visited) // 2)
