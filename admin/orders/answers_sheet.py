"""The answers to a sender's orders as a spreadsheet, to be handed or uploaded to it: its number,
its days, how far each is, and what we answer."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Row
from sqlalchemy.orm import Session

from admin.accounts.access import Access
from admin.orders.order_list import Tab, Wanted, selected
from intake.bulk_reading import texts_of
from intake.cases.case import Case
from intake.cases.message import MessageKind
from intake.cases.order import Order
from intake.order_number import number_of
from intake.rules.lifecycle import State
from portal.foundation.spreadsheets import workbook_of

MOST_ROWS = 5_000
_AT_A_TIME = 500
_WIDTHS = {
    "编号": 24,
    "来处": 12,
    "交办日期": 12,
    "答复期限": 12,
    "办理情况": 12,
    "报回日期": 12,
    "答复": 80,
    "本平台编号": 16,
}
# The last of these is what the sender is told.
_TOLD = (MessageKind.ORDER_ANSWER, MessageKind.REPLY, MessageKind.NOTICE)


class TooMany(Exception):
    """There are more rows than one workbook holds; a shorter time or one sender has fewer."""


class AnswersWorkbook(NamedTuple):
    """The bytes of a workbook, and of how many orders it has a row."""

    content: bytes
    orders: int


def answers_workbook(session: Session, access: Access, wanted: Wanted) -> AnswersWorkbook:
    """A workbook of a list's orders, each a row, with the answer as far as this person reads it.

    Raises:
        TooMany: see there.
    """
    query = selected(access, wanted).order_by(Order.ordered_on, Case.number)
    rows = session.execute(query.limit(MOST_ROWS + 1)).all()
    if len(rows) > MOST_ROWS:
        raise TooMany
    content = workbook_of("报回", _WIDTHS, _lines(session, access, rows))
    return AnswersWorkbook(content, len(rows))


def _lines(
    session: Session, access: Access, rows: Sequence[Row[Any]]
) -> Iterator[Iterable[str | date | None]]:
    for begin in range(0, len(rows), _AT_A_TIME):
        some = rows[begin : begin + _AT_A_TIME]
        told = _told(session, access, [row.id for row in some])
        for row in some:
            order: Order = row.Order
            yield (
                number_of(session, order),
                order.source.official,
                order.ordered_on,
                order.wanted_by,
                state_words(row.state),
                order.answered_on,
                _answer(row.state, told.get(row.id, {})),
                row.number,
            )


def _told(
    session: Session, access: Access, cases: Collection[int]
) -> dict[int, dict[MessageKind, str]]:
    """The last text of each kind, by case."""
    found: dict[int, dict[MessageKind, str]] = {}
    for one in texts_of(session, cases, access.openers, _TOLD):
        if one.text is not None:
            found.setdefault(one.case_id, {})[one.kind] = one.text
    return found


def _answer(state: State, told: Mapping[MessageKind, str]) -> str:
    """What its sender is told; of what isn't answered yet, nothing."""
    answer = told.get(MessageKind.ORDER_ANSWER) or told.get(MessageKind.REPLY, "")
    if not answer and state is State.DECLINED:
        answer = told.get(MessageKind.NOTICE, "")
    return answer


def state_words(state: State) -> str:
    """How far an order's case is, for its sender."""
    words = {
        State.REPLIED: "已答复",
        State.CLOSED: "已办结",
        State.DECLINED: "不予受理",
        State.WITHDRAWN: "来件人撤回",
    }
    return words.get(state, "办理中")


def file_name(wanted: Wanted, today: date) -> str:
    """What the file is called: of whom, of which list, of which day."""
    source = wanted.source.value.replace("_", "-") if wanted.source else "orders"
    kind = "answered" if wanted.tab is Tab.ANSWERED else wanted.tab.value
    return f"{source}-{kind}-{today.isoformat()}.xlsx"
