"""An order before whoever answers it, and doing something with it: every page about one order
stands on this."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask import abort
from sqlalchemy.orm import Session

from admin.accounts.access import NoSuchCase, find_case
from admin.desk.case_file import CaseFile, read_case
from admin.desk.hand import Hand, SomebodyWasFaster
from admin.desk.order_facts import OrderFacts
from admin.desk.pages.desk import Desk
from admin.desk.pages.forms import ActForm
from admin.orders.answering import last_answer
from intake.cases.case import Case, Identity
from intake.rules.lifecycle import MoveNotAllowed
from portal.foundation.database import reading, writing

LATE = "您打开这一页以后，这件有了变化。看一看现在是什么样，还要办就再按一次。"
OVER = "这件现在不能这样办：已经报回过，或者您不管这一件。"
OrderAct = Callable[[Session, Case, Hand], None]


@dataclass(frozen=True)
class OrderPaper:
    """An order before whoever answers it. `answer` is what its writer was replied last."""

    desk: Desk
    file: CaseFile
    order: OrderFacts
    answer: str

    @classmethod
    def read(cls, number: str) -> OrderPaper:
        """The order of a case; for whoever doesn't answer it, it doesn't exist."""
        with reading() as session:
            desk = Desk.of(session)
            try:
                file = read_case(session, desk.access, desk.book, number)
            except NoSuchCase:
                abort(404)
            if file.order is None or not file.order.decides:
                abort(404)
            hand = Hand(desk.access, desk.book, file.case.version)
            return cls(desk, file, file.order, last_answer(session, file.case, hand))

    @property
    def is_open(self) -> bool:
        """Whether its sender still waits."""
        return self.order.answered_on is None

    @property
    def has_citizen(self) -> bool:
        """Whether there is somebody to hand a receipt to."""
        return self.file.case.identity is not Identity.ANONYMOUS

    @property
    def seen(self) -> dict[str, str]:
        """What every form carries."""
        return {"version": str(self.file.case.version)}


def do(paper: OrderPaper, form: ActForm, act: OrderAct) -> str:
    """Do an act on a case; why it couldn't be done, empty where it was."""
    try:
        with writing() as session:
            number = paper.file.case.number
            case = find_case(session, paper.desk.access, number, to_change=True)
            act(session, case, Hand(paper.desk.access, paper.desk.book, form.seen))
    except NoSuchCase:
        abort(404)
    except SomebodyWasFaster:
        return LATE
    except MoveNotAllowed:
        return OVER
    return ""


def again(number: str, form: ActForm) -> OrderPaper:
    """The order as it is now, under what was typed."""
    paper = OrderPaper.read(number)
    form.version.data = str(paper.file.case.version)
    return paper
