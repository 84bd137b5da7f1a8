"""The empty form, rendered once a day for each kind and handed out with one-time values of its own.

Rendering two dozen fields takes most of a request's time, and an empty form is the same for all
but for its submission id and its token.
"""

from __future__ import annotations

from collections.abc import Callable
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
    kind: Kind, choices: Choices, policy: str, render: Callable[[ReportForm], str]
) -> str:
    """The page of an empty form, with a policy chosen if it is one of the campaign's."""
    blank = _kept.get(kind)
    if blank is None or blank.choices is not choices or blank.day != clock.today():
        blank = _kept[kind] = _cut(ReportForm(kind, choices), choices, render)
    submission, token = one_time_values()
    page = f"{blank.before}{submission}{blank.between}{token}{blank.after}"
    if policy not in choices.policies.texts:
        return page
    # The list of policies is the first on the page.
    option = f'<option value="{escape(policy)}"'
    return page.replace(f"{option}>", f"{option} selected>", 1)


def _cut(form: ReportForm, choices: Choices, render: Callable[[ReportForm], str]) -> _Blank:
    before, rest = render(form).split(str(form.submission_id.data))
    between, after = rest.split(form.csrf_token.current_token)
    return _Blank(choices, clock.today(), before, between, after)
