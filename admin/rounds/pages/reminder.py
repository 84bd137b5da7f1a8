"""What of the rounds stands above the list of a person's cases."""

from __future__ import annotations

from sqlalchemy.orm import Session

from admin.accounts.access import Access
from admin.accounts.reminders import Reminder
from admin.rounds.pages.blueprint import links
from admin.rounds.waiting import orders_to_do
from portal.campaign.book import Book
from portal.foundation import clock


def reminders(session: Session, access: Access, _book: Book) -> list[Reminder]:
    """The orders that his units haven't reported."""
    left = orders_to_do(session, access)
    if left is None:
        return []
    due = f"{left.earliest.month}月{left.earliest.day}日"
    if left.earliest < clock.today():
        said, tone = f"督导交代的事有{left.number}件没报，最早的过了{due}。", "danger"
    else:
        said, tone = f"督导交代的事有{left.number}件没报，最早的{due}前要报。", "warn"
    back = f"退回再办的{left.sent_back}件。" if left.sent_back else ""
    return [Reminder(said + back, tone, links().supervision_rounds(), "督导")]
