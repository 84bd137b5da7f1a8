"""Sorting a case (分件): the office says what the rules should have said, and the case goes where
it belongs. Each time is a labelled example, for the rules to learn from later."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.desk.casework import give, looked_at
from admin.desk.correction import Correction
from admin.desk.hand import Hand, actors_of, check_decides, settle, write
from admin.desk.kind_change import put_kind
from admin.desk.recusing import Accused, bar, barred_by_rules, free
from admin.desk.reporting_back import set_report_day
from admin.desk.returning import rule_on_return
from intake import correspondence
from intake.cases.assignment import Manner
from intake.cases.bar import Bar, BarSource
from intake.cases.case import Case
from intake.cases.event import record
from intake.cases.message import MessageKind
from intake.decision import Kept
from intake.rules.lifecycle import Actor, MoveNotAllowed
from intake.scope import in_ledger_scope
from portal.campaign.kinds import Kind
from portal.foundation import clock


@dataclass(frozen=True)
class Ruling:
    """What the office says of a case. `unit` is empty where the case stays; `freed` are those whom
    only the words seemed to accuse, `accused` whom it accuses besides. `told` is for the
    reporter and needed where the kind changes, `note` for the office itself, `arbiter` what the
    arbiter decided, where it is his turn. A unit gets the case in a `manner`, assigned with the
    Shanghai day by which it reports back."""

    kind: Kind
    policy: str | None
    problem: str | None
    unit: str = ""
    manner: Manner = Manner.ASSIGN
    report_by: date | None = None
    freed: Accused = Accused()  # noqa: RUF009  # nothing can change it
    accused: Accused = Accused()  # noqa: RUF009
    told: str = ""
    note: str = ""
    arbiter: str = ""


def sort_case(session: Session, case: Case, hand: Hand, ruling: Ruling) -> None:
    """Put a case right, give it to the unit that it is for, and keep what was right as an example.

    Raises:
        MoveNotAllowed: the actor doesn't act for the office, the case is over or can't be given
            away any more, or somebody else than the rules barred a unit that is to be freed.
        UnitIsBarred: the case accuses the unit that is to have it.
        DayIsOver: nobody can report back by then.
        NeedsText: the kind changes, and the reporter isn't told why.
        NeedsArbiter: it was returned for the third time, and nobody says what the arbiter decided.
    """
    check_decides(session, case, hand, "sort")
    if not case.state.is_open or not ruling.freed <= barred_by_rules(session, case):
        raise MoveNotAllowed("sort")
    actors = actors_of(session, case, hand.access, hand.book)
    first = first_decision(session, case, hand)
    _say_what_it_is(session, case, hand, ruling)
    _say_whom_it_accuses(session, case, hand, ruling)
    if ruling.unit and ruling.unit != case.unit_code:
        rule_on_return(session, case, hand, ruling.unit, arbiter=ruling.arbiter)
        _give(session, case, hand, ruling, actors)
    _keep_example(session, case, hand, first)
    case.doubted = False
    correspondence.rewrap(session, case, hand.book)
    settle(session, case, hand)


def _give(
    session: Session, case: Case, hand: Hand, ruling: Ruling, actors: frozenset[Actor]
) -> None:
    give(session, case, hand, ruling.unit, manner=ruling.manner, actors=actors)
    if ruling.manner is Manner.ASSIGN and ruling.report_by:
        set_report_day(session, case, hand, ruling.report_by)


def first_decision(session: Session, case: Case, hand: Hand) -> Kept:
    """What the rules decided when the case came; of one that is older than such records, what
    stands there now."""
    letters = correspondence.read_as_unit(
        session, case, hand.access.openers, [MessageKind.DECISION]
    )
    if letters:
        return Kept.from_text(letters[0].text)
    return Kept(
        kind=case.kind,
        unit=case.first_unit_code or case.unit_code,
        natural=None,
        policy=case.policy_code,
        problem=case.problem_code,
        accused=_accused(session, case),
        responsibility_id=None,
        revision=0,
        confidence=0.0,
        candidates=(),
        recused=(),
        suggested_kind=None,
    )


def _say_whom_it_accuses(session: Session, case: Case, hand: Hand, ruling: Ruling) -> None:
    if ruling.note:
        write(session, case, hand, MessageKind.RULING, ruling.note)
    if ruling.freed:
        free(session, case, hand, ruling.freed)
    if ruling.accused:
        bar(session, case, hand, ruling.accused)


def _say_what_it_is(session: Session, case: Case, hand: Hand, ruling: Ruling) -> None:
    if ruling.kind is not case.kind:
        put_kind(session, case, hand, ruling.kind, reason=ruling.told)
    case.policy_code, case.problem_code = ruling.policy, ruling.problem
    case.in_ledger_scope = in_ledger_scope(hand.book, ruling.policy, case.fund_year)
    if case.is_tip_off and not looked_at(session, case):
        record(session, "looked", case_id=case.id, by=hand.access.staff_id)


def _keep_example(session: Session, case: Case, hand: Hand, first: Kept) -> None:
    accused = _accused(session, case)
    example = {
        "kind": case.kind,
        "policy": case.policy_code,
        "problem": case.problem_code,
        "unit": case.unit_code,
        "accused": accused,
    }
    write(session, case, hand, MessageKind.EXAMPLE, json.dumps(example, ensure_ascii=False))
    right = {
        "unit": case.unit_code in {first.unit, first.natural},
        "kind": case.kind == first.kind,
        "policy": case.policy_code == first.policy,
        "problem": case.problem_code == first.problem,
        "accused": accused == first.accused,
    }
    session.add(
        Correction(
            case_id=case.id,
            staff_id=hand.access.staff_id,
            made_at=clock.now(),
            **{f"{name}_right": found for name, found in right.items()},
        )
    )
    record(session, "corrected", case_id=case.id, by=hand.access.staff_id, **right)


def _accused(session: Session, case: Case) -> tuple[str, ...]:
    named = select(Bar.unit_code).where(
        Bar.case_id == case.id,
        Bar.named,
        Bar.unit_code.is_not(None),
        # Who answered before, or is accused in another part, isn't accused by these words.
        Bar.source.not_in((BarSource.REVIEW, BarSource.RELATIVE)),
    )
    return tuple(sorted(code for code in session.scalars(named) if code))
