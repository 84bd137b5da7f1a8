"""Where else something that is published stands: the government's own portal, the press (plan
五(二)1, 六(二))."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from urllib.parse import urlsplit

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    String,
    and_,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal.foundation import clock
from portal.foundation.database import Base, choice

_MONTH = re.compile(r"month=[0-9]{4}-[0-9]{2}")


class OtherQuery(Exception):
    """Behind the "?" of an address stands something else than a month of figures."""


class StaysBecause(StrEnum):
    """Why a copy stays elsewhere though its page was taken down: one of a few."""

    PRINTED = "printed"
    BROADCAST = "broadcast"
    ARCHIVED = "archived"
    REFUSED = "refused"

    @property
    def official(self) -> str:
        """The words at the desk."""
        return {
            StaysBecause.PRINTED: "印在报纸、刊物上，收不回来",
            StaysBecause.BROADCAST: "电视、电台播过了，收不回来",
            StaysBecause.ARCHIVED: "那边按规定存档，不能撤",
            StaysBecause.REFUSED: "要求过撤，那边没有同意",
        }[self]


class Appearance(Base):
    """That the page under `path` of this site stood in an outlet from a Shanghai day on; `link`
    leads there, and is empty where it was printed or broadcast. A month's figures have their month
    in the path, as `month_path` says. `recorded_by` is the member of staff who put it there.

    Since `gone_on` the page that was copied stands here no more, and the copy is to be taken down
    there; `ended_on` is the Shanghai day on which it was, or on which was said why it `stays`.
    """

    __tablename__ = "appearance"
    __table_args__ = (
        CheckConstraint("(ended_on IS NULL) = (ended_by IS NULL)", name="ended_once"),
        CheckConstraint("ended_on IS NULL OR gone_on IS NOT NULL", name="ended_after_it_went"),
        CheckConstraint("stays IS NULL OR ended_on IS NOT NULL", name="stays_once_ended"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    path: Mapped[str] = mapped_column(String(120), index=True)
    outlet: Mapped[str] = mapped_column(String(80))
    link: Mapped[str] = mapped_column(String(400))
    appeared_on: Mapped[date]
    recorded_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    gone_on: Mapped[date | None]
    ended_on: Mapped[date | None]
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    stays: Mapped[StaysBecause | None] = mapped_column(choice(StaysBecause))


# What still stands elsewhere though its page was taken down here, and nobody said why.
TO_TAKE_DOWN = and_(Appearance.gone_on.is_not(None), Appearance.ended_on.is_(None))


def month_path(month: date) -> str:
    """The path under which a month's figures are read."""
    return f"/figures?month={month:%Y-%m}"


def path_in_address(address: str) -> str:
    """The path under which what an address of this site leads to is recorded: a month's figures
    keep their month, everything else has none but its path. Empty where it is no address at all.

    Raises:
        OtherQuery: the address asks for part of a page, or for anything else behind "?".
    """
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    path = parts.path.rstrip("/")
    if not parts.query:
        return path
    month = _MONTH.fullmatch(parts.query)
    if path != "/figures" or month is None:
        raise OtherQuery(address)
    return f"{path}?{month[0]}"


def appearances_of(session: Session, *paths: str, on: date | None = None) -> Sequence[Appearance]:
    """Where the page under a path, or under one of several, stands, or stood on a Shanghai day; the
    earliest first. What was taken down here is named as standing elsewhere by nobody, also where
    something else stands under its path since."""
    stored = select(Appearance).where(Appearance.path.in_(paths), _stands(on))
    return session.scalars(stored.order_by(Appearance.appeared_on, Appearance.id)).all()


def appearances_by_path(session: Session) -> Mapping[str, Sequence[Appearance]]:
    """Where each page stands or stood that is named as standing elsewhere."""
    found: dict[str, list[Appearance]] = {}
    stored = select(Appearance).where(_stands(None)).order_by(Appearance.appeared_on, Appearance.id)
    for one in session.scalars(stored):
        found.setdefault(one.path, []).append(one)
    return found


def note_gone(session: Session, path: str, *, on: date | None = None) -> None:
    """Note that the page under a path is taken down here, today or since a Shanghai day: each of
    its copies is to be taken down where it stands."""
    copies = update(Appearance).where(Appearance.path == path, Appearance.gone_on.is_(None))
    session.execute(copies.values(gone_on=on or clock.today()))


def count_to_take_down(session: Session) -> int:
    """How many copies are still to be taken down elsewhere."""
    return session.scalar(select(func.count()).select_from(Appearance).where(TO_TAKE_DOWN)) or 0


def _stands(on: date | None) -> ColumnElement[bool]:
    left = Appearance.gone_on.is_(None)
    return left if on is None else or_(left, Appearance.gone_on > on)
