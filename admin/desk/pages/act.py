"""One act of a case as its page offers it: what it is called, what it says it will do, what it
asks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from admin.desk.hand import Hand
from admin.desk.pages import forms
from admin.desk.proposal import What
from intake.cases.case import Case

Run = Callable[[Session, Case, Hand, Any], object]


@dataclass(frozen=True)
class Act:
    """One act. `effect` is what it does and who will see it; `hint` says who reads what is
    typed."""

    slug: str
    heading: str
    verb: str
    done: str
    effect: str
    run: Run
    form: type[forms.ActForm] = forms.ActForm
    hint: str = ""
    warns: bool = False
    shows_words: bool = False
    shows_draft: bool = False
    shows_proposal: What | None = None

    @property
    def at_once(self) -> bool:
        """Whether a button on the case's page does it, with nothing to fill in and nothing to
        fear."""
        return self.form is forms.ActForm and not self.warns


def by_slug(*acts: Act) -> dict[str, Act]:
    """Acts by their place in an address."""
    return {act.slug: act for act in acts}


INTERNAL = "内部：来件人看不到。"
TO_REPORTER = "来件人可见。"
