"""What of the monthly returns stands above the list of a person's cases."""

from __future__ import annotations

from collections import Counter

from flask import current_app
from sqlalchemy.orm import Session

from admin.accounts.access import Access
from admin.accounts.reminders import Reminder
from admin.returns.waiting import count_to_receive, outstanding
from portal.campaign.book import Book
from portal.campaign.return_rule import Period
from portal.foundation import clock
from portal.foundation.links import Links

_ROOM = "月报"


def reminders(session: Session, access: Access, book: Book) -> list[Reminder]:
    """What is still to be returned, the newest month by itself, and what waits to be received."""
    if not book.campaign.returns:
        return []
    links: Links = current_app.extensions["links"]
    left = Counter(
        one.period for one in outstanding(session, book, access.fieldwork, clock.today())
    )
    found = [Reminder(*_said(left), links.returns(), _ROOM)] if left else []
    waiting = 0 if access.as_office else count_to_receive(session, access)
    if waiting:
        sentence = f"有{waiting}份月报等你们接收。"
        found.append(Reminder(sentence, "plain", links.returns_that_came(), _ROOM))
    return found


def _said(left: Counter[Period]) -> tuple[str, str]:
    newest = max(left)
    due = f"{newest.due_on.month}月{newest.due_on.day}日"
    if clock.today() > newest.due_on:
        said, tone = f"{newest.name}的月报过了{due}，还有{left[newest]}份没有报。", "danger"
    else:
        said, tone = f"{newest.name}的月报还有{left[newest]}份没报，{due}前要报。", "warn"
    earlier = left.total() - left[newest]
    return (f"{said}以前的月份，还有{earlier}份。", "danger") if earlier else (said, tone)
