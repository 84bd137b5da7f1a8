"""Notices: the plan in full, guides, announcements (plan 五(一)), typical cases, what was achieved
(plan 六(二))."""

from __future__ import annotations

from flask import Response, abort, current_app, request
from sqlalchemy import Select, select, tuple_
from sqlalchemy.orm import Session, defer, joinedload, selectinload

from portal.campaign.book import book
from portal.foundation.cached_pages import published_page
from portal.foundation.database import reading
from portal.foundation.downloads import download
from portal.foundation.links import Links
from portal.foundation.text import with_parts
from portal.pages.blueprint import blueprint, filled
from portal.pages.typed_words import sound
from portal.pages.withdrawn import withdrawn_page
from portal.published.appearance import appearances_of
from portal.published.notice import STANDING, Notice, NoticeFile, NoticeKind

_PAGE = 20
_TEXTS = (Notice.body_markdown, Notice.body_html)


@blueprint.get("/notices")
@published_page(query=("kind", "after"))
def notices() -> str:
    """The notices, newest first, all of them or those of a kind."""
    asked, after = request.args.get("kind", ""), sound(request.args.get("after", ""))
    kind = NoticeKind(asked) if asked in set(NoticeKind) else None
    with reading() as session:
        found = book(session)
        kinds = set(session.scalars(select(Notice.kind).where(STANDING).distinct()))
        rows = session.scalars(_behind(session, _of_kind(kind), after).limit(_PAGE + 1)).all()
    return filled(
        "notices",
        found,
        notices=rows[:_PAGE],
        kind=kind,
        kinds=[one for one in NoticeKind if one in kinds],
        is_first=not after,
        after=rows[_PAGE - 1].slug if len(rows) > _PAGE else "",
    )


@blueprint.get("/notices/<slug>")
@published_page
def notice(slug: str) -> str | tuple[str, int]:
    """One notice: plain words first, then its full text, its files, and when it was changed. Of
    one that was withdrawn, that it was, when and why."""
    with reading() as session:
        found = book(session)
        whole = [joinedload(Notice.releases), selectinload(Notice.files)]
        one = session.get(Notice, sound(slug), options=whole) or abort(404)
        stands = appearances_of(session, f"/notices/{one.slug}")
    if one.withdrawn_on:
        links: Links = current_app.extensions["links"]
        return withdrawn_page(
            found,
            title=one.title,
            on=one.withdrawn_on,
            because=one.withdrawn_because,
            back=(links.notices(), "通知公告"),
        )
    # portal.foundation.text cleaned it when it was stored.
    body, parts = with_parts(one.body_html)
    return filled("notice", found, notice=one, body=body, parts=parts, stands=stands)


@blueprint.get("/notices/<slug>/files/<name>")
def notice_file(slug: str, name: str) -> Response:
    """A file that goes with a notice, to be saved."""
    fitting = select(NoticeFile.title, NoticeFile.content).where(
        NoticeFile.notice_slug == sound(slug), NoticeFile.name == sound(name)
    )
    with reading() as session:
        found = session.execute(fitting).first() or abort(404)
    return download([found.content], found.title, len(found.content))


def _of_kind(kind: NoticeKind | None) -> Select[Notice]:
    listed = select(Notice).where(STANDING).options(*map(defer, _TEXTS))
    if kind:
        listed = listed.where(Notice.kind == kind)
    return listed.order_by(Notice.published_on.desc(), Notice.slug.desc())


def _behind(session: Session, listed: Select[Notice], after: str) -> Select[Notice]:
    """What comes behind one notice in the list."""
    last = session.get(Notice, after) if after else None
    if last is None:
        return listed
    place = tuple_(Notice.published_on, Notice.slug)
    return listed.where(place < tuple_(last.published_on, last.slug))
