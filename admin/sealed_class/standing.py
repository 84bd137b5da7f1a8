"""How it stands with the sealed class (密件): whether it is founded, and who reads it. Never
whether any case is in it."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from admin.accounts.access import Access
from admin.accounts.posts import only_stamped
from admin.sealed_class.sealed_reader import SealedReader
from intake.vault.class_key import class_key, is_founded
from portal.campaign.book import Book, book
from portal.foundation.staff import Post, Role, Staff

# Two, so that one may be ill, on leave, or named himself.
ENOUGH = 2


class Standing(StrEnum):
    """What `/readyz` says of the class."""

    NOT_FOUNDED = "sealed class not founded"
    NO_READER = "sealed class has no reader"
    ONE_READER = "sealed class has one reader"
    OK = "ok"


def standing_of(session: Session, found: Book) -> Standing:
    """How it stands."""
    if not is_founded(session) or class_key(session) is None:
        return Standing.NOT_FOUNDED
    count = len(readers(session, found))
    if not count:
        return Standing.NO_READER
    return Standing.OK if count >= ENOUGH else Standing.ONE_READER


def state_of_class(session: Session) -> str:
    """The same for `/readyz`: with one reader everything works."""
    standing = standing_of(session, book(session))
    return "ok" if standing is Standing.ONE_READER else standing.value


def concerns(access: Access, found: Book) -> bool:
    """Whether somebody is told how it stands: the office, and discipline inspection, which can do
    something about it."""
    return access.as_office or found.campaign.discipline_code in access.desks


def readers(session: Session, found: Book) -> list[Staff]:
    """Who reads the class: whoever left his post or works here no more doesn't."""
    code = found.campaign.discipline_code
    posted = exists().where(
        Post.staff_id == Staff.id, Post.unit_code == code, Post.role == Role.DISCIPLINE
    )
    wanted = (
        select(Staff)
        .join(SealedReader, SealedReader.staff_id == Staff.id)
        .where(Staff.active, posted)
        .order_by(Staff.display_name, Staff.id)
    )
    return [one for one in session.scalars(wanted) if may_read(only_stamped(session, one), found)]


def may_read(staff: Staff, found: Book) -> bool:
    """Whether somebody's post lets him be a reader."""
    return found.campaign.discipline_code in staff.units_as(Role.DISCIPLINE)


def colleagues(session: Session, found: Book) -> list[Staff]:
    """Who could become a reader: the people of discipline inspection who are none."""
    there = {one.id for one in readers(session, found)}
    wanted = select(Staff).where(Staff.active).order_by(Staff.display_name, Staff.id)
    posted = wanted.where(Staff.posts.any(Post.unit_code == found.campaign.discipline_code))
    people = (only_stamped(session, one) for one in session.scalars(posted))
    return [one for one in people if one.id not in there and may_read(one, found)]
