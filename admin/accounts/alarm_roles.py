"""Whom a campaign names for what no desk here may see."""

from __future__ import annotations

from portal.campaign.book import Book
from portal.foundation.staff import Role, Staff


def hears_alarms(staff: Staff, book: Book) -> bool:
    """Whether the campaign names one of this person's roles for the hand-over."""
    return any(staff.holds(Role(role)) for role in book.campaign.alarm_roles)
