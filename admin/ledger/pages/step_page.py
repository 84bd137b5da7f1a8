"""What the page of a step is made of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Session

from admin.accounts.hand import Hand
from admin.ledger.pages import forms
from admin.ledger.problem import Problem

# WTForms' fields are made for each form class, so that a form here is as good as Any.
Form = Any
_Run = Callable[[Session, Problem, Hand, Form, int], object]

BOTH = "本单位和领导小组办公室能看到。"


@dataclass(frozen=True)
class StepPage:
    """One step's page: its heading, what happens after, who reads what is typed, its verb.

    `filled_in` says what stands in the form at first.
    """

    name: str
    heading: str
    effect: str
    readers: str
    verb: str
    done: str
    form: type[forms.StepForm]
    run: _Run
    hints: dict[str, str]
    warns: bool = False
    filled_in: Callable[[Problem], dict[str, object]] = field(default=lambda _problem: {})
