"""What of a case waits for somebody's decision: whose it is, more time, declining."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from admin.desk.extending import Extendable, extendable
from admin.desk.proposal import What
from admin.desk.proposing import pending
from admin.desk.returning import needs_arbiter
from intake.cases.case import Case
from intake.correspondence import Letter
from intake.enclosing import Enclosed
from intake.rules.lifecycle import MOVES, State
from portal.campaign.book import Book

_WAITING = frozenset({State.REGISTERED, State.RETURNED})


@dataclass(frozen=True)
class Proposed:
    """What a second person has to agree to, in words, and the files that would go along."""

    text: str
    files: tuple[Enclosed, ...]


@dataclass(frozen=True)
class ToDecide:
    """`waits`: somebody has to give the case to a unit; `may_be_given`: he still can;
    `needs_arbiter`: it is the arbiter's turn to say whose it is. `extendable` is the clock that may
    be given more time, `proposed` what a second person has to agree to, with the reasons."""

    waits: bool
    may_be_given: bool
    needs_arbiter: bool
    extendable: Extendable | None
    proposed: Mapping[What, Proposed]

    @classmethod
    def of(cls, session: Session, case: Case, book: Book, letters: Sequence[Letter]) -> ToDecide:
        """What waits in a case whose letters were opened."""
        return cls(
            waits=case.state in _WAITING,
            may_be_given=case.state in MOVES["assign"].sources,
            needs_arbiter=needs_arbiter(case),
            extendable=extendable(session, case, book),
            proposed=_proposed(session, case, letters),
        )


def _proposed(session: Session, case: Case, letters: Sequence[Letter]) -> dict[What, Proposed]:
    """What is proposed and not decided yet, in words; only where its reason may be read."""
    reasons = {one.id: one for one in letters}
    found = {}
    for what in What:
        proposal = pending(session, case, what)
        if proposal and proposal.message_id in reasons:
            how_long = f"多用{proposal.days}天：" if proposal.days else ""
            ground = f"{proposal.ground.official}。" if proposal.ground else ""
            reason = reasons[proposal.message_id]
            found[what] = Proposed(how_long + ground + reason.text, reason.files)
    return found
