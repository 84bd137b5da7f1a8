"""What colleagues read for members of staff."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.foundation.staff import Staff


def names_of(session: Session, staff_ids: Iterable[int | None]) -> dict[int, str]:
    """The displayed names of some members of staff, by their ids; None is nobody."""
    known = {one for one in staff_ids if one is not None}
    rows = session.execute(select(Staff.id, Staff.display_name).where(Staff.id.in_(known))).all()
    return {row[0]: row[1] for row in rows}
