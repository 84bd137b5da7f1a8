"""What of the spot checks stands above the list of a person's cases."""

from __future__ import annotations

from sqlalchemy.orm import Session

from admin.accounts.access import Access
from admin.accounts.reminders import Reminder
from admin.spot_checks.pages.blueprint import links
from admin.spot_checks.waiting import count_units_to_do
from portal.campaign.book import Book


def reminders(session: Session, access: Access, book: Book) -> list[Reminder]:
    """The units that his teams still have to check."""
    left = count_units_to_do(session, access, book)
    sentence = f"重点抽查分给您查的单位，还有{left}个没查完。"
    return [Reminder(sentence, "warn", links().spot_checks(), "抽查")] if left else []
