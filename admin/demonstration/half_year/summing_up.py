"""The summaries (阶段性总结、年度总结): units give their parts, the office puts them together with
the numbers of the day, its head approves, and the paper goes up."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

from sqlalchemy import select

from admin.accounts.hand import Hand
from admin.demonstration.half_year.stage import MARK, Sitting
from admin.summaries import composing, contributing, sending_up
from admin.summaries.contributing import Typed
from admin.summaries.contribution import Contribution
from admin.summaries.counted import count
from admin.summaries.leaks import look_through
from admin.summaries.part_content import PartTexts
from admin.summaries.planned import Owed, Planned, owed_in, planned_in
from admin.summaries.sending import HowSent
from admin.summaries.sending_up import Sent, SentWords
from admin.summaries.summary_file import summary_docx
from portal.foundation.staff import Staff

_LATE, _MISSING = 0.1, 0.05
_TEXTS = {
    "work": f"{MARK}各单位逐户核对了名单和卡，查出的问题进了台账。",
    "experience": f"{MARK}名单每月公示，拍照留底。",
    "difficulties": f"{MARK}有的老人换了卡没有告诉社区。",
    "next": f"{MARK}按月核对，缺的补上。",
}


def plan_summaries(sitting: Sitting) -> None:
    """On the day on which units are reminded of a summary, say when each part comes; on the day
    before the whole is due, put it together."""
    for planned in planned_in(sitting.book):
        if planned.days.remind_on == sitting.day:
            for owed in owed_in(sitting.book, planned):
                if owed.unit in sitting.cast.desks and not sitting.dice.happens(_MISSING):
                    sitting.stage.agenda.at(_day_of(sitting, planned), partial(_give, owed=owed))
            day = planned.send_by - timedelta(days=1)
            sitting.stage.agenda.at(day, partial(_put_together, planned=planned))


def _day_of(sitting: Sitting, planned: Planned) -> date:
    room = (planned.due_on - planned.days.remind_on).days
    if sitting.dice.happens(_LATE):
        return planned.due_on + timedelta(days=1)
    return planned.days.remind_on + timedelta(days=sitting.dice.between(1, max(1, room)))


def _give(sitting: Sitting, owed: Owed) -> None:
    desk = sitting.cast.desks[owed.unit]
    texts = PartTexts(
        work=f"{MARK}走了{sitting.dice.between(40, 200)}户，核对了卡和存折。",
        experience=_TEXTS["experience"],
        difficulties=_TEXTS["difficulties"],
    )
    by = _hand(sitting, sitting.cast.checkers.get(owed.unit, desk.officer), owed)
    contributing.fill_in(sitting.session, owed, by=by, typed=Typed(texts=texts))
    contributing.hand_in(sitting.session, owed, by=_hand(sitting, desk.head, owed))
    sitting.later(1, 2, partial(_accept, owed=owed))


def _accept(sitting: Sitting, owed: Owed) -> None:
    officer = sitting.cast.desks[owed.receiver].officer
    contributing.accept(sitting.session, owed, by=_hand(sitting, officer, owed))


def _put_together(sitting: Sitting, planned: Planned) -> None:
    """One writes and freezes, the head approves, and the first of them notes that it was sent."""
    office, session = sitting.cast.desks[sitting.book.campaign.office_code], sitting.session
    found = composing.save(session, planned, by=sitting.hand(office.officer), texts=_TEXTS)
    by = sitting.hand(office.officer, found.version)
    counted = count(session, by, planned)
    leaks = look_through(session, found, by=by, counted=counted)
    composing.freeze(session, planned, by=by, counted=counted, leaks=leaks)
    composing.approve(session, planned, by=sitting.hand(office.head, found.version))
    file = summary_docx(session, sitting.book, planned, found)
    for receiver in planned.days.receivers:
        number = f"样例报〔{sitting.day.year}〕{sitting.day:%m%d}号"
        words = SentWords(title=planned.name, receiver=receiver, number=number)
        sent = Sent(words=words, sent_on=sitting.day, how=HowSent.EXCHANGE, file=file)
        sending_up.note_sent(
            session, by=sitting.hand(office.officer, found.version), sent=sent, summary=found
        )


def _hand(sitting: Sitting, staff: Staff, owed: Owed) -> Hand:
    sitting.session.flush()
    newest = sitting.session.scalars(
        select(Contribution)
        .where(Contribution.unit_code == owed.unit, Contribution.duty == owed.planned.key)
        .order_by(Contribution.version.desc())
    ).first()
    return sitting.hand(staff, newest.edition if newest else 0)
