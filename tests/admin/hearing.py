"""Who hears of what a room has laid before him: by mail, and above the list of his cases."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import event
from sqlalchemy.orm import Session

from admin.accounts.access import Access
from admin.accounts.posts import stamped_post
from portal.campaign.book import Book, book
from portal.foundation import clock
from portal.foundation.staff import Role
from tests.admin.house import PEOPLE, House

# Of the mail's question: whether a room has laid something before a person since a moment.
BringsWork = Callable[[Session, Access, Book, datetime], bool]


def hear(house: House, brings_work: BringsWork, *, since: datetime | None = None) -> set[str]:
    """Who would be mailed that a room has something new since then, or in the last minute."""
    moment = since or clock.now() - timedelta(minutes=1)
    with house.deployment.database.reading() as session:
        found = book(session)
        return {
            name
            for name in PEOPLE
            if brings_work(session, house.access(session, name), found, moment)
        }


def joins(house: House, name: str, unit: str) -> None:
    """Let somebody serve another unit, too, from now on."""
    with house.deployment.database.writing() as session:
        who = house.deployment.staff_id(session, name)
        session.add(stamped_post(session, who, unit, Role.OFFICER))


def cost(house: House, name: str, ask: Callable[[Session, Access, Book], object]) -> int:
    """How many queries it takes to ask something for a person."""
    statements: list[str] = []

    def note(*given: object) -> None:
        statements.append(str(given[2]))

    with house.deployment.database.reading() as session:
        access, found = house.access(session, name), book(session)
        event.listen(session.get_bind(), "before_cursor_execute", note)
        ask(session, access, found)
        event.remove(session.get_bind(), "before_cursor_execute", note)
    return len(statements)


def reads(house: House, name: str, sentence: str) -> bool:
    """Whether a sentence stands on the page of a person's cases."""
    return sentence in house.get(name, "/staff/cases")
