"""The hours of a working day in which somebody is reminded or told of something, by the campaign's
own rule."""

from __future__ import annotations

from datetime import datetime

from portal.campaign.book import Book
from portal.foundation.clock import SHANGHAI


def is_office_hour(moment: datetime, book: Book) -> bool:
    """Whether a moment lies in the hours of a working day in which reminders go out."""
    local, rule = moment.astimezone(SHANGHAI), book.campaign.reminders
    if not rule or not book.calendar.is_working(local.date()):
        return False
    return bool(rule["from"] <= local.hour < rule["to"])


def may_be_told(moment: datetime, book: Book) -> bool:
    """Whether a citizen may be texted at a moment: in office hours, or at any time where the
    campaign has none."""
    return not book.campaign.reminders or is_office_hour(moment, book)
