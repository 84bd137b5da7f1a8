"""The time line of a result: each of its releases with what it said anew, and each withdrawal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from portal.campaign.book import Book
from portal.foundation import clock, formats
from portal.pages.shown_results import place_name
from portal.published.result import ResultRevision

_TEXTS = (("问题", "summary"), ("怎么改", "measures"), ("进展", "progress"))
WITHDRAWN = "撤下"


@dataclass(frozen=True)
class Step:
    """One release or withdrawal in a result's time line."""

    title: str
    date: date
    who: str | None
    body: str | None


def steps_of(revisions: Iterable[ResultRevision], found: Book) -> list[Step]:
    """The time line, newest first, from the releases in the same order."""
    newest_first = list(revisions)
    before: list[ResultRevision | None] = [*newest_first[1:], None]
    return [
        step
        for one, earlier in zip(newest_first, before, strict=True)
        for step in _steps(one, earlier, found)
    ]


def _steps(one: ResultRevision, earlier: ResultRevision | None, found: Book) -> Iterator[Step]:
    if one.withdrawn_on:
        yield Step(WITHDRAWN, one.withdrawn_on, None, one.withdrawn_because or None)
    body = _said_anew(one, earlier, found) or None
    yield Step(one.state.plain, clock.day_of(one.released_at), None, body)


def _said_anew(one: ResultRevision, earlier: ResultRevision | None, found: Book) -> str:
    told = [
        f"{label}：{getattr(one, name)}"
        for label, name in _TEXTS
        if getattr(one, name) and (earlier is None or getattr(one, name) != getattr(earlier, name))
    ]
    parts = [*told, *_facts_anew(one, earlier, found), *filter(None, [one.note])]
    return "".join(f"{part.rstrip('。')}。" for part in parts)


def _facts_anew(one: ResultRevision, earlier: ResultRevision | None, found: Book) -> Iterator[str]:
    """What became of the time limit and of what else stands beside the texts. What a release said
    in full, and the one before it too, is compared; the first tells its time limit."""
    if not one.is_whole:
        return
    now = _facts(one, found)
    if earlier is None or not earlier.is_whole:
        if one.rectify_by:
            yield f"期限：{now['期限']}"
        return
    for (label, said), old in zip(now.items(), _facts(earlier, found).values(), strict=True):
        if said != old:
            before = f"原来{old}，现在" if old else ""
            yield f"{label}：{before}{said or '没有'}"


def _facts(one: ResultRevision, found: Book) -> dict[str, str]:
    """What a whole release said besides its texts, in a citizen's words; what it didn't is
    empty."""
    policy = found.policies.get(one.policy_code or "")
    return {
        "期限": _day(one.rectify_by),
        "改好销号": _day(one.struck_off_on),
        "责任单位": found.unit_name(one.unit_code or ""),
        "在哪里": place_name(found, one.place_code) or "全区",
        "什么问题": found.problem_types[one.problem_code or ""].plain_text,
        "哪项补贴": policy.name if policy else "不止一项",
    }


def _day(value: date | None) -> str:
    return formats.day_with_year(value) if value else ""
