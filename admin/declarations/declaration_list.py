"""Reading declarations: the entries, and their sums by unit and month, which annexes and summaries
take from here too."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from admin.declarations.declaration import Declaration, DeclarationVersion
from admin.declarations.declaration_texts import DeclarationTexts, open_boxes
from admin.declarations.keeper import Keeper
from portal.campaign.declaration_rule import DeclarationRule

# One page of the list.
MOST = 100


@dataclass(frozen=True)
class Asked:
    """What is asked for: a unit's code, and the first day of a month; None leaves it open."""

    unit: str | None = None
    month: date | None = None


@dataclass(frozen=True)
class Line:
    """An entry as it stands now. `is_late`: it came after the campaign's last day."""

    entry: Declaration
    now: DeclarationVersion
    texts: DeclarationTexts
    is_late: bool


@dataclass(frozen=True)
class Sums:
    """How many people declared by themselves and how many paid back, and how many yuan."""

    declared: int = 0
    refunded: int = 0
    yuan: Decimal = Decimal(0)

    def __add__(self, other: Sums) -> Sums:
        return Sums(
            self.declared + other.declared, self.refunded + other.refunded, self.yuan + other.yuan
        )


def totals(
    session: Session, by: Keeper, *, first: date | None = None, last: date | None = None
) -> dict[str, Sums]:
    """The sums of each unit that has any and that this person may know of, by its code, over the
    months from `first` to `last` (first days of months, both included; None: no end). What was
    withdrawn doesn't count."""
    wanted = (
        _current(
            select(
                Declaration.unit_code,
                func.sum(DeclarationVersion.declared),
                func.sum(DeclarationVersion.refunded),
                func.sum(DeclarationVersion.yuan),
            )
        )
        .where(by.visible, Declaration.withdrawn_at.is_(None), *_from_to(first, last))
        .group_by(Declaration.unit_code)
    )
    # SQLite sums as floating numbers; the cents are made whole again.
    found = {row[0]: Sums(row[1], row[2], _cents(row[3])) for row in session.execute(wanted)}
    return {code: found[code] for code in by.book.units if code in found}


def in_all(sums: Iterable[Sums]) -> Sums:
    """Several sums as one."""
    return sum(sums, Sums())


def lines(session: Session, by: Keeper, asked: Asked) -> list[Line]:
    """The entries that this person may see, the last entered first; withdrawn ones too."""
    wanted = (
        _current(select(Declaration, DeclarationVersion))
        .where(by.visible, *_from_to(asked.month, asked.month))
        .order_by(Declaration.id.desc())
        .limit(MOST)
    )
    if asked.unit is not None:
        wanted = wanted.where(Declaration.unit_code == asked.unit)
    rows = session.execute(wanted).all()
    boxes = open_boxes(session, [row[0] for row in rows], by)
    rule = DeclarationRule.of(by.book.campaign)
    return [
        Line(entry, now, boxes[entry.id].texts(now), is_late(rule, entry, now))
        for entry, now in rows
    ]


def is_late(rule: DeclarationRule | None, entry: Declaration, now: DeclarationVersion) -> bool:
    """Whether it came after the campaign's last day: the day of the receipt counts, and where there
    is none the day on which it was entered."""
    return rule is not None and (now.receipt_on or entry.entered_on) > rule.until


def entry_of(
    session: Session, by: Keeper, key: str, *, to_change: bool = False
) -> Declaration | None:
    """The entry of that key, or None where there is none that this person may see; `to_change`
    holds the row, so that the later of two waits."""
    wanted = select(Declaration).where(Declaration.key == key, by.visible)
    return session.scalars(wanted.with_for_update() if to_change else wanted).first()


def history(
    session: Session, by: Keeper, entry: Declaration
) -> tuple[list[tuple[DeclarationVersion, DeclarationTexts]], str]:
    """The versions of an entry, the one that holds first, each with its texts; and the reason of a
    withdrawal."""
    wanted = select(DeclarationVersion).where(DeclarationVersion.declaration_id == entry.id)
    box = open_boxes(session, [entry], by)[entry.id]
    versions = session.scalars(wanted.order_by(DeclarationVersion.version.desc()))
    return [(one, box.texts(one)) for one in versions], box.reason(entry)


def _current(wanted: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    return wanted.select_from(Declaration).join(
        DeclarationVersion,
        (DeclarationVersion.declaration_id == Declaration.id)
        & (DeclarationVersion.version == Declaration.version),
    )


def _from_to(first: date | None, last: date | None) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if first is not None:
        conditions.append(DeclarationVersion.month >= first)
    if last is not None:
        conditions.append(DeclarationVersion.month <= last)
    return conditions


def _cents(total: Decimal) -> Decimal:
    return Decimal(total).quantize(Decimal("0.01"))
