"""The first page: how to report, whom to call, where to text, whether one is safe."""

from __future__ import annotations

from sqlalchemy import select

from portal.campaign.book import book
from portal.foundation.cached_pages import published_page
from portal.foundation.database import reading
from portal.pages.blueprint import blueprint, filled
from portal.pages.results import TONES
from portal.pages.shown_results import Wanted, counts, newest, totals
from portal.published.notice import Notice

_SHOWN = 3


@blueprint.get("/")
@published_page
def home() -> str:
    """The page; below its first screen the latest results, the plan and the totals."""
    with reading() as session:
        found = book(session)
        sums = totals(counts(session, found), Wanted())
        latest = newest(session, Wanted(), found)[:_SHOWN]
        plan = select(Notice.summary).where(Notice.slug == found.campaign.plan_notice)
        summary = session.scalar(plan) or ""
    return filled(
        "home",
        found,
        sums=sums,
        latest=latest,
        tones=TONES,
        unit_name=found.unit_name,
        plan_says=summary.splitlines()[:_SHOWN],
    )
