"""One policy in full (政策清单, plan 三(一)5): as it is, as it was on a day, all versions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import abort, request

from portal.campaign.book import Book
from portal.campaign.in_charge import InCharge
from portal.campaign.policy_fields import FIELDS, in_words
from portal.campaign.policy_history import PolicyChange, PolicyHistory, policy_as
from portal.foundation import clock
from portal.foundation.cached_pages import published_page
from portal.pages.blueprint import blueprint, book_in_force, filled
from portal.pages.elsewhere import elsewhere
from portal.pages.policies import day_in, years_of


@dataclass(frozen=True)
class Step:
    """One version in a policy's time line. `changes` are the headings of fields with what they
    said before and say then."""

    number: int
    released_on: date
    holds_from: date | None
    note: str
    changes: list[tuple[str, str, str]]
    is_ahead: bool


@blueprint.get("/policies/<code>")
@published_page(query=("on", "year"))
def policy(code: str) -> str:
    """Everything that the list says about a policy: today, or on the day that is asked for."""
    found = book_in_force()
    now = found.policies.get(code) or abort(404)
    history, today = found.histories[code], clock.today()
    day = _day_asked(found) or today
    shown = now if day == today else policy_as(now, history.on(day))
    steps = steps_of(history, found)
    return filled(
        "policy",
        found,
        policy=shown,
        now=now,
        day=day,
        today=today,
        known_from=clock.day_of(history.first.released_at),
        is_before_the_first=not _is_known(history, day),
        years=_years_with_another_text(history, found, today),
        unit=found.units[shown.unit_code],
        in_charge=InCharge(found, day).of(policy=code),
        office=found.office,
        ahead=[one for one in steps if one.is_ahead][::-1],
        steps=steps,
        stands=elsewhere(f"/policies/{code}"),
    )


def _years_with_another_text(history: PolicyHistory, found: Book, today: date) -> list[int]:
    """For each text that isn't today's a year in which it held, the latest first: the one in which
    it began, or, where that isn't known, its last."""
    by_text: dict[tuple[str, ...], list[int]] = {}
    for year in years_of(found):
        if history.held_in(year):
            by_text.setdefault(_text_on(day_in(year), history, found), []).append(year)
    by_text.pop(_text_on(today, history, found), None)
    undated = None if history.first.holds_from else _text_on(date.min, history, found)
    return [same[0] if text == undated else same[-1] for text, same in by_text.items()]


def _text_on(day: date, history: PolicyHistory, found: Book) -> tuple[str, ...]:
    said = history.on(day)
    told = [name for name, field in FIELDS.items() if field.told]
    return tuple(in_words(name, said[name], found.unit_name) for name in told)


def steps_of(history: PolicyHistory, found: Book) -> list[Step]:
    """The versions of a policy, the latest first, each with what it changed; without those of the
    campaign's data that changed nothing that people are told."""
    steps = [(one.version, _step(one, found)) for one in history.changes()]
    return [
        step
        for version, step in steps
        if step.changes or version.released_by is not None or version is history.first
    ]


def _step(one: PolicyChange, found: Book) -> Step:
    version = one.version
    return Step(
        number=version.number,
        released_on=clock.day_of(version.released_at),
        holds_from=version.holds_from,
        note=version.note,
        changes=[
            (
                FIELDS[change.name].heading,
                in_words(change.name, change.before, found.unit_name),
                in_words(change.name, change.now, found.unit_name),
            )
            for change in one.fields
            if FIELDS[change.name].told
        ],
        is_ahead=version.place[0] > clock.today(),
    )


def _day_asked(found: Book) -> date | None:
    """The day or the year that the address asks for; what is none of them asks for nothing."""
    try:
        asked = date.fromisoformat(request.args.get("on", ""))
    except ValueError:
        year = request.args.get("year", "")
        return next((day_in(one) for one in years_of(found) if str(one) == year), None)
    years = years_of(found)
    return asked if years[-1] <= asked.year <= years[0] else None


def _is_known(history: PolicyHistory, day: date) -> bool:
    """Whether the list was kept on that day already, or a version names an earlier one."""
    first = history.first
    return day >= (first.holds_from or clock.day_of(first.released_at))
