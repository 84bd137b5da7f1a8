"""What desks do with a case, one step on each of some days, until it is closed: most of it in time,
some late, some returned and some sent back."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from admin.accounts.access import Access
from admin.demonstration.half_year.cast import Desk
from admin.demonstration.half_year.formal_answers import issue_what_is_owed
from admin.demonstration.half_year.from_cases import perhaps_find
from admin.demonstration.half_year.stage import MARK, Sitting
from admin.desk import asking, casework
from admin.desk.another_officer import leaves_it_to_others
from admin.desk.hand import Hand, decider_of, settle
from admin.desk.returning import last_day_to_return, needs_arbiter, return_to_office
from admin.desk.sorting import Ruling, sort_case
from intake import correspondence
from intake.cases.case import Case
from intake.dates import happened
from intake.objection import object_to_answer, objects_until
from intake.progress import look_up
from intake.rules.lifecycle import State
from portal.campaign.in_charge import InCharge
from portal.campaign.kinds import Kind
from portal.foundation.staff import Staff

_RETURNED, _SENT_BACK, _OBJECTING, _SLOW = 0.05, 0.04, 0.05, 0.1
_DRAFT = f"{MARK}我们查了发放记录：新卡号没有及时录入。现在已经录入，少发的会一起补上。"


def go_on(sitting: Sitting, case_id: int) -> None:
    """Take the next step of a case, and put the one after it on the agenda. A case that nobody
    here can act on stays where it is."""
    case = sitting.session.get_one(Case, case_id)
    step, desk = _STEPS.get(case.state), sitting.cast.desks.get(case.unit_code)
    decider = sitting.cast.desks.get(decider_of(sitting.session, case, sitting.book))
    if step is None or desk is None or decider is None:
        return
    step(sitting, case, desk, decider)
    slow = sitting.dice.happens(_SLOW)
    sitting.later(*((8, 15) if slow else (1, 3)), partial(go_on, case_id=case_id))


def object_to(sitting: Sitting, code: str) -> None:
    """Let a reporter who may object do so, once in a while."""
    if not sitting.dice.happens(_OBJECTING):
        return
    found = look_up(sitting.session, code, to_change=True)
    if objects_until(sitting.session, found.case, sitting.book) is None:
        return
    case = object_to_answer(sitting.session, found, f"{MARK}钱还是没有到账，请再查一次。")
    sitting.later(1, 2, partial(go_on, case_id=case.id))


def _sort(sitting: Sitting, case: Case, _desk: Desk, decider: Desk) -> None:
    """The body that decides gives it to whoever is in charge and isn't accused."""
    barred = correspondence.handling_of(sitting.session, case, sitting.book).barred
    charges = InCharge(sitting.book, sitting.day).of(
        policy=case.policy_code, problem=case.problem_code
    )
    campaign = sitting.book.campaign
    wanted = [*(one.unit.code for one in charges), campaign.lead_code]
    unit = next((code for code in wanted if code in sitting.cast.desks and code not in barred), "")
    arbiter = f"{MARK}按职责，由这家办。" if needs_arbiter(case) else ""
    ruling = Ruling(case.kind, case.policy_code, case.problem_code, unit=unit, arbiter=arbiter)
    sort_case(sitting.session, case, _hand(sitting, decider.officer, case), ruling)
    if case.state in {State.REGISTERED, State.RETURNED}:
        # Everybody else is accused: whoever decides has it himself.
        hand = _hand(sitting, decider.officer, case)
        casework.give(sitting.session, case, hand, case.unit_code)
        settle(sitting.session, case, hand)


def _sign_for(sitting: Sitting, case: Case, desk: Desk, decider: Desk) -> None:
    if case.is_tip_off and not casework.looked_at(sitting.session, case):
        casework.look(sitting.session, case, _hand(sitting, decider.officer, case))
    casework.sign_for(sitting.session, case, _hand(sitting, desk.officer, case))


def _accept_or_return(sitting: Sitting, case: Case, desk: Desk, _decider: Desk) -> None:
    hand = _hand(sitting, desk.officer, case)
    if _may_be_returned(sitting, case) and sitting.dice.happens(_RETURNED):
        reason = f"{MARK}这项补贴不归我们管。"
        return_to_office(sitting.session, case, hand, reason=reason)
        return
    if case.kind is Kind.DISCLOSURE_REQUEST and not _is_received(sitting, case):
        asking.confirm_receipt(sitting.session, case, hand)
    casework.accept(sitting.session, case, _hand(sitting, desk.officer, case))


def _is_received(sitting: Sitting, case: Case) -> bool:
    """Whether its receipt was confirmed already, before it was opened again."""
    return any(one.name == "received" for one in happened(sitting.session, case))


def _may_be_returned(sitting: Sitting, case: Case) -> bool:
    decided = case.arbitrated or case.unit_code == decider_of(sitting.session, case, sitting.book)
    return not decided and sitting.day <= last_day_to_return(sitting.session, case, sitting.book)


def _draft(sitting: Sitting, case: Case, desk: Desk, _decider: Desk) -> None:
    writers = (
        one for one in desk.writers if not leaves_it_to_others(sitting.session, case, one.id)
    )
    writer = next(writers, desk.officer)
    casework.draft_reply(sitting.session, case, _hand(sitting, writer, case), _DRAFT)


def _sign_or_send_back(sitting: Sitting, case: Case, desk: Desk, _decider: Desk) -> None:
    hand = _hand(sitting, desk.head, case)
    if sitting.dice.happens(_SENT_BACK):
        reason = f"{MARK}请写清楚补到哪个月。"
        casework.send_back(sitting.session, case, hand, reason=reason)
    elif case.kind in {Kind.TIP_OFF, Kind.PETITION}:
        casework.sign_reply(sitting.session, case, hand)
    else:
        _send(sitting, case, desk, desk.head)


def _release(sitting: Sitting, case: Case, desk: Desk, decider: Desk) -> None:
    _send(sitting, case, desk, decider.head)


def _send(sitting: Sitting, case: Case, desk: Desk, sender: Staff) -> None:
    writer, signer = (_hand(sitting, one, case) for one in (desk.officer, desk.head))
    issue_what_is_owed(sitting.session, case, writer=writer, signer=signer)
    casework.send_reply(sitting.session, case, _hand(sitting, sender, case))


def _close(sitting: Sitting, case: Case, desk: Desk, _decider: Desk) -> None:
    casework.close(sitting.session, case, _hand(sitting, desk.officer, case))
    perhaps_find(sitting, case)


def _hand(sitting: Sitting, staff: Staff, case: Case) -> Hand:
    # The next step asks what happened so far, so this one's message must be stored.
    sitting.session.flush()
    return Hand(Access.of(staff, sitting.book, unlocked=True), sitting.book, case.version)


_Step = Callable[[Sitting, Case, Desk, Desk], None]
_STEPS: dict[State, _Step] = {
    State.REGISTERED: _sort,
    State.RETURNED: _sort,
    State.ASSIGNED: _sign_for,
    State.SIGNED_FOR: _accept_or_return,
    State.ACCEPTED: _draft,
    State.DRAFTED: _sign_or_send_back,
    State.REVIEWED: _release,
    State.REPLIED: _close,
}
