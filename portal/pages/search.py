"""Search over everything published: policies, notices, results. Words of two characters count."""

from __future__ import annotations

from typing import Any

from flask import request
from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from portal.campaign.book import Book, book
from portal.foundation.cached_pages import published_page
from portal.foundation.database import reading
from portal.pages.blueprint import blueprint, filled
from portal.pages.policies import matching
from portal.pages.results import TONES
from portal.pages.typed_words import plain, words_of
from portal.published import notice, result
from portal.published.notice import Notice
from portal.published.result import Result

_MOST = 20
_NOTICE_TEXTS = (Notice.title, Notice.summary, Notice.body_markdown)
_RESULT_TEXTS = (Result.number, Result.summary, Result.measures, Result.progress)


@blueprint.get("/search")
@published_page(query=("q",))
def search() -> str:
    """What fits the words of `q`, each word somewhere."""
    typed = request.args.get("q", "").strip()
    words = words_of(typed)
    with reading() as session:
        found = book(session)
        notices = _notices(session, words) if words else []
        results = _results(session, words, found) if words else []
    return filled(
        "search",
        found,
        typed=typed,
        policies=matching(typed, found) if words else [],
        notices=notices,
        results=results[:_MOST],
        has_more=len(results) > _MOST,
        unit_name=found.unit_name,
        tones=TONES,
    )


def _notices(session: Session, words: list[str]) -> list[Any]:
    listed = select(Notice.slug, Notice.title, Notice.published_on)
    fitting = [or_(*_contain(_NOTICE_TEXTS, word)) for word in words]
    standing = listed.where(notice.STANDING, and_(*fitting))
    newest_first = standing.order_by(Notice.published_on.desc(), Notice.slug)
    return list(session.execute(newest_first.limit(_MOST)).all())


def _results(session: Session, words: list[str], found: Book) -> list[Result]:
    fitting = [or_(*_contain(_RESULT_TEXTS, word), *_named(word, found)) for word in words]
    standing = select(Result).where(result.STANDING, and_(*fitting))
    newest_first = standing.order_by(Result.released_at.desc())
    return list(session.scalars(newest_first.limit(_MOST + 1)))


def _contain(
    columns: tuple[InstrumentedAttribute[str], ...], word: str
) -> list[ColumnElement[bool]]:
    return [column.icontains(word, autoescape=True) for column in columns]


def _named(word: str, found: Book) -> list[ColumnElement[bool]]:
    """A result is also found by the name of its unit, place, policy or problem."""
    names: tuple[tuple[InstrumentedAttribute[Any], dict[str, str]], ...] = (
        (Result.unit_code, {one.code: one.name for one in found.units.values()}),
        (Result.place_code, {one.code: one.name for one in found.places.values()}),
        (Result.policy_code, {one.code: one.name for one in found.policies.values()}),
        (Result.problem_code, {one.code: one.plain_text for one in found.problem_types.values()}),
    )
    return [
        column.in_([code for code, name in by_code.items() if word in plain(name)])
        for column, by_code in names
    ]
