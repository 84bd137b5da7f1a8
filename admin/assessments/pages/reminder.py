"""What of the assessments stands above the list of a person's cases."""

from __future__ import annotations

from sqlalchemy.orm import Session

from admin.accounts.access import Access
from admin.accounts.reminders import Reminder
from admin.assessments.pages.blueprint import links
from admin.assessments.waiting import asked_of
from portal.campaign.book import Book


def reminders(session: Session, access: Access, book: Book) -> list[Reminder]:
    """The lists whose number is asked for, and the rows that he hasn't asked."""
    asked = asked_of(session, access, book)
    lists, rows = sum(not one.rows for one in asked), sum(one.rows for one in asked)
    sentences = [
        *([f"成效评估要你们报名单行数，还有{lists}份没报。"] if lists else []),
        *([f"成效评估分给您访的，还有{rows}户没访。"] if rows else []),
    ]
    return [Reminder(one, "warn", links().assessments(), "评估") for one in sentences]
