"""What of the requests about one's own information stands above the list of a person's cases."""

from __future__ import annotations

from flask import current_app
from sqlalchemy.orm import Session

from admin.accounts.access import Access
from admin.accounts.reminders import Reminder
from admin.rights.waiting import requests_waiting
from portal.campaign.book import Book
from portal.foundation.links import Links


def reminders(session: Session, access: Access, book: Book) -> list[Reminder]:
    """Those that wait for his answer: past their date, near it, or for a second person."""
    left = requests_waiting(session, access, book)
    if left is None or not (left.late or left.near or left.proposed):
        return []
    links: Links = current_app.extensions["links"]
    said = [
        f"{count}条{words}"
        for count, words in (
            (left.late, "过了期限"),
            (left.near, "快到期"),
            (left.proposed, "等第二人看不同意的答复"),
        )
        if count
    ]
    tone = "danger" if left.late else "warn"
    return [Reminder(f"个人信息请求{'、'.join(said)}。", tone, links.rights_requests(), "个人信息")]
