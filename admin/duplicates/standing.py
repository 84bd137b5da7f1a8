"""What stands against tying two cases together: a refusal says why, and what to do instead."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.desk.hand import actors_of, decider_of
from admin.duplicates.pair import Pair
from intake import correspondence
from intake.cases.case import Case
from intake.cases.case_link import CaseLink, Relation
from intake.rules.lifecycle import MOVES, Actor, State
from intake.together import led_by, merger_of
from portal.campaign.kinds import Kind

_OF_THE_UNIT = frozenset({Actor.OFFICER, Actor.HEAD})
_ENDED = frozenset({State.CLOSED, State.DECLINED})


class Why(StrEnum):
    """Why two cases can't be tied together as somebody wants."""

    NOT_YOURS = "not_yours"
    FOR_THE_OFFICE = "for_the_office"
    ONE_MESSAGE = "one_message"
    TIP_OFF_APART = "tip_off_apart"
    LINKED = "linked"
    OTHER_KIND = "other_kind"
    OWN_ANSWER = "own_answer"
    NOT_ANY_MORE = "not_any_more"
    LEAD_IS_ANSWERED = "lead_is_answered"
    LEADS_OTHERS = "leads_others"
    ACCUSED = "accused"
    NOT_ANSWERED_YET = "not_answered_yet"
    ACCEPT_FIRST = "accept_first"
    NOT_TIED = "not_tied"
    TOO_MANY_PEOPLE = "too_many_people"

    @property
    def official(self) -> str:
        """The sentence on the page."""
        return _SENTENCES[self]


_SENTENCES = {
    Why.NOT_YOURS: "两件都由本单位承办，才能这样办。",
    Why.FOR_THE_OFFICE: "举报，和不在同一个单位的件，由办公室来定。需要的话，记一笔告诉办公室。",
    Why.ONE_MESSAGE: "这两件是同一条来件分出来的，本来就在一起，不用再并。",
    Why.TIP_OFF_APART: "举报只能和举报放在一起，免得从别的件认出举报人。",
    Why.LINKED: "这两件已经关联了。要换一种关联，先解除原来的。",
    Why.OTHER_KIND: (
        "两件的类别不同，期限和审核不一样，不能并。可以关联；类别不对的，由办公室先改类。"
    ),
    Why.OWN_ANSWER: "信息公开申请要一件一件答复，不能并。可以关联。",
    Why.NOT_ANY_MORE: "要并进去的一件已经审签、答复或者办完，不能再并。可以关联。",
    Why.LEAD_IS_ANSWERED: (
        "主件已经审签、答复或者办完，等不到它的答复了。可以关联；同一个人又来反映的，按重复件办。"
    ),
    Why.LEADS_OTHERS: "要并进去的一件自己还带着别的件。先把那些分出来，或者让它做主件。",
    Why.ACCUSED: "一件要回避的单位正在办另一件，不能并。",
    Why.NOT_ANSWERED_YET: "重复件要有一件已经办结，另一件还在办。都还在办的，可以并案。",
    Why.ACCEPT_FIRST: "后来的一件先签收、受理，再引用原来的答复；已经审签、答复的，不能再引用。",
    Why.NOT_TIED: "这两件现在没有这样连着。",
    Why.TOO_MANY_PEOPLE: (
        "几件来访并成一件联名信访，来的人合起来超过了代表的人数（《信访工作条例》第二十条）。"
        "请来访的人重新推选代表，再登记；不是一起提的，按“不同的人反映同一件事”并。"
    ),
}


class NotTogether(Exception):
    """Two cases can't be tied together so. `why` says what stands against it."""

    def __init__(self, why: Why) -> None:
        super().__init__(why)
        self.why = why


def refuse_if(why: Why | None) -> None:
    """Raises NotTogether where something stands against it."""
    if why:
        raise NotTogether(why)


def against_linking(session: Session, pair: Pair) -> Why | None:
    """What stands against linking two cases."""
    if link_of(session, pair):
        return Why.LINKED
    return _against_any(session, pair)


def against_a_repeat(session: Session, pair: Pair) -> Why | None:
    """What stands against calling the later of two cases a repeat of the earlier one: the earlier
    has to be answered, and the later not (信访工作条例 36)."""
    earlier, later = pair.both
    if has_tip_off(pair):
        return Why.TIP_OFF_APART
    if earlier.state not in _ENDED or not later.state.is_open:
        return Why.NOT_ANSWERED_YET
    return None


def against_merging(session: Session, pair: Pair, lead: Case) -> Why | None:
    """What stands against merging the other of two cases into this one."""
    merged = pair.beside(lead)
    if pair.this.kind is not pair.other.kind:
        return Why.TIP_OFF_APART if has_tip_off(pair) else Why.OTHER_KIND
    if lead.kind is Kind.DISCLOSURE_REQUEST:
        return Why.OWN_ANSWER
    if merged.state not in MOVES["merge"].sources:
        return Why.NOT_ANY_MORE
    if lead.state not in MOVES["merge"].sources:
        return Why.LEAD_IS_ANSWERED
    if led_by(session, merged):
        return Why.LEADS_OTHERS
    return _against_any(session, pair) or _against_units(session, pair)


def against_parting(session: Session, pair: Pair) -> Why | None:
    """What stands against taking one of two cases out of the other."""
    if merged_of(session, pair) is None:
        return Why.NOT_TIED
    return _against_persons(session, pair) or _against_units(session, pair, bars=False)


def against_unlinking(session: Session, pair: Pair) -> Why | None:
    """What stands against ending a link."""
    return _against_persons(session, pair) if link_of(session, pair) else Why.NOT_TIED


def link_of(session: Session, pair: Pair) -> CaseLink | None:
    """The link between two cases."""
    earlier, later = pair.both
    wanted = select(CaseLink).where(
        CaseLink.earlier_id == earlier.id,
        CaseLink.later_id == later.id,
        CaseLink.ended_at.is_(None),
    )
    return session.scalars(wanted).first()


def merged_of(session: Session, pair: Pair) -> Case | None:
    """Which of two cases waits for the other one's reply."""
    for case in pair.both:
        merger = merger_of(session, case)
        if case.state is State.MERGED and merger and merger.lead_id == pair.beside(case).id:
            return case
    return None


def relations(pair: Pair, *, merging: bool) -> list[Relation]:
    """How two cases can belong together. Of tip-offs it is never said that one person wrote
    both."""
    if has_tip_off(pair):
        return [Relation.SAME_MATTER]
    if not merging:
        return [Relation.REPEAT, Relation.SAME_PERSON, Relation.SAME_MATTER]
    joint = [Relation.JOINT] if pair.this.kind is Kind.PETITION else []
    return [Relation.SAME_PERSON, Relation.SAME_MATTER, *joint]


def has_tip_off(pair: Pair) -> bool:
    """Whether one of two cases is a tip-off."""
    return pair.this.is_tip_off or pair.other.is_tip_off


def _against_any(session: Session, pair: Pair) -> Why | None:
    if len({case.part_of_id or case.id for case in pair.both}) == 1:
        return Why.ONE_MESSAGE
    if pair.this.is_tip_off != pair.other.is_tip_off:
        return Why.TIP_OFF_APART
    return _against_persons(session, pair)


def _against_persons(session: Session, pair: Pair) -> Why | None:
    """Whether somebody handles both; tip-offs, whether he decides about both."""
    access, book = pair.hand.access, pair.hand.book
    hats = [actors_of(session, case, access, book) for case in pair.both]
    if not all(hats):
        return Why.NOT_YOURS
    if has_tip_off(pair) and not all(Actor.OFFICE in one for one in hats):
        return Why.FOR_THE_OFFICE
    return None


def _against_units(session: Session, pair: Pair, *, bars: bool = True) -> Why | None:
    """Cases of different units are put together by who decides about both, and never where one
    accuses the unit of the other."""
    access, book = pair.hand.access, pair.hand.book
    if pair.in_one_unit:
        return None
    if not all(access.decides(decider_of(session, case, book)) for case in pair.both):
        return Why.FOR_THE_OFFICE
    barred = {code for c in pair.both for code in _barred(session, c, pair)} if bars else set()
    return Why.ACCUSED if barred & {case.unit_code for case in pair.both} else None


def _barred(session: Session, case: Case, pair: Pair) -> frozenset[str]:
    return frozenset(correspondence.handling_of(session, case, pair.hand.book).barred)
