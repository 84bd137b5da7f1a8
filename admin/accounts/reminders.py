"""What rooms remind people of, over the list of their cases. Each hands its maker in as the
application is put together; the desk knows none of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask import Flask, current_app
from sqlalchemy.orm import Session

from admin.accounts.access import Access
from admin.accounts.until_next_move import until_next_move
from portal.campaign.book import Book, campaign_revision

_KEY = "desk_reminders"
_ASKED_EACH_TIME = "desk_alarms"


@dataclass(frozen=True)
class Reminder:
    """One sentence, how urgent it is, where it leads, and what that room is called."""

    sentence: str
    tone: str
    href: str
    room: str


Maker = Callable[[Session, Access, Book], Sequence[Reminder]]


def add_reminder(app: Flask, maker: Maker) -> None:
    """Let a room remind people."""
    app.extensions.setdefault(_KEY, []).append(maker)


def add_alarm(app: Flask, maker: Maker) -> None:
    """Let a room tell people what may come and go without a move in any room. It is asked each
    time, above every list: one small query where there is nothing to tell."""
    app.extensions.setdefault(_ASKED_EACH_TIME, []).append(maker)


def reminders_of(session: Session, access: Access, book: Book) -> list[Reminder]:
    """What this person is reminded of, read anew once something moved in one of the rooms; and what
    he is told besides, as it is now."""
    extensions = current_app.extensions
    makers: list[Maker] = extensions.get(_KEY, [])
    alarms: list[Maker] = extensions.get(_ASKED_EACH_TIME, [])
    kept = until_next_move(
        session,
        ("reminders", access, campaign_revision(session)),
        lambda: [one for make in makers for one in make(session, access, book)],
    )
    return [*kept, *(one for make in alarms for one in make(session, access, book))]
