"""Answering a repeat as the earlier case was answered (引用原答复): only if nothing is new, and the
draft goes the way of every other one."""

from __future__ import annotations

from sqlalchemy.orm import Session

from admin.accounts.access import Access
from admin.desk.casework import draft_reply
from admin.desk.hand import actors_of
from admin.duplicates.pair import Pair
from admin.duplicates.standing import Why, link_of, refuse_if
from intake import correspondence
from intake.cases.case import Case
from intake.cases.case_link import Relation
from intake.cases.event import record
from intake.cases.message import MessageKind
from intake.correspondence import Letter
from intake.rules.lifecycle import MOVES, State
from portal.foundation.clock import day_of
from portal.foundation.formats import day_with_year


class SomethingMayBeNew(Exception):
    """Nobody has said that the reporter brings nothing new; then the matter is looked into."""


def against_citing(session: Session, pair: Pair) -> Why | None:
    """What stands against answering the later of two cases as the earlier one was."""
    earlier, later = pair.both
    found = link_of(session, pair)
    if found is None or found.how is not Relation.REPEAT:
        return Why.NOT_TIED
    hats = actors_of(session, later, pair.hand.access, pair.hand.book)
    if not hats & MOVES["draft"].actors:
        return Why.NOT_YOURS
    if later.state not in MOVES["draft"].sources:
        return Why.ACCEPT_FIRST
    return None if last_answer(session, earlier, pair.hand.access) else Why.NOT_ANSWERED_YET


def cite(session: Session, pair: Pair, *, nothing_new: bool, reason: str) -> None:
    """Draft for a repeat the answer that the earlier case got, with its day and its files. Nothing
    else of the earlier case is quoted, its number neither.

    Raises:
        SomebodyWasFaster, NeedsText, MoveNotAllowed: see there.
        SomethingMayBeNew: see there.
        NotTogether: it is no repeat, or the earlier answer isn't his to read.
    """
    pair.check_versions()
    refuse_if(against_citing(session, pair))
    if not nothing_new:
        raise SomethingMayBeNew
    earlier, later = pair.both
    answer, found = last_answer(session, earlier, pair.hand.access), link_of(session, pair)
    if answer is None or found is None:
        return
    pair.keep_reason(session, later, reason)
    by = pair.hand.access.staff_id
    record(session, "answer_cited", case_id=later.id, by=by, link=found.key)
    files = [one.file for one in answer.files]
    draft_reply(session, later, pair.hand_for(later), _cited(answer), files=files)


def last_answer(session: Session, case: Case, access: Access) -> Letter | None:
    """What its reporter was answered at last, as far as somebody may read it."""
    kind = MessageKind.NOTICE if case.state is State.DECLINED else MessageKind.REPLY
    letters = correspondence.read_as_unit(session, case, access.openers, [kind])
    return letters[-1] if letters else None


def _cited(answer: Letter) -> str:
    day = day_with_year(day_of(answer.written_at))
    before = f"您反映的这件事，{day}已经答复过您。这次没有新的情况，仍按原来的答复办。"
    return f"{before}原来的答复是：\n{answer.text}"
