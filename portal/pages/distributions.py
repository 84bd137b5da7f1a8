"""The lists of who received what (分配结果公示, plan 三(一)5): which stand, and each in full.

A list of people is on no shelf of kept pages and may be kept by nobody: what is asked for is read
anew, so that nothing outlives its time.
"""

from __future__ import annotations

from urllib.parse import urlencode

from flask import abort, make_response, request
from werkzeug.wrappers import Response

from portal.campaign.book import Book, book
from portal.foundation import clock
from portal.foundation.address_numbers import page_number
from portal.foundation.cached_pages import published_page
from portal.foundation.database import reading
from portal.pages.blueprint import blueprint, filled
from portal.pages.shown_distributions import (
    PAGE,
    WantedLists,
    lately_taken_down,
    rows_of,
    standing,
    standing_kinds,
    streets_and_policies,
)
from portal.pages.typed_words import sound
from portal.published.appearance import appearances_of
from portal.published.discretion import shows_rows, shows_sums
from portal.published.distribution import Distribution
from portal.published.distribution_row import ROWS

_GONE = 410
# Not to be found, not to be quoted, not to be kept.
_ROBOTS = "noindex, noarchive, nosnippet"


@blueprint.get("/distributions")
@published_page(query=("policy", "street", "after"))
def distributions() -> str:
    """The lists that stand today, narrowed down by what the address names; those lately taken
    down by their headings only."""
    with reading() as session:
        found = book(session)
        wanted, after = _wanted(found), sound(request.args.get("after", ""))
        kinds = standing_kinds(session)
        lists = standing(session, wanted, after=after)
        gone = lately_taken_down(session)
    policies, streets = streets_and_policies(kinds, found)
    return filled(
        "distributions",
        found,
        book=found,
        wanted=wanted,
        lists=lists[:PAGE],
        after=lists[PAGE - 1].number if len(lists) > PAGE else "",
        is_first=not after,
        choices={
            "policy": ("哪项补贴", "全部补贴", policies),
            "street": ("哪个街道", "全部街道", streets),
        },
        chips=_chips(wanted, found),
        query=lambda **to: _query(wanted, **to),
        shows_sums=lambda one: shows_sums(one, found.policies[one.policy_code]),
        gone=gone,
    )


@blueprint.get("/distributions/<number>")
def distribution(number: str) -> Response:
    """One list; once its time is over, what it was about and until when it stood."""
    page = page_number(request.args.get("page"))
    with reading() as session:
        found = book(session)
        one = session.get(Distribution, sound(number)) or abort(404)
        if not one.stands_on(clock.today()):
            return _no_longer(one, found)
        policy = found.policies[one.policy_code]
        has_rows = shows_rows(one, policy)
        rows = rows_of(session, one, page) if has_rows else []
        stands = appearances_of(session, f"/distributions/{one.number}")
    if page > 1 and not rows:
        abort(404)
    text = filled(
        "distribution",
        found,
        book=found,
        one=one,
        rows=rows,
        has_rows=has_rows,
        has_sums=shows_sums(one, policy),
        page=page,
        pages=max(1, -(-one.entries // ROWS)) if has_rows else 1,
        stands=stands,
    )
    return kept_by_nobody(text)


def kept_by_nobody(text: str, status: int = 200) -> Response:
    """The answer with a page that names people: neither a cache nor a search engine keeps it."""
    response = make_response(text, status)
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = _ROBOTS
    return response


def _no_longer(one: Distribution, found: Book) -> Response:
    """The dated note. A list whose time hasn't come doesn't exist yet."""
    if one.taken_down_on is None and clock.today() < one.shown_from:
        abort(404)
    return kept_by_nobody(filled("distribution_gone", found, book=found, one=one), _GONE)


def _wanted(found: Book) -> WantedLists:
    """What the address asks for; a word that names nothing narrows nothing down."""
    policy, street = request.args.get("policy", ""), request.args.get("street", "")
    return WantedLists(
        policy if policy in found.policies else "", street if street in found.places else ""
    )


def _chips(wanted: WantedLists, found: Book) -> list[tuple[str, str]]:
    """The filters in use: what each says, and the query without it."""
    chips = []
    if wanted.policy:
        chips.append((found.policies[wanted.policy].name, _query(wanted, policy="")))
    if wanted.street:
        chips.append((found.places[wanted.street].name, _query(wanted, street="")))
    return chips


def _query(wanted: WantedLists, *, after: str = "", **to: str) -> str:
    asked = wanted.changed(**to) | ({"after": after} if after else {})
    return f"?{urlencode(asked)}" if asked else ""
