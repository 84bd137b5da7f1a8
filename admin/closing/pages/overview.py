"""What is still open, what was decided about it, and how far the closing is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flask import render_template
from sqlalchemy.orm import Session

from admin.accounts.guard import signed_in, staff_only
from admin.closing.closing import Closing
from admin.closing.ending import earlier, present, reason_of, steps_for
from admin.closing.open_cases import (
    Part,
    Sums,
    Table,
    Wanted,
    count,
    counts_only,
    decides_about,
    total,
)
from admin.closing.pages.blueprint import DECIDING, blueprint, deciding_desk, list_address
from admin.closing.pages.others import Other, others
from admin.closing.pages.steps import STEPS
from admin.desk.entries import names_of_staff
from admin.desk.pages import done
from admin.desk.pages.desk import Desk
from portal.campaign.after_rule import AfterRule
from portal.campaign.book import Book
from portal.campaign.kinds import Kind
from portal.foundation import clock
from portal.foundation.database import reading
from portal.foundation.staff import Role


@dataclass(frozen=True)
class Line:
    """One unit: how many of each kind are open, and what was decided. An address is empty for
    whoever reads figures only."""

    unit: str
    kinds: Sequence[tuple[Kind, int, str]]
    sums: Sums
    addresses: dict[Part, str]


@blueprint.get("/closing", endpoint="closing")
@staff_only(*DECIDING, Role.AUDITOR)
def closing_page() -> str:
    """Show it. An auditor reads figures and nothing else."""
    with reading() as session:
        if not any(map(signed_in().holds, DECIDING)):
            return _for_an_auditor(session)
        desk = deciding_desk(session)
        table = count(session, decides_about(desk.access, desk.book))
        found = present(session)
        return render_template(
            "admin/closing/closing.html",
            **_common(session, desk, found),
            lines=list(_lines(table, desk.book, linked=True)),
            total=total(table.values()),
            everything=_addresses(Wanted()),
            others=list(others(session, desk)),
            steps=[STEPS[name] for name in steps_for(desk.access, found)],
            names=names_of_staff(session),
            earlier=[(one, reason_of(session, one)) for one in _undone(session, desk)],
        )


def _for_an_auditor(session: Session) -> str:
    desk = Desk.of(session)
    table = count(session, counts_only(desk.access, signed_in()))
    no_others: list[Other] = []
    return render_template(
        "admin/closing/closing.html",
        **_common(session, desk, present(session)),
        lines=list(_lines(table, desk.book, linked=False)),
        total=total(table.values()),
        everything={},
        others=no_others,
        steps=[],
        names={},
        earlier=[],
    )


def _common(session: Session, desk: Desk, found: Closing | None) -> dict[str, object]:
    campaign = desk.book.campaign
    return {
        "book": desk.book,
        "head": ["单位", *((one.official, "number") for one in (*Kind, *Part))],
        "parts": list(Part),
        "closing": found,
        "ended_on": campaign.ended_on,
        "ends_on": campaign.ends_on,
        "is_over": campaign.ends_on < clock.today(),
        "goes_on": desk.book.units[AfterRule.of(campaign).unit_code],
        "as_office": desk.access.as_office,
        "flash_messages": done.unpack(desk.access.staff_id),
    }


def _undone(session: Session, desk: Desk) -> list[Closing]:
    return earlier(session) if desk.access.as_office else []


def _lines(table: Table, book: Book, *, linked: bool) -> Iterator[Line]:
    """A line for each unit that has something open, in the campaign's order."""
    for code in book.units:
        own = {kind: sums for (unit, kind), sums in table.items() if unit == code}
        if own:
            wanted = Wanted(unit=code)
            yield Line(
                unit=book.unit_name(code),
                kinds=[
                    (kind, own.get(kind, Sums()).total, _address(wanted, kind) if linked else "")
                    for kind in Kind
                ],
                sums=total(own.values()),
                addresses=_addresses(wanted) if linked else {},
            )


def _addresses(wanted: Wanted) -> dict[Part, str]:
    return {part: list_address(wanted.but(part=part)) for part in Part}


def _address(wanted: Wanted, kind: Kind) -> str:
    return list_address(wanted.but(part=Part.ALL, kind=kind))
