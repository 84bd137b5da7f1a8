"""What of the summaries stands above the list of a person's cases."""

from __future__ import annotations

from flask import current_app
from sqlalchemy.orm import Session

from admin.accounts.access import Access
from admin.accounts.reminders import Reminder
from admin.summaries.waiting import owed_by
from portal.campaign.book import Book
from portal.foundation import clock
from portal.foundation.links import Links


def reminders(session: Session, access: Access, book: Book) -> list[Reminder]:
    """The parts that this person's units still owe."""
    links: Links = current_app.extensions["links"]
    found = []
    for one in owed_by(session, access, book):
        due, name = f"{one.due_on.month}月{one.due_on.day}日", one.planned.name
        if clock.today() > one.due_on:
            said, tone = f"{name}的材料过了{due}，还没有报。", "danger"
        else:
            said, tone = f"{name}的材料还没有报，{due}前要报。", "warn"
        href = links.summary_part(one.planned.key, one.unit)
        found.append(Reminder(said, tone, href, "总结"))
    return found
