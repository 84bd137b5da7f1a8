"""Whom a mail tells that something waits because nobody can read the sealed class (密件)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from admin.accounts.access import Access
from admin.sealed_class.standing import Standing, concerns, standing_of
from portal.campaign.book import Book

_UNREAD = (Standing.NOT_FOUNDED, Standing.NO_READER)


def brings_work(session: Session, access: Access, book: Book, _since: datetime) -> bool:
    """Whether the class has no reader, for the office and for discipline inspection: they are told
    until it has one, whether or not any case is in it."""
    return concerns(access, book) and standing_of(session, book) in _UNREAD
