"""The rectification results (整改情况公开公示, plan 五(二)1): totals, the list, and histories."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlencode

from flask import abort, current_app, request
from sqlalchemy.orm import joinedload

from portal.campaign.book import Book, book
from portal.foundation.cached_pages import published_page
from portal.foundation.database import reading
from portal.foundation.links import Links
from portal.pages.blueprint import blueprint, filled
from portal.pages.result_steps import steps_of, untold
from portal.pages.shown_results import (
    PAGE,
    Count,
    Wanted,
    counts,
    counts_and_history,
    newest,
    place_name,
    totals,
)
from portal.pages.typed_words import sound
from portal.pages.withdrawn import withdrawn_page
from portal.published.appearance import appearances_of
from portal.published.result import Result, ResultState
from portal.published.result_totals import DayTotals, Fate

TONES = {
    ResultState.RECTIFYING: "action",
    ResultState.RECTIFIED: "warn",
    ResultState.STRUCK_OFF: "done",
}
Choices = list[tuple[str, str]]
# Of the history of the totals so many days are shown; the data has them all.
_DAYS = 24


@blueprint.get("/results")
@published_page(query=("unit", "problem", "street", "state", "after"))
def results() -> str:
    """The totals and the list, narrowed down by what the address names."""
    with reading() as session:
        found = book(session)
        wanted, after = _wanted(found), sound(request.args.get("after", ""))
        # Beside a part of the list the history of the whole would be taken for the part's own.
        is_whole = not wanted.changed() and not after
        counted, days = (
            counts_and_history(session, found) if is_whole else (counts(session, found), [])
        )
        stands = appearances_of(session, "/results")
        rows = newest(session, wanted, found, after=after)
    sums = totals(counted, wanted)
    choices = _choices(counted, found)
    return filled(
        "results",
        found,
        wanted=wanted,
        sums=sums,
        rows=rows[:PAGE],
        after=rows[PAGE - 1].number if len(rows) > PAGE else "",
        is_first=not after,
        choices=choices,
        chips=_chips(wanted, choices),
        query=lambda **to: _query(wanted, **to),
        place_name=lambda code: place_name(found, code),
        problem_types=found.problem_types,
        unit_name=found.unit_name,
        tones=TONES,
        stands=stands,
        days=_latest(days),
        earlier_days=max(0, len(days) - _DAYS),
    )


@blueprint.get("/results/<number>")
@published_page
def result(number: str) -> str | tuple[str, int]:
    """One result and every release of it. Of one that was withdrawn, that it was, when and why."""
    with reading() as session:
        found = book(session)
        with_steps = [joinedload(Result.revisions)]
        one = session.get(Result, sound(number), options=with_steps) or abort(404)
        stands = appearances_of(session, f"/results/{one.number}")
    if one.withdrawn_on:
        links: Links = current_app.extensions["links"]
        return withdrawn_page(
            found,
            title=f"整改结果{one.number}",
            on=one.withdrawn_on,
            because=one.withdrawn_because,
            back=(links.results(), "整改结果"),
        )
    return filled(
        "result",
        found,
        result=one,
        problem=found.problem_types[one.problem_code],
        unit=found.units[one.unit_code],
        place=place_name(found, one.place_code),
        policy=found.policies.get(one.policy_code or ""),
        steps=steps_of(one.revisions, found),
        untold=untold(one.revisions),
        forgotten=any(not step.is_whole and step.summary for step in one.revisions),
        tone=TONES.get(one.state, "plain"),
        stands=stands,
    )


def _latest(days: list[DayTotals]) -> list[DayTotals]:
    return days[: -_DAYS - 1 : -1]


def _wanted(found: Book) -> Wanted:
    """What the address asks for; a word that names nothing narrows nothing down."""
    known = {
        "unit": found.units,
        "problem": found.problem_types,
        "street": found.places,
        "state": set(Fate),
    }
    asked = {name: request.args.get(name, "") for name in known}
    return Wanted(**{name: word for name, word in asked.items() if word in known[name]})


def _choices(counted: Iterable[Count], found: Book) -> dict[str, tuple[str, str, Choices]]:
    """Each filter with its label, its word for all, and the choices that lead somewhere."""
    rows = list(counted)
    units, problems = {row.unit for row in rows}, {row.problem for row in rows}
    streets, fates = {row.street for row in rows}, {row.fate for row in rows}
    return {
        "unit": (
            "责任单位",
            "全部单位",
            [(one.code, one.name) for one in found.units.values() if one.code in units],
        ),
        "problem": (
            "什么问题",
            "全部问题",
            [
                (one.code, one.plain_text)
                for one in found.problem_types.values()
                if one.code in problems
            ],
        ),
        "street": (
            "哪个街道",
            "全部街道",
            [(one.code, one.name) for one in found.places.values() if one.code in streets],
        ),
        "state": ("改得怎样", "全部", [(fate, fate.plain) for fate in Fate if fate in fates]),
    }


def _chips(wanted: Wanted, choices: dict[str, tuple[str, str, Choices]]) -> list[tuple[str, str]]:
    """The filters in use: what each says, and the query without it."""
    in_use = wanted.changed()
    return [
        (dict(offered).get(in_use[name], in_use[name]), _query(wanted, **{name: ""}))
        for name, (_, _, offered) in choices.items()
        if name in in_use
    ]


def _query(wanted: Wanted, *, after: str = "", **to: str) -> str:
    asked = wanted.changed(**to) | ({"after": after} if after else {})
    return f"?{urlencode(asked)}" if asked else ""
