"""What people are told above their lists: changes that wait for them, what the command line gave,
that everybody was signed out, and who left their units. Asked anew each time: it comes without a
move in any room."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy.orm import Session

from admin.accounts.access import Access
from admin.accounts.guard import signed_in
from admin.accounts.reminders import Reminder
from admin.staffing.change_list import waiting_for
from admin.staffing.given_by_command import given_since, signed_out_since
from admin.staffing.left_behind import left_units
from admin.staffing.pages.blueprint import DECIDING, links
from portal.campaign.book import Book
from portal.foundation.staff import Role

_ROOM = "人员"


def told(session: Session, access: Access, book: Book) -> Sequence[Reminder]:
    """The sentences for one person."""
    return list(_told(session, access, book))


def _told(session: Session, access: Access, book: Book) -> Iterator[Reminder]:
    staff = signed_in()
    if any(map(staff.holds, DECIDING)):
        waiting = len(waiting_for(session, book, staff))
        if waiting:
            yield Reminder(f"有{waiting}件人员变动等您定。", "warn", links().people(), _ROOM)
    if staff.holds(Role.OFFICE_HEAD):
        given = len(given_since(session))
        if given:
            sentence = f"命令行给过{given}次岗位或者登录，请看是不是该给的。"
            yield Reminder(sentence, "warn", links().people(), _ROOM)
        ended = len(signed_out_since(session))
        if ended:
            sentence = f"所有人被退出登录{ended}次，请看是谁办的、为什么。"
            yield Reminder(sentence, "warn", links().people(), _ROOM)
    left = left_units(session, access, open_only=True)
    if left:
        sentence = f"有{len(left)}位离岗的同志手里的事，请您看一遍。"
        yield Reminder(sentence, "warn", links().leavers(), _ROOM)
