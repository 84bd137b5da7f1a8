"""The time line of a result: its latest releases with what each said anew, and each withdrawal.

A long text is told by its beginning; the page of its release has it in full. So a result that was
released often, or at length, weighs no more than others.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from portal.campaign.book import Book
from portal.foundation import clock, formats
from portal.pages.shown_results import place_name
from portal.published.heading import heading_of
from portal.published.result import ResultRevision

_TEXTS = (("问题", "summary"), ("怎么改", "measures"), ("进展", "progress"))
WITHDRAWN = "撤下"
# So many releases stand in the time line; of each earlier one there is its page.
_SHOWN = 6


@dataclass(frozen=True)
class Step:
    """One release or withdrawal in a result's time line. `cut` is the number of a release, from 1,
    of which only the beginning of a text is told."""

    title: str
    date: date
    who: str | None
    body: str | None
    cut: int | None = None


def steps_of(revisions: Sequence[ResultRevision], found: Book) -> list[Step]:
    """The time line of the latest releases, newest first, from all of them in the same order."""
    before: list[ResultRevision | None] = [*revisions[1:], None]
    return [
        step
        for one, earlier in zip(revisions[:_SHOWN], before, strict=False)
        for step in _steps(one, earlier, found)
    ]


def untold(revisions: Sequence[ResultRevision]) -> list[int]:
    """The numbers of the releases before those of the time line, newest first; without those whose
    words went with a withdrawal."""
    return [one.revision for one in revisions[_SHOWN:] if one.summary]


def _steps(one: ResultRevision, earlier: ResultRevision | None, found: Book) -> Iterator[Step]:
    if one.withdrawn_on:
        yield Step(WITHDRAWN, one.withdrawn_on, None, one.withdrawn_because or None)
    anew = _texts_anew(one, earlier)
    told = [f"{label}：{heading_of(text)}" for label, text in anew]
    parts = [*told, *_facts_anew(one, earlier, found), *filter(None, [one.note])]
    body = "".join(f"{part.rstrip('。')}。" for part in parts) or None
    is_cut = any(heading_of(text) != text for _, text in anew)
    cut = one.revision if is_cut else None
    yield Step(one.state.plain, clock.day_of(one.released_at), None, body, cut)


def _texts_anew(one: ResultRevision, earlier: ResultRevision | None) -> list[tuple[str, str]]:
    said = [(label, name, getattr(one, name)) for label, name in _TEXTS]
    return [
        (label, text)
        for label, name, text in said
        if text and (earlier is None or text != getattr(earlier, name))
    ]


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
