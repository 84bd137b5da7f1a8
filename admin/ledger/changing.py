"""Changing what the ledger says of a problem in figures and dates, with the reason; what it said
before stays readable."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from admin.accounts.hand import Hand
from admin.ledger import ledger_texts
from admin.ledger.ledger_text import LedgerTextKind
from admin.ledger.moving import note_event, take_step
from admin.ledger.problem import Problem
from admin.ledger.refusals import NothingChanged
from portal.foundation.formats import yuan


@dataclass(frozen=True, kw_only=True)
class Figures:
    """The figures and dates of a problem: yuan, people, a fund year, a Shanghai day."""

    problem_type: str
    fund_year: int | None
    amount: Decimal | None
    persons: int | None
    rectify_by: date

    @classmethod
    def of(cls, problem: Problem) -> Figures:
        """As they stand."""
        return cls(
            problem_type=problem.problem_code,
            fund_year=problem.fund_year,
            amount=problem.amount,
            persons=problem.persons,
            rectify_by=problem.rectify_by,
        )


def change(session: Session, problem: Problem, *, by: Hand, figures: Figures, reason: str) -> None:
    """Set them anew.

    Raises:
        NothingChanged: they stand like that already.
        SomebodyWasFaster, StepNotAllowed, NeedsText: see `moving`.
    """
    take_step(session, problem, "change", by=by)
    changes = "；".join(_differences(Figures.of(problem), figures))
    if not changes:
        raise NothingChanged
    problem.problem_code = figures.problem_type
    problem.fund_year, problem.amount = figures.fund_year, figures.amount
    problem.persons, problem.rectify_by = figures.persons, figures.rectify_by
    # Checked before they are joined: an empty reason mustn't hide behind what changed.
    ledger_texts.refuse_empty(reason)
    text = f"{changes}。{reason.strip()}"
    ledger_texts.write(session, problem, LedgerTextKind.CHANGED, text, by=by)
    note_event(session, "problem_changed", problem, by)
    session.flush()


def _differences(before: Figures, after: Figures) -> Iterator[str]:
    said = (
        ("问题类别", before.problem_type, after.problem_type),
        ("资金年度", before.fund_year, after.fund_year),
        ("涉及金额", _yuan(before.amount), _yuan(after.amount)),
        ("涉及人数", before.persons, after.persons),
        ("整改时限", before.rectify_by, after.rectify_by),
    )
    for name, was, becomes in said:
        if was != becomes:
            yield f"{name}：{_said(was)}改成{_said(becomes)}"


def _said(value: object) -> str:
    return "没写" if value is None else str(value)


def _yuan(amount: Decimal | None) -> str | None:
    return None if amount is None else yuan(amount)
