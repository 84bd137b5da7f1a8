"""For machines that follow the site: what is new (Atom), and every page there is (sitemap)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from flask import Response, current_app, render_template
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.campaign.book import Book, book
from portal.foundation.cached_pages import published_page
from portal.foundation.clock import SHANGHAI
from portal.foundation.database import reading
from portal.foundation.formats import month_key, month_name
from portal.foundation.links import Links
from portal.pages.blueprint import blueprint
from portal.publicity.sheet import Sheet
from portal.published import notice, result
from portal.published.month_figures import MonthFigures
from portal.published.month_view import total_of
from portal.published.notice import Notice, NoticeRelease
from portal.published.result import Result
from portal.published.spot_check_record import SpotCheckRecord

_NEWEST = 50
# A sitemap may name fifty thousand pages.
_MOST_RESULTS = 40_000


@dataclass(frozen=True)
class Entry:
    """Something that was published: where it stands, when it came or changed (UTC), and what it
    says in short."""

    address: str
    title: str
    at: datetime
    says: str

    @property
    def updated(self) -> str:
        """The moment as Atom writes it."""
        return self.at.isoformat(timespec="seconds")


@blueprint.get("/feed.xml")
@published_page
def feed() -> Response:
    """The newest notices, results, changes of policies, months of figures and draws as an Atom
    feed."""
    links: Links = current_app.extensions["links"]
    with reading() as session:
        found = book(session)
        entries = sorted(_news(session, found, links), key=lambda one: one.at, reverse=True)
    text = render_template(
        "portal/feed.xml",
        campaign=found.campaign,
        entries=entries[:_NEWEST],
        updated=entries[0].updated if entries else found.campaign.loaded_at.isoformat(),
        home=links.in_full(links.home()),
        itself=links.in_full(links.feed()),
    )
    return Response(text, mimetype="application/atom+xml")


@blueprint.get("/sitemap.xml")
@published_page
def sitemap() -> Response:
    """Every page that a search engine may read."""
    links: Links = current_app.extensions["links"]
    with reading() as session:
        addresses = [*_pages(links), *_everything(session, book(session), links)]
    text = render_template("portal/sitemap.xml", addresses=map(links.in_full, addresses))
    return Response(text, mimetype="application/xml")


def _pages(links: Links) -> Iterator[str]:
    yield from (links.home(), links.policies(), links.responsibilities(), links.hotlines())
    yield links.responsibility_table()
    yield from (links.results(), links.figures(), links.notices(), links.help(), links.safety())
    yield links.personal_information()
    yield from (links.accessibility(), links.open_data(), links.publicity(), links.public_draws())


def _everything(session: Session, found: Book, links: Links) -> Iterator[str]:
    yield from map(links.policy, found.policies)
    notices = select(Notice.slug).where(notice.STANDING).order_by(Notice.slug)
    yield from map(links.notice, session.scalars(notices))
    newest = (
        select(Result.number)
        .where(result.STANDING)
        .order_by(Result.released_at.desc(), Result.number)
    )
    if not found.campaign.ended_on:
        yield from map(links.sheet, Sheet)
    for month in session.scalars(select(MonthFigures.month).order_by(MonthFigures.month)):
        yield links.figures(month_key(month))
    draws = select(SpotCheckRecord.number).order_by(SpotCheckRecord.number)
    yield from map(links.public_draws, session.scalars(draws))
    yield from map(links.result, session.scalars(newest.limit(_MOST_RESULTS)))


def _news(session: Session, found: Book, links: Links) -> Iterator[Entry]:
    # One that was changed is new again.
    changed = func.max(NoticeRelease.released_at)
    notices = (
        select(Notice.slug, Notice.title, changed, Notice.summary)
        .join(NoticeRelease, NoticeRelease.notice_slug == Notice.slug)
        .where(notice.STANDING)
        .group_by(Notice.slug, Notice.title, Notice.summary)
        .order_by(changed.desc(), Notice.slug)
    )
    for slug, title, at, summary in session.execute(notices.limit(_NEWEST)):
        yield Entry(links.in_full(links.notice(slug)), title, at, summary)
    results = (
        select(Result).where(result.STANDING).order_by(Result.released_at.desc(), Result.number)
    )
    for one in session.scalars(results.limit(_NEWEST)):
        problem = found.problem_types[one.problem_code].plain_text
        title = f"整改结果{one.number}：{one.state.plain}（{problem}）"
        yield Entry(links.in_full(links.result(one.number)), title, one.released_at, one.summary)
    yield from _policies(found, links)
    months = select(MonthFigures).order_by(MonthFigures.changed_at.desc(), MonthFigures.month)
    for month in session.scalars(months.limit(_NEWEST)):
        yield _of_a_month(month, links)
    yield from _draws(session, links)


def _draws(session: Session, links: Links) -> Iterator[Entry]:
    """Each draw: that it was promised, and once it was drawn or given up, that it was."""
    latest = func.coalesce(SpotCheckRecord.drawn_at, SpotCheckRecord.committed_at)
    draws = select(SpotCheckRecord).order_by(latest.desc(), SpotCheckRecord.number)
    for one in session.scalars(draws.limit(_NEWEST)):
        address, kept = links.in_full(links.public_draws(one.number)), one.kept
        title = f"重点抽查{one.number}"
        if one.given_up_on:
            says = f"已作废，原因：{kept['given_up_why']}"
            yield Entry(
                address, f"{title}：已作废，不抽了", _given_up_at(one, one.given_up_on), says
            )
        elif one.drawn_at is None:
            says = f"名册有{kept['units']}个单位，要抽{kept['asked']}个。"
            yield Entry(address, f"{title}：公布了承诺，还没有抽", one.committed_at, says)
        else:
            says = f"{kept['units']}个单位里，抽中{len(kept['drawn'])}个。"
            yield Entry(address, f"{title}：抽过了", one.drawn_at, says)


def _given_up_at(one: SpotCheckRecord, day: date) -> datetime:
    """When a draw was given up, of which only the Shanghai day is kept: its beginning, or the
    promise where that came on the same day."""
    return max(one.committed_at, datetime.combine(day, time(), SHANGHAI).astimezone(UTC))


def _policies(found: Book, links: Links) -> Iterator[Entry]:
    """New policies and changed ones; what the campaign began with is no news."""
    versions = [one for history in found.histories.values() for one in history.versions]
    news = [one for one in versions if one.number > 1 or one.released_by is not None]
    for one in sorted(news, key=lambda one: one.released_at, reverse=True)[:_NEWEST]:
        name = found.policies[one.policy_code].name
        title = f"补贴政策有变化：{name}" if one.number > 1 else f"新的补贴政策：{name}"
        address = links.policy(one.policy_code, version=one.number)
        yield Entry(links.in_full(address), title, one.released_at, one.note)


def _of_a_month(month: MonthFigures, links: Links) -> Entry:
    """The month as it stands now, or that it was withdrawn."""
    name, address = month_name(month.month), links.figures(month_key(month.month))
    total = total_of(month.sheet)
    came = "多少不公布" if total.number is None else f"{total.text}件"
    if month.kept is None:
        title = says = f"{name}的数字撤下了"
    else:
        title, says = f"{name}的数字", f"{name}，收到{came}。"
    return Entry(links.in_full(address), title, month.changed_at, says)
