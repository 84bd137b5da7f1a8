"""Alarms about reading, where people begin their day: above the list of cases, and on the auditor's
page. Never by mail, and never to whom they are about."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from flask import current_app
from sqlalchemy.orm import Session

from admin.accounts.access import Access
from admin.accounts.day_counts import day_counts
from admin.accounts.guard import signed_in
from admin.accounts.reminders import Reminder
from admin.system.readings import Alarm, Overseer, alarms_since
from admin.system.refusals_seen import RefusedOften, refused_often
from portal.campaign.book import Book
from portal.foundation import clock
from portal.foundation.day_counts import Refused
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
    since, overseer = clock.today() - _TOLD_FOR, Overseer.of(staff, book)
    often = refused_often(session, overseer, day_counts(), since)
    read = alarms_since(session, overseer, since)
    return [*map(sentence, read), *map(sentence_on_refusals, often)]


def sentence(one: Alarm) -> str:
    """An alarm in words, as much of it as its reader is told."""
    who = f"{one.name}{one.on.month}月{one.on.day}日"
    if one.day is None:
        return f"{who}打开的件比平时多得多，请问一问为什么。"
    outside = f"，其中上班时间以外{one.day.outside}件" if one.day.outside else ""
    return f"{who}打开了{one.day.cases}件{outside}，请问一问为什么。"


def sentence_on_refusals(one: RefusedOften) -> str:
    """The same of somebody who was refused often. What he asked for nobody knows."""
    day = f"{one.on.month}月{one.on.day}日"
    if one.what is Refused.SIGN_IN:
        return f"{one.name}的登录名{day}输错了{one.times}次，可能有人在猜密码，请问一问本人。"
    return f"{one.name}{day}有{one.times}次打开没有的或者不给他看的页面，请问一问为什么。"
