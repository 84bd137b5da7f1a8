"""Taking a spreadsheet of orders over: it is kept, looked at, confirmed, and then registered row by
row, each in a turn of its own at writing, so that nobody waits for two thousand.

Whoever goes on with it, a request or the worker, begins where the last row was committed: killed
anywhere, nothing is registered twice or left out.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from admin.orders.entering import as_submission, enter
from admin.orders.order_sheet import OrderSheet
from admin.orders.rows import Row, Sender, read_rows
from admin.orders.sheet_reading import Line, as_text, from_text
from intake.prepare import Prepared, prepare
from intake.vault.vault import vault_of
from portal.campaign.book import book
from portal.foundation import clock
from portal.foundation.database import Database

# What nobody confirmed holds people's words and goes.
KEPT_FOR = timedelta(hours=24)


class NoSuchSheet(LookupError):
    """There is no such upload, or it is another person's: nobody is told which."""


def keep(session: Session, lines: Sequence[Line], sender: Sender) -> OrderSheet:
    """Keep what somebody uploaded, to be looked at."""
    sheet = OrderSheet(
        key=secrets.token_hex(8),
        staff_id=sender.entered_by,
        source=sender.source,
        from_unit=sender.from_unit,
        sealed=b"",
        rows=len(lines),
        uploaded_at=clock.now(),
        done=0,
        registered=0,
        left_out=0,
    )
    plain = as_text(lines).encode()
    sheet.sealed = vault_of(session).seal_under_master(plain, sheet.context)
    session.add(sheet)
    session.flush()
    return sheet


def find_sheet(session: Session, key: str, staff_id: int, *, to_change: bool = False) -> OrderSheet:
    """A person's own upload.

    Raises:
        NoSuchSheet: see there.
    """
    wanted = select(OrderSheet).where(OrderSheet.key == key, OrderSheet.staff_id == staff_id)
    found = session.scalars(wanted.with_for_update() if to_change else wanted).first()
    if found is None:
        raise NoSuchSheet(key)
    return found


def sheets_of(session: Session, staff_id: int, most: int) -> list[OrderSheet]:
    """A person's last uploads, the newest first."""
    wanted = select(OrderSheet).where(OrderSheet.staff_id == staff_id)
    return list(session.scalars(wanted.order_by(OrderSheet.id.desc()).limit(most)))


def rows_of(session: Session, sheet: OrderSheet) -> list[Row]:
    """The rows of an upload as the campaign reads them now; none once all are registered."""
    if not sheet.sealed:
        return []
    plain = vault_of(session).open_under_master(sheet.sealed, sheet.context).decode()
    sender = Sender(sheet.source, sheet.staff_id, sheet.from_unit)
    return read_rows(from_text(plain), sender, book(session))


def confirm(session: Session, sheet: OrderSheet) -> bool:
    """Say that an upload is right as it was shown; False where a row is wrong by now. Confirmed
    twice, it is confirmed once."""
    if sheet.confirmed_at is None:
        if any(row.faults for row in rows_of(session, sheet)):
            return False
        sheet.confirmed_at = clock.now()
        session.flush()
    return True


def drop(session: Session, sheet: OrderSheet) -> None:
    """Throw an upload away that nobody confirmed."""
    if sheet.confirmed_at is None:
        session.delete(sheet)
        session.flush()


def go_on(database: Database, sheet_id: int, *, most_seconds: float) -> None:
    """Register the rows of a confirmed upload, as many as there is time for."""
    until = time.monotonic() + most_seconds
    with database.reading() as session:
        sheet = session.get_one(OrderSheet, sheet_id)
        rows, done = rows_of(session, sheet), sheet.done
    while done < len(rows) and time.monotonic() < until:
        done = _take_one(database, sheet_id, rows, done)


def go_on_with_all(database: Database, *, most_seconds: float) -> int:
    """Go on with every confirmed upload that isn't through, and forget what nobody confirmed.
    Returns how many uploads were left."""
    with database.reading() as session:
        waiting = session.scalars(
            select(OrderSheet.id)
            .where(OrderSheet.confirmed_at.is_not(None), OrderSheet.done < OrderSheet.rows)
            .order_by(OrderSheet.id)
        ).all()
        stale = session.scalars(select(OrderSheet.id).where(*_stale()).limit(1)).first()
    for sheet_id in waiting:
        go_on(database, sheet_id, most_seconds=most_seconds / len(waiting))
    if stale is not None:
        with database.writing() as session:
            session.execute(delete(OrderSheet).where(*_stale()))
    return len(waiting)


def _stale() -> tuple[ColumnElement[bool], ...]:
    return OrderSheet.confirmed_at.is_(None), OrderSheet.uploaded_at < clock.now() - KEPT_FOR


def _take_one(database: Database, sheet_id: int, rows: Sequence[Row], at: int) -> int:
    """Register the row at a place, unless somebody was faster; returns the next place."""
    row = rows[at]
    prepared = _prepared(database, row)
    try:
        with database.writing() as session:
            sheet = session.get_one(OrderSheet, sheet_id, with_for_update=True)
            if sheet.done == at:
                _count(sheet, _entered(session, row, prepared))
            return sheet.done
    except IntegrityError:
        # A colleague entered the same order by hand just now; looked up again, it is known.
        return at


def _prepared(database: Database, row: Row) -> Prepared | None:
    if row.draft is None or row.demand is None:
        return None
    with database.reading() as session:
        return prepare(session, as_submission(session, row.draft, row.demand))


def _entered(session: Session, row: Row, prepared: Prepared | None) -> bool | None:
    """Whether a row became a case; None where it is wrong by now."""
    if row.draft is None or row.demand is None:
        return None
    draft = as_submission(session, row.draft, row.demand)
    return enter(session, draft, row.demand, prepared).fresh


def _count(sheet: OrderSheet, fresh: bool | None) -> None:
    sheet.done += 1
    sheet.registered += fresh is True
    sheet.left_out += fresh is None
    if sheet.is_over:
        sheet.sealed = b""
