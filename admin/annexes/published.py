"""When and where some problems' results were published by the end of a time (公示时间与网址)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from admin.annexes.wanted import Wanted
from portal.foundation.clock import day_of
from portal.foundation.formats import day_with_year
from portal.published.appearance import appearances_of
from portal.published.result import Result, ResultRevision


def published(
    session: Session, numbers: Collection[str], wanted: Wanted, address: Callable[[str], str]
) -> Mapping[str, str]:
    """The day and `address` of each that stood on the site then, and where else it stood."""
    released = (
        select(Result.number, func.min(ResultRevision.released_at))
        .join(ResultRevision, ResultRevision.result_number == Result.number)
        .where(
            Result.number.in_(numbers),
            ResultRevision.released_at < wanted.end,
            or_(Result.withdrawn_on.is_(None), Result.withdrawn_on > wanted.last),
        )
        .group_by(Result.number)
    )
    found = {
        row[0]: [f"{day_with_year(day_of(row[1]))} {address(row[0])}"]
        for row in session.execute(released)
    }
    paths = (f"/results/{number}" for number in found)
    for one in appearances_of(session, *paths, on=wanted.last):
        if one.appeared_on <= wanted.last:
            elsewhere = f"{day_with_year(one.appeared_on)} {one.outlet} {one.link}".rstrip()
            found[one.path.removeprefix("/results/")].append(elsewhere)
    return {number: "\n".join(lines) for number, lines in found.items()}
