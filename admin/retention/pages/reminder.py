"""What stands above the list of cases of whoever decides: that something will be destroyed soon."""

from __future__ import annotations

from sqlalchemy.orm import Session

from admin.accounts.access import Access
from admin.accounts.reminders import Reminder
from admin.retention.destruction_list import new_on_list
from admin.retention.pages.blueprint import links
from admin.retention.sealed_notice import sealed_on_list
from portal.campaign.book import Book


def reminders(session: Session, access: Access, book: Book) -> list[Reminder]:
    """How many came onto the list within a week, so that nobody has to look every day. Of sealed
    ones how many stand there, for the whole time: one has to unlock them to see which."""
    found = []
    if count := _fresh(session, access, book):
        said = f"{count}件快到保存期限，或者来件人要求删除，快要销毁。不能销毁的，先暂停。"
        found.append(Reminder(said, "plain", links().retention(), "到期销毁"))
    if sealed := sealed_on_list(session, access, book):
        said = (
            f"密件{sealed}件快到保存期限，或者来件人要求删除。请阅读人打开密件，不能销毁的先暂停。"
        )
        found.append(Reminder(said, "plain", links().sealed_class(), "打开密件"))
    return found


def _fresh(session: Session, access: Access, book: Book) -> int:
    if not access.as_office and not access.stands_in_for:
        return 0
    return new_on_list(session, access, book)
