"""Reading where what is published stands elsewhere: what stands, what is to be taken down there
since it was taken down here, and what became of that."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row, UnaryExpression, select
from sqlalchemy.orm import Session, aliased

from admin.appearances.published_items import name_of, title_of
from admin.publishing.desk import Publisher
from portal.foundation.long_list import LongList
from portal.foundation.staff import Staff
from portal.published.appearance import TO_TAKE_DOWN, Appearance


@dataclass(frozen=True)
class Line:
    """One appearance with what it is of. `stands` says whether something can be read under its path
    here; the names are of who recorded it and of who said what became of it."""

    appearance: Appearance
    name: str
    stands: bool
    recorded_by: str
    ended_by: str


def standing(session: Session, by: Publisher) -> LongList[Line]:
    """What stands elsewhere and here, the latest first."""
    return _lines(session, by, Appearance.gone_on.is_(None), Appearance.appeared_on.desc())


def to_take_down(session: Session, by: Publisher) -> LongList[Line]:
    """What is still to be taken down elsewhere, the longest first."""
    return _lines(session, by, TO_TAKE_DOWN, Appearance.gone_on.asc())


def ended(session: Session, by: Publisher) -> LongList[Line]:
    """What was taken down elsewhere, or stays there for a reason; the latest first."""
    return _lines(session, by, Appearance.ended_on.is_not(None), Appearance.ended_on.desc())


def _lines(
    session: Session, by: Publisher, which: ColumnElement[bool], order: UnaryExpression[Any]
) -> LongList[Line]:
    recorder, ender = aliased(Staff), aliased(Staff)
    wanted = (
        select(
            Appearance,
            recorder.display_name.label("recorder"),
            ender.display_name.label("ender"),
        )
        .outerjoin(recorder, recorder.id == Appearance.recorded_by)
        .outerjoin(ender, ender.id == Appearance.ended_by)
        .where(which)
        .order_by(order, Appearance.id.desc())
    )

    def told(row: Row[Appearance, str | None, str | None]) -> Line:
        path = row.Appearance.path
        title = title_of(session, path, by.book)
        name = title or name_of(session, path)
        return Line(row.Appearance, name, bool(title), row.recorder or "", row.ender or "")

    return LongList(session, wanted, told)
