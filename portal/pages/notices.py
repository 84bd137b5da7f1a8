"""Notices: the plan in full, guides, announcements (plan 五(一))."""

from __future__ import annotations

from flask import abort
from sqlalchemy import select

from portal.campaign.book import book
from portal.foundation.cached_pages import published_page
from portal.foundation.database import reading
from portal.foundation.text import as_stored
from portal.pages.blueprint import blueprint, filled
from portal.pages.typed_words import sound
from portal.published.notice import Notice, NoticeKind

KIND_NAMES = {
    NoticeKind.PLAN: "工作方案",
    NoticeKind.NOTICE: "通知",
    NoticeKind.GUIDE: "办事指南",
}


@blueprint.get("/notices")
@published_page
def notices() -> str:
    """All notices, newest first."""
    listed = select(
        Notice.slug, Notice.title, Notice.kind, Notice.published_on, Notice.summary
    ).order_by(Notice.published_on.desc(), Notice.slug)
    with reading() as session:
        found = book(session)
        rows = session.execute(listed).all()
    return filled("notices", found, notices=rows, kind_names=KIND_NAMES)


@blueprint.get("/notices/<slug>")
@published_page
def notice(slug: str) -> str:
    """One notice: plain words first, then its full text."""
    with reading() as session:
        found = book(session)
        one = session.get(Notice, sound(slug)) or abort(404)
    # portal.foundation.text cleaned it when it was stored.
    body = as_stored(one.body_html)
    return filled("notice", found, notice=one, body=body, kind_names=KIND_NAMES)
