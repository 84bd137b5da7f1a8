"""What is missing before a problem can be struck off (逐一销号): the checklist of its page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.ledger.ledger_evidence import LedgerEvidence
from admin.ledger.ledger_text import LedgerTextKind
from admin.ledger.ledger_texts import Opened
from admin.ledger.measure import Measure
from admin.ledger.problem import Problem
from admin.ledger.rectifying import all_done, measures_of


@dataclass(frozen=True)
class Item:
    """One line of the checklist. What isn't `needed` hinders nobody, but the annexes ask for it."""

    text: str
    is_there: bool
    needed: bool = True


def checklist(session: Session, problem: Problem, texts: list[Opened]) -> list[Item]:
    """What striking off needs, in the order in which it comes to be."""
    measures = measures_of(session, problem)
    kinds = {one.kind for one in texts}
    named = {LedgerTextKind.LEADER, LedgerTextKind.PERSON} <= kinds
    sums = (problem.recovered, problem.paid_back)
    proofs = [one.id for one in texts if one.kind is LedgerTextKind.EVIDENCE]
    return [
        Item("有整改措施", bool(measures)),
        Item("每项措施都做完，写了证明", all_done(session, problem)),
        Item("单位负责人报了整改完成", problem.rectified_by is not None),
        _planned(measures, texts),
        Item("附了照片、材料", _have_files(session, proofs), needed=False),
        Item("责任领导、责任人写了", named, needed=False),
        *(
            [Item("追回、补发了多少，写了", any(s is not None for s in sums), needed=False)]
            if problem.amount
            else []
        ),
    ]


def _planned(measures: Sequence[Measure], texts: Sequence[Opened]) -> Item:
    """Whether each measure has its person and its day. Each is asked for both; one of earlier days,
    which may lack them, can't be changed any more, and so hinders nobody."""
    seen_to = {one.measure_id for one in texts if one.kind is LedgerTextKind.MEASURE_PERSON}
    lacking = "、".join(
        f"第{position}项"
        for position, one in enumerate(measures, start=1)
        if one.id not in seen_to or one.due_on is None
    )
    text = "每项措施写了谁负责、最迟哪天做完"
    if lacking:
        return Item(f"{text}（{lacking}没有写全）", is_there=False, needed=False)
    return Item(text, bool(measures), needed=False)


def _have_files(session: Session, texts: Sequence[int]) -> bool:
    """Whether files came with any of these texts. They prove what is written, and don't replace
    it: nobody searches a photograph."""
    wanted = select(LedgerEvidence.id).where(LedgerEvidence.text_id.in_(texts)).limit(1)
    return session.scalar(wanted) is not None
