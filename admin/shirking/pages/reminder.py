"""What of the letters stands above the list of a person's cases."""

from __future__ import annotations

from flask import current_app
from sqlalchemy.orm import Session

from admin.accounts.access import Access
from admin.accounts.reminders import Reminder
from admin.shirking.waiting import letters_to_answer
from portal.campaign.book import Book
from portal.foundation import clock
from portal.foundation.links import Links


def reminders(session: Session, access: Access, _book: Book) -> list[Reminder]:
    """The letters that his units haven't answered."""
    left = letters_to_answer(session, access)
    if left is None:
        return []
    links: Links = current_app.extensions["links"]
    names = "、".join(f"{kind.official}{number}封" for kind, number in left.by_kind.items())
    due = f"{left.earliest.month}月{left.earliest.day}日"
    if left.earliest < clock.today():
        said, tone = f"{names}没有回复，最早的过了{due}。", "danger"
    else:
        said, tone = f"{names}等你们回复，最早的{due}前要回。", "warn"
    return [Reminder(said, tone, links.letters(), "函件")]
