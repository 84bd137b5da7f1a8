"""Alarms about reading, where people begin their day: above the list of cases, and on the auditor's
page. Never by mail, and never to whom they are about."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from flask import current_app
from sqlalchemy.orm import Session

from admin.accounts.access import Access
from admin.accounts.guard import signed_in
from admin.accounts.reminders import Reminder
from admin.system.readings import Alarm, Overseer, alarms_since
from portal.campaign.book import Book
from portal.foundation import clock
from portal.foundation.staff import Staff

# Long enough for whoever was away, short enough that the list is read.
_TOLD_FOR = timedelta(days=7)


def reminders(session: Session, _access: Access, book: Book) -> Sequence[Reminder]:
    """What stands above the list of cases, counted anew each time: an alarm is no move of any room,
    and a case that comes to bar its reader may end it for him."""
    href = current_app.extensions["links"].readings()
    told = sentences_for(session, signed_in(), book)
    return [Reminder(sentence, "warn", href, "留痕") for sentence in told]


def sentences_for(session: Session, staff: Staff, book: Book) -> list[str]:
    """A sentence for each alarm of the last days."""
    since = clock.today() - _TOLD_FOR
    return [sentence(one) for one in alarms_since(session, Overseer.of(staff, book), since)]


def sentence(one: Alarm) -> str:
    """An alarm in words, as much of it as its reader is told."""
    who = f"{one.name}{one.on.month}月{one.on.day}日"
    if one.day is None:
        return f"{who}打开的件比平时多得多，请问一问为什么。"
    outside = f"，其中上班时间以外{one.day.outside}件" if one.day.outside else ""
    return f"{who}打开了{one.day.cases}件{outside}，请问一问为什么。"
