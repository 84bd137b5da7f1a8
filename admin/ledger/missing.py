"""What is missing before a problem can be struck off (逐一销号): the checklist of its page."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from admin.ledger.ledger_text import LedgerTextKind
from admin.ledger.ledger_texts import Opened
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
    kinds = {one.kind for one in texts}
    named = {LedgerTextKind.LEADER, LedgerTextKind.PERSON} <= kinds
    sums = (problem.recovered, problem.paid_back)
    return [
        Item("有整改措施", bool(measures_of(session, problem))),
        Item("每项措施都做完，写了证明", all_done(session, problem)),
        Item("单位负责人报了整改完成", problem.rectified_by is not None),
        Item("责任领导、责任人写了", named, needed=False),
        *(
            [Item("追回、补发了多少，写了", any(s is not None for s in sums), needed=False)]
            if problem.amount
            else []
        ),
    ]
