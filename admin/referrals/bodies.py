"""To whom a matter may be referred, and whom the campaign suggests by the level of the person
concerned (干部管理权限)."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from intake.at_work import at_work
from portal.campaign.book import Book
from portal.campaign.unit import UnitKind

# Bodies that may look into what somebody is accused of, or stand above those that may.
_KINDS = frozenset(
    {
        UnitKind.DISCIPLINE,
        UnitKind.SUPERIOR,
        UnitKind.POLICE,
        UnitKind.COURT,
        UnitKind.AUDIT,
        UnitKind.GOVERNMENT,
    }
)


@dataclass(frozen=True)
class Level:
    """Whom an accusation concerns, with the body that the campaign suggests for it and why."""

    code: str
    name: str
    body: str
    basis: str


def levels(book: Book) -> list[Level]:
    """The levels in the campaign's order; none where it refers nothing."""
    return [Level(**one) for one in book.campaign.referral.get("levels", [])]


def level_name(book: Book, code: str) -> str:
    """What a level is called. One that the campaign no longer has keeps its code."""
    return next((one.name for one in levels(book) if one.code == code), code)


def bodies(book: Book) -> list[str]:
    """The units that a matter may be referred to: those that the campaign names first."""
    named = [one.body for one in levels(book)]
    others = [unit.code for unit in book.units.values() if unit.kind in _KINDS]
    return list(dict.fromkeys([*named, *others]))


def has_account(session: Session, book: Book, unit_code: str) -> bool:
    """Whether somebody of a body works here, so that nothing has to be carried there."""
    return book.units[unit_code].desk and bool(at_work(session).desks.get(unit_code))
