"""What was said and what happened in a case, as lines of its page: letters and events with their
writers and times, which for a tip-off are only days."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.accounts.access import Access
from admin.desk import event_words
from admin.desk.hand import decider_of
from intake.cases.bar import BarSource
from intake.cases.case import Case
from intake.cases.event import IS_READING, Event
from intake.cases.message import MessageKind
from intake.correspondence import Letter
from intake.dates import SEALED_CLOCKS
from intake.enclosing import Enclosed
from portal.campaign.book import Book
from portal.campaign.kinds import Kind
from portal.foundation.clock import day_of
from portal.foundation.formats import moment, moment_day
from portal.foundation.staff import Staff

CONVERSATION = frozenset(
    {
        MessageKind.SUPPLEMENT,
        MessageKind.QUESTION,
        MessageKind.OBJECTION,
        MessageKind.REMARK,
        MessageKind.REPLY,
        MessageKind.NOTICE,
    }
)
INTERNAL = frozenset(
    {
        MessageKind.NOTE,
        MessageKind.VISIT,
        MessageKind.REASON,
        MessageKind.PART,
        MessageKind.OPINION,
        MessageKind.REPORT,
        MessageKind.VERIFICATION,
        MessageKind.VERIFIED,
        MessageKind.PROPOSAL,
        MessageKind.DRAFT,
        MessageKind.RULING,
        MessageKind.SUPERVISION,
        MessageKind.ORDER_ANSWER,
    }
)
_FROM_REPORTER = frozenset({MessageKind.SUPPLEMENT, MessageKind.OBJECTION, MessageKind.REMARK})
_TITLES = {
    MessageKind.SUPPLEMENT: "来件人补充",
    MessageKind.QUESTION: "问来件人",
    MessageKind.OBJECTION: "来件人的异议",
    MessageKind.REMARK: "来件人办结以后说的",
    MessageKind.REPLY: "答复",
    MessageKind.NOTICE: "告知来件人",
    MessageKind.NOTE: "记事",
    MessageKind.VISIT: "回访",
    MessageKind.REASON: "理由",
    MessageKind.PART: "请协办",
    MessageKind.OPINION: "协办意见",
    MessageKind.REPORT: "报办公室的结果",
    MessageKind.VERIFICATION: "请核查",
    MessageKind.VERIFIED: "核查结果",
    MessageKind.PROPOSAL: "报批的理由",
    MessageKind.DRAFT: "拟的答复",
    MessageKind.SUPERVISION: "督办",
    MessageKind.ORDER_ANSWER: "报回来单的话",
    MessageKind.RULING: "办公室的理由（只有办公室看得到）",
}


@dataclass(frozen=True)
class Entry:
    """A letter with what came with it, or an event; with its writer and its time. `is_new`: the
    reporter wrote it after the last act."""

    title: str
    date: date
    when: str
    who: str | None
    body: str | None
    files: tuple[Enclosed, ...] = ()
    is_new: bool = False


def names_of_staff(session: Session) -> dict[int, str]:
    """What colleagues are called, by their ids."""
    rows = session.execute(select(Staff.id, Staff.display_name))
    return {row.id: row.display_name for row in rows}


def title_of_letter(kind: MessageKind) -> str:
    """What a letter is called; empty for what has no place on a case's page."""
    return _TITLES.get(kind, "")


def letters_as_entries(
    case: Case, letters: Iterable[Letter], names: Mapping[int, str]
) -> tuple[Entry, ...]:
    """Letters in their order."""
    return tuple(
        replace(
            dated(case, _TITLES[one.kind], one.written_at, _who(one.staff_id, names), one.text),
            files=one.files,
            is_new=one.kind in _FROM_REPORTER and one.written_at > case.last_act_at,
        )
        for one in letters
    )


def notes_as_entries(case: Case, notes: Iterable[tuple[datetime, str]]) -> tuple[Entry, ...]:
    """What somebody noted for himself, in order."""
    return tuple(dated(case, "只给自己看的", at, None, text) for at, text in notes)


def events_as_entries(
    session: Session, access: Access, book: Book, case: Case, names: Mapping[int, str]
) -> Iterator[Entry]:
    """What happened, newest first, in words."""
    decides = access.decides(decider_of(session, case, book))
    stored = select(Event).where(Event.case_id == case.id, ~IS_READING).order_by(Event.seq.desc())
    for event in session.scalars(stored):
        title = event_words.title_of(event.name, event.facts, book)
        if title is None or not (decides or _is_for_the_unit(event, case, access)):
            continue
        body = event_words.body_of(event.name, event.facts, book) or _handed_to(event, names)
        yield dated(case, title, event.happened_at, _who(event.staff_id, names), body)


def _handed_to(event: Event, names: Mapping[int, str]) -> str | None:
    """To whom the head gave a case; who took it on himself is named as the actor."""
    given = event.name == "claimed" and event.facts["staff"] != event.staff_id
    return f"交给{names.get(event.facts['staff'], '')}办。" if given else None


def _is_for_the_unit(event: Event, case: Case, access: Access) -> bool:
    """Whether somebody who doesn't decide about a case reads of an event. A freed unit doesn't
    learn there that it was barred, nor that the case was a tip-off before; nobody whom another
    part of the same message accuses, nor what a referral owes."""
    if event.name in event_words.FOR_THE_OFFICE:
        return False
    if event.name == "barred":
        its_own = event.facts["source"] != BarSource.RELATIVE
        return its_own and not access.units.intersection(event.facts["units"])
    if event.facts.get("clock") in SEALED_CLOCKS:
        return False
    was_a_tip_off = event.facts.get("former") == Kind.TIP_OFF or event.name == "looked"
    return case.is_tip_off or not was_a_tip_off


def _who(staff_id: int | None, names: Mapping[int, str]) -> str | None:
    return names.get(staff_id) if staff_id else None


def dated(case: Case, title: str, at: datetime, who: str | None, body: str | None) -> Entry:
    """A line with its time as it may be read of this case."""
    when = moment_day(at) if case.is_tip_off else moment(at)
    return Entry(title=title, date=day_of(at), when=when, who=who, body=body)
