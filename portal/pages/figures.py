"""The figures (数字公开): what came in each month that was released, and how dates were kept."""

from __future__ import annotations

from collections.abc import Sequence

from flask import request
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from portal.campaign.book import book
from portal.foundation.cached_pages import published_page
from portal.foundation.database import reading
from portal.pages.blueprint import blueprint, filled
from portal.published.appearance import appearances_of, month_path
from portal.published.month_figures import MonthFigures
from portal.published.month_view import every_part, total_of, view_of


@blueprint.get("/figures")
@published_page(query=("month",))
def figures() -> str:
    """The month that the address names, or the newest one; beside it the sums of all."""
    asked = request.args.get("month", "")
    newest_first = select(MonthFigures).order_by(MonthFigures.month.desc())
    with reading() as session:
        found = book(session)
        rows = session.scalars(newest_first.options(selectinload(MonthFigures.changes))).all()
        shown = _shown(rows, asked)
        sheet = shown.sheet if shown else None
        named = [month_path(shown.month)] if shown and sheet else []
        stands = appearances_of(session, "/figures", *named)
    return filled(
        "figures",
        found,
        months=[
            (one.month, total_of(one.sheet), one.kept is None, every_part(one.sheet))
            for one in rows
        ],
        shown=shown,
        view=view_of(shown.month, sheet, found) if shown and sheet else None,
        stands=stands,
    )


def _shown(newest_first: Sequence[MonthFigures], asked: str) -> MonthFigures | None:
    """The month that is asked for, or the newest that stands, or the newest."""
    named = {f"{one.month:%Y-%m}": one for one in newest_first}
    standing = (one for one in newest_first if one.kept)
    return named.get(asked) or next(standing, next(iter(newest_first), None))
