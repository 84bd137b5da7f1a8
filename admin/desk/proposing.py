"""Proposing and deciding (报批、审批): what every two-person act has in common."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.desk.hand import Hand, NeedsSecondPerson, actors_of, check_version, settle, write
from admin.desk.proposal import Ground, Proposal, What
from intake import correspondence
from intake.attachments.stored_file import StoredFile
from intake.cases.case import Case
from intake.cases.event import record
from intake.cases.message import MessageKind
from intake.correspondence import Letter
from intake.rules.lifecycle import Actor, MoveNotAllowed
from portal.foundation import clock
from portal.foundation.database import remembered

DECIDES = frozenset({Actor.HEAD, Actor.OFFICE})
_PROPOSES = frozenset({Actor.OFFICER, Actor.HEAD})


@dataclass(frozen=True)
class Wanted:
    """What is asked for: `days` more for a `clock`, in its own unit; or to decline on a
    `ground`."""

    what: What
    clock: str | None = None
    days: int | None = None
    ground: Ground | None = None


def pending(session: Session, case: Case, what: What) -> Proposal | None:
    """The proposal that waits for a decision, of the unit that has the case now."""
    waiting = remembered(session, ("proposals", case.id), lambda: _undecided(session, case))
    its_own = (one for one in waiting if one.unit_code == case.unit_code)
    return next((one for one in its_own if one.what is what), None)


def _undecided(session: Session, case: Case) -> list[Proposal]:
    """All that wait for a decision about a case, the latest first."""
    wanted = select(Proposal).where(Proposal.case_id == case.id, Proposal.decided_at.is_(None))
    return list(session.scalars(wanted.order_by(Proposal.id.desc())))


def propose(
    session: Session,
    case: Case,
    hand: Hand,
    wanted: Wanted,
    *,
    reason: str,
    files: Sequence[StoredFile] = (),
) -> None:
    """Put a proposal before whoever decides; the reporter reads nothing of it yet, nor of its
    files.

    Raises:
        SomebodyWasFaster, NeedsText: see there.
        MoveNotAllowed: the actor's unit hasn't the case, or the same is proposed already.
    """
    check_version(case, hand)
    actors = actors_of(session, case, hand.access, hand.book)
    if not actors & _PROPOSES or pending(session, case, wanted.what):
        raise MoveNotAllowed(wanted.what)
    said = write(session, case, hand, MessageKind.PROPOSAL, reason, files)
    session.flush()
    session.add(
        Proposal(
            case_id=case.id,
            unit_code=case.unit_code,
            message_id=said.id,
            staff_id=hand.access.staff_id,
            made_at=clock.now(),
            **vars(wanted),
        )
    )
    facts: dict[str, Any] = {name: vars(wanted)[name] for name in ("what", "clock", "days")}
    by = hand.access.staff_id
    record(session, "proposed", case_id=case.id, by=by, **facts)
    settle(session, case, hand)


def to_decide(session: Session, case: Case, hand: Hand, what: What) -> Proposal:
    """The proposal that this person may decide on.

    Raises:
        SomebodyWasFaster: see there.
        MoveNotAllowed: nothing is proposed, or the actor is neither head nor office.
        NeedsSecondPerson: he proposed it himself.
    """
    check_version(case, hand)
    found = pending(session, case, what)
    actors = actors_of(session, case, hand.access, hand.book)
    if found is None or not actors & DECIDES:
        raise MoveNotAllowed(what)
    if found.staff_id == hand.access.staff_id:
        raise NeedsSecondPerson
    return found


def agree(session: Session, case: Case, hand: Hand, proposal: Proposal) -> Letter:
    """Agree to a proposal; returns its reason as it was written, with its files."""
    _decide(proposal, hand, agreed=True)
    letters = correspondence.read_as_unit(
        session, case, hand.access.openers, [MessageKind.PROPOSAL]
    )
    return next(one for one in letters if one.id == proposal.message_id)


def refuse(session: Session, case: Case, hand: Hand, what: What, *, reason: str) -> None:
    """Refuse what was proposed, with the reason; the case goes on as before.

    Raises:
        SomebodyWasFaster, MoveNotAllowed, NeedsSecondPerson, NeedsText: see there.
    """
    proposal = to_decide(session, case, hand, what)
    write(session, case, hand, MessageKind.REASON, reason)
    _decide(proposal, hand, agreed=False)
    record(session, "proposal_refused", case_id=case.id, by=hand.access.staff_id, what=what)
    settle(session, case, hand)


def _decide(proposal: Proposal, hand: Hand, *, agreed: bool) -> None:
    proposal.decided_by, proposal.decided_at = hand.access.staff_id, clock.now()
    proposal.agreed = agreed
