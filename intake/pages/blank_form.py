"""The empty form, rendered once a day for each kind and handed out with one-time values of its own.

Rendering two dozen fields takes most of a request's time, and an empty form is the same for all
but for its submission id and its token.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from markupsafe import escape

from intake.asking.choices import Choices
from intake.pages.form_token import one_time_values
from intake.pages.forms import ReportForm
from portal.campaign.kinds import Kind
from portal.foundation import clock


@dataclass(frozen=True)
class _Blank:
    """A page cut where its submission id and its token stand."""

    choices: Choices
    day: date
    before: str
    between: str
    after: str


# A kind's blank is published as one assignment, so that no thread sees half of it.
_kept: dict[Kind, _Blank] = {}


def blank_form(
    kind: Kind,
    choices: Choices,
    chosen: Mapping[str, str],
    render: Callable[[ReportForm], str],
    *,
    words: str = "",
) -> str:
    """The page of an empty form. `chosen` is what is chosen in its lists, by their names, if they
    offer it; what they don't is as if nobody had said it. `words` is how the report begins."""
    blank = _kept.get(kind)
    if blank is None or blank.choices is not choices or blank.day != clock.today():
        blank = _kept[kind] = _cut(ReportForm(kind, choices), choices, render)
    submission, token = one_time_values()
    page = f"{blank.before}{submission}{blank.between}{token}{blank.after}"
    offered = {"policy": choices.policies, "place": choices.places}
    for name, code in chosen.items():
        if code in offered[name].texts:
            page = _with_choice(page, name, code)
    return _with_words(page, words) if words else page


def _with_choice(page: str, name: str, code: str) -> str:
    before, start, rest = page.partition(f'name="{name}"')
    option = f'<option value="{escape(code)}"'
    return before + start + rest.replace(f"{option}>", f"{option} selected>", 1)


def _with_words(page: str, words: str) -> str:
    before, start, rest = page.partition('name="words"')
    tag, closing, after = rest.partition("</textarea>")
    return f"{before}{start}{tag}{escape(words)}{closing}{after}"


def _cut(form: ReportForm, choices: Choices, render: Callable[[ReportForm], str]) -> _Blank:
    before, rest = render(form).split(str(form.submission_id.data))
    between, after = rest.split(form.csrf_token.current_token)
    return _Blank(choices, clock.today(), before, between, after)
