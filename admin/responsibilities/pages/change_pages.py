"""What the page of each change says and asks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from admin.responsibilities.pages import forms
from portal.campaign.responsibility import Responsibility


@dataclass(frozen=True)
class ChangePage:
    """One change's page: its heading, its verb, what happens after, and its form."""

    name: str
    heading: str
    verb: str
    effect: str
    form: type[forms.ChangeForm]
    filled_in: Callable[[Responsibility | None, date], dict[str, object]]


def _begins_today(_row: Responsibility | None, today: date) -> dict[str, object]:
    return {"valid_from": today}


def _begins_soon(row: Responsibility | None, today: date) -> dict[str, object]:
    """From today, or from the first day of a row that hasn't begun."""
    return {"valid_from": max(today, row.valid_from) if row else today}


def _ends_today(row: Responsibility | None, today: date) -> dict[str, object]:
    """Today; the day before its first takes back a row that hasn't begun."""
    begins_later = row is not None and row.valid_from > today
    return {"valid_to": row.valid_from - timedelta(days=1) if begins_later and row else today}


CHANGE_PAGES: dict[str, ChangePage] = {
    page.name: page
    for page in (
        ChangePage(
            "new",
            "加一行",
            "加上",
            "从那一天起，新来的件按这一行分；公众马上能在“谁主管”里看到。",
            forms.NewForm,
            _begins_today,
        ),
        ChangePage(
            "replace",
            "换单位",
            "换单位",
            "原来的一行到前一天为止，从那一天起新来的件归新单位。",
            forms.ReplaceForm,
            _begins_soon,
        ),
        ChangePage(
            "end",
            "停用",
            "停用",
            "过了最后一天，新来的件不再按这一行分；没有别的行管的，由办公室来定。停用以后不能再改。",
            forms.EndForm,
            _ends_today,
        ),
    )
}
