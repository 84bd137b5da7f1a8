"""Merging a case into another one (并案), which is answered for both, and taking it out again.

Nothing that one reporter wrote comes before another, and no unit sees more than before: what the
two cases have in common from now on is the lead's reply and whom they are kept from.
"""

from __future__ import annotations

from sqlalchemy.orm import Session

from admin.desk.hand import move, write
from admin.desk.recusing import follow
from admin.duplicates.linking import new_key
from admin.duplicates.pair import Pair
from admin.duplicates.representatives import too_many
from admin.duplicates.standing import (
    Why,
    against_merging,
    against_parting,
    merged_of,
    refuse_if,
    relations,
)
from intake import correspondence, together
from intake.cases.case import Case
from intake.cases.case_link import Relation
from intake.cases.event import record
from intake.cases.merger import Merger
from intake.cases.message import MessageKind
from intake.dates import clocks_of, happened
from intake.rules.clocks import Running, answer_promised
from portal.foundation import clock

_MERGED = (
    "您反映的这件，和反映同一件事的另一件一起办。办好以后，答复会写在这里。"
    "有新的情况，随时可以补充。"
)
_PARTED = "您反映的这件，现在单独办。办好以后，答复会写在这里。"


def merge(session: Session, pair: Pair, lead: Case, how: Relation, *, reason: str) -> None:
    """Merge the other of two cases into this one. Whom one of them accuses is kept from both; the
    lead is due when the first of their reporters was promised an answer.

    Raises:
        SomebodyWasFaster, NeedsText: see there.
        NotTogether: something stands against it.
    """
    pair.check_versions()
    refuse_if(against_merging(session, pair, lead))
    refuse_if(None if how in relations(pair, merging=True) else Why.OTHER_KIND)
    case = pair.beside(lead)
    joint = how is Relation.JOINT
    crowd = joint and too_many(session, lead, case, pair.hand.book)
    refuse_if(Why.TOO_MANY_PEOPLE if crowd else None)
    pair.keep_reason(session, case, reason)
    merger = _merger(pair, case, lead, how)
    session.add(merger)
    answer = _answer(session, pair, case)
    move(session, case, pair.hand_for(case), "merge", merger=merger.key)
    _promise(session, pair, lead, merger, answer)
    _tell(session, pair, case, _MERGED)
    follow(session, case, pair.hand)
    pair.settle(session)


def take_out(session: Session, pair: Pair, *, reason: str) -> None:
    """Take one of two cases out of the other: it is where it was before, with the dates that it
    would have had. Whom the two were kept from stays barred from both, since what was written
    meanwhile may speak of either.

    Raises:
        SomebodyWasFaster, NeedsText: see there.
        NotTogether: neither is merged into the other, or he may not part them.
    """
    pair.check_versions()
    refuse_if(against_parting(session, pair))
    case = merged_of(session, pair)
    if case is None:
        return
    pair.keep_reason(session, case, reason)
    together.part(session, case, pair.hand.book, by=pair.hand.access.staff_id)
    _tell(session, pair, case, _PARTED)
    correspondence.rewrap(session, case, pair.hand.book)
    pair.settle(session)


def _merger(pair: Pair, case: Case, lead: Case, how: Relation) -> Merger:
    return Merger(
        key=new_key("BA"),
        case_id=case.id,
        lead_id=lead.id,
        how=how,
        former_state=case.state,
        unit_code=case.unit_code,
        merged_by=pair.hand.access.staff_id,
        merged_at=clock.now(),
    )


def _answer(session: Session, pair: Pair, case: Case) -> Running | None:
    """The clock by which a reporter was promised his answer."""
    running = clocks_of(pair.hand.book, case.kind, case.identity, happened(session, case))
    return answer_promised(running)


def _promise(
    session: Session, pair: Pair, lead: Case, merger: Merger, answer: Running | None
) -> None:
    """Have the lead answer by the day that the other reporter was told."""
    record(
        session,
        "joined",
        case_id=lead.id,
        by=pair.hand.access.staff_id,
        merger=merger.key,
        clock=answer.clock if answer else None,
        due_on=answer.working.due_on.isoformat() if answer else None,
    )


def _tell(session: Session, pair: Pair, case: Case, words: str) -> None:
    """Tell a reporter. That somebody else tipped off the same isn't for who tips off."""
    if not case.is_tip_off:
        write(session, case, pair.hand, MessageKind.NOTICE, words)
