"""What of the spot checks waits for a member of a team: units of which nobody has said yet that
they are checked."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session

from admin.accounts.access import Access
from admin.spot_checks.check_entry import CheckEntry, CheckEntryKind
from admin.spot_checks.check_team import CheckTeam
from admin.spot_checks.checked_unit import CheckedUnit
from admin.spot_checks.independence import kept_from
from admin.spot_checks.preparing import units_to_check
from admin.spot_checks.sight import of_his_teams
from portal.campaign.book import Book


def count_units_to_do(session: Session, access: Access, book: Book) -> int:
    """How many units this person's teams still have to check."""
    if not _may_have_any(access, book):
        return 0
    wanted = select(func.count()).select_from(CheckedUnit).where(_to_do(access, book))
    return session.scalar(wanted) or 0


def brings_work(session: Session, access: Access, book: Book, since: datetime) -> bool:
    """Whether somebody has given units to a team of this person since then."""
    if not _may_have_any(access, book):
        return False
    wanted = (
        select(CheckedUnit.unit_code)
        .join(CheckTeam, CheckTeam.id == CheckedUnit.team_id)
        .where(
            _to_do(access, book),
            CheckTeam.made_at > since,
            CheckTeam.made_by != access.staff_id,
        )
    )
    return session.scalars(wanted.limit(1)).first() is not None


def _may_have_any(access: Access, book: Book) -> bool:
    return bool(access.works_for and units_to_check(book))


def _to_do(access: Access, book: Book) -> ColumnElement[bool]:
    concluded = select(CheckEntry.id).where(
        CheckEntry.check_id == CheckedUnit.check_id,
        CheckEntry.unit_code == CheckedUnit.unit_code,
        CheckEntry.kind == CheckEntryKind.CONCLUSION,
    )
    return and_(
        of_his_teams(access),
        CheckedUnit.unit_code.not_in(kept_from(book, access.units)),
        ~concluded.exists(),
    )
