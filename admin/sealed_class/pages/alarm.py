"""What the office is told of the sealed class: that nobody reads it, or only one person. Never
whether any case waits there."""

from __future__ import annotations

from collections.abc import Sequence

from flask import current_app
from sqlalchemy.orm import Session

from admin.accounts.access import Access
from admin.accounts.reminders import Reminder
from admin.sealed_class.standing import Standing, concerns, standing_of
from portal.campaign.book import Book

_ROOM = "密件"
_SAID = {
    Standing.NOT_FOUNDED: (
        "密件还没有设好，反映办公室、它的上级和系统管理员的件没有人能看。请系统管理员设好，再请纪检监察确定两位阅读人。",
        "danger",
    ),
    Standing.NO_READER: (
        "密件还没有阅读人，反映办公室、它的上级和系统管理员的件没有人能看。请纪检监察确定两位阅读人。",
        "danger",
    ),
    Standing.ONE_READER: ("密件还没有第二位阅读人。请纪检监察再确定一位。", "warn"),
}


def alarms(session: Session, access: Access, book: Book) -> Sequence[Reminder]:
    """One sentence for whom it concerns."""
    said = _SAID.get(standing_of(session, book)) if concerns(access, book) else None
    if said is None:
        return []
    links = current_app.extensions["links"]
    href = links.sealed_class() if not access.as_office else links.office()
    return [Reminder(*said, href, _ROOM)]
