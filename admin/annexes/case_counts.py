"""How many cases came in the time of an annex, by kind.

What accuses anybody is counted in the sum of the whole district and by no unit: the sheet is passed
on, and whom a case accuses would find himself by subtracting what he sees.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from admin.accounts.access import Access, visible
from admin.annexes.statistics import CaseCounts
from admin.annexes.wanted import Wanted
from admin.figures.scope import ACCUSES, accuses_who_counts
from intake.cases.case import Case
from portal.campaign.book import Book
from portal.campaign.kinds import Kind


def count_cases(session: Session, access: Access, book: Book, wanted: Wanted) -> CaseCounts:
    """The cases that came, inside what this person may see; of other units' only the office counts.
    A department's line has none, so that its own are counted there."""
    which = [
        visible(access, at_own_desk=not access.as_office),
        Case.registered_on.between(wanted.first, wanted.last),
    ]
    units = {wanted.unit, wanted.line} - {None}
    if units:
        which.append(Case.unit_code.in_(units))
    ordinary: dict[tuple[str, str], Counter[Kind]] = defaultdict(Counter)
    keys = (Case.unit_code, Case.problem_code, Case.kind)
    rows = session.execute(select(*keys, func.count()).where(~ACCUSES, *which).group_by(*keys))
    for unit, problem_type, kind, count in rows:
        ordinary[unit, problem_type or ""][kind] += count
    whole = access.as_office and wanted.is_whole and not wanted.to_hand_on
    return CaseCounts(ordinary, _accusing(session, book, which) if whole else None)


def _accusing(session: Session, book: Book, which: list[ColumnElement[bool]]) -> Mapping[Kind, int]:
    wanted = select(Case.kind, func.count()).where(ACCUSES, ~accuses_who_counts(book), *which)
    return {row[0]: row[1] for row in session.execute(wanted.group_by(Case.kind))}
