"""What stands above the list of cases of whoever decides: that something will be destroyed soon."""

from __future__ import annotations

from sqlalchemy.orm import Session

from admin.accounts.access import Access
from admin.accounts.reminders import Reminder
from admin.retention.destruction_list import new_on_list
from admin.retention.pages.blueprint import links
from portal.campaign.book import Book


def reminders(session: Session, access: Access, book: Book) -> list[Reminder]:
    """How many came onto the list within a week, so that nobody has to look every day."""
    if not access.as_office and not access.stands_in_for:
        return []
    count = new_on_list(session, access, book)
    if not count:
        return []
    said = f"{count}件快到保存期限，到期销毁。不能销毁的，先暂停。"
    return [Reminder(said, "plain", links().retention(), "到期销毁")]
