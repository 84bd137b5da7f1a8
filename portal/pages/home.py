"""The first page: how to report, whom to call, where to text, whether one is safe."""

from __future__ import annotations

from sqlalchemy import select

from portal.campaign.book import book
from portal.foundation.cached_pages import published_page
from portal.foundation.database import reading
from portal.pages.blueprint import blueprint, filled
from portal.pages.results import TONES
from portal.pages.shown_results import Wanted, counts, newest, totals
from portal.published.month_figures import MonthFigures, is_newest
from portal.published.month_view import every_part, total_of
from portal.published.notice import Notice

_SHOWN = 3


@blueprint.get("/")
@published_page
def home() -> str:
    """The page; below its first screen the latest results, the plan, the totals and two
    figures of the newest month."""
    with reading() as session:
        found = book(session)
        sums = totals(counts(session, found), Wanted())
        latest = newest(session, Wanted(), found)[:_SHOWN]
        # One question for both: the page costs four at most.
        plan = select(Notice.summary, MonthFigures).outerjoin(MonthFigures, is_newest())
        row = session.execute(plan.where(Notice.slug == found.campaign.plan_notice)).first()
    summary, figures = row or ("", None)
    month = figures.sheet if figures else None
    return filled(
        "home",
        found,
        sums=sums,
        latest=latest,
        tones=TONES,
        unit_name=found.unit_name,
        plan_says=summary.splitlines()[:_SHOWN],
        month=figures.month if figures else None,
        came=total_of(month),
        on_time=every_part(month),
    )
