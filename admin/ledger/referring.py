"""Marking that a problem was referred (移送、跟踪进展, plan 五(二)3), and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.accounts.hand import Hand
from admin.ledger.moving import check_step, note_event
from admin.ledger.problem import Problem
from admin.ledger.problem_referral import ProblemReferral
from admin.ledger.refusals import DayNotCome, SomebodyWasFaster, StepNotAllowed
from intake.vault.compartment import Compartment, new_compartment, open_compartment
from portal.campaign.unit import UnitKind
from portal.foundation import clock

_NAME = "referral"
REFERRED_TO = frozenset(
    {UnitKind.DISCIPLINE, UnitKind.SUPERIOR, UnitKind.POLICE, UnitKind.COURT, UnitKind.GOVERNMENT}
)


@dataclass(frozen=True, kw_only=True)
class Referred:
    """What the office knows of it. `concluded_on` and `referred_on` are Shanghai's days; the three
    numbers are people."""

    body: str
    referred_on: date
    organisational: int = 0
    disciplinary: int = 0
    judicial: int = 0
    concluded_on: date | None = None
    heard: str = ""


def referral_of(session: Session, problem: Problem) -> ProblemReferral | None:
    """The mark of a problem. For the office alone."""
    return session.get(ProblemReferral, problem.id)


def note_referral(session: Session, problem: Problem, *, by: Hand, referred: Referred) -> None:
    """Write down to whom it was referred and what came of it so far; what was written last counts.

    Raises:
        StepNotAllowed: the body is none that takes referrals.
        DayNotCome: a day lies ahead.
        SomebodyWasFaster: somebody wrote more of it since (`by.version` is its own version, 0
            where there was none yet).
    """
    check_step(problem, "refer", by=by)
    if by.book.units[referred.body].kind not in REFERRED_TO:
        raise StepNotAllowed("refer")
    if max(referred.referred_on, referred.concluded_on or referred.referred_on) > clock.today():
        raise DayNotCome
    mark = referral_of(session, problem)
    if by.version != (mark.version if mark else 0):
        raise SomebodyWasFaster(problem.number)
    if mark is None:
        mark = ProblemReferral(problem_id=problem.id)
        session.add(mark)
    mark.version = by.version + 1
    mark.body_code, mark.referred_on = referred.body, referred.referred_on
    mark.organisational, mark.disciplinary = referred.organisational, referred.disciplinary
    mark.judicial, mark.concluded_on = referred.judicial, referred.concluded_on
    mark.noted_by = by.access.staff_id
    heard = referred.heard.strip()
    mark.heard = _box(session, problem, by).seal(heard, _NAME) if heard else None
    note_event(session, "problem_referred", problem, by)
    session.flush()


def heard_of(session: Session, problem: Problem, by: Hand) -> str:
    """What the body told so far, opened as the office; empty where nothing was written.

    Raises:
        NotAHolder: the reader isn't of the office.
    """
    mark = referral_of(session, problem)
    if mark is None or mark.heard is None:
        return ""
    box = _box(session, problem, by)
    pair = open_compartment(session, box, by.access.openers)
    return box.open(pair, mark.heard, _NAME)


def _box(session: Session, problem: Problem, by: Hand) -> Compartment:
    """The compartment of the office alone, made when it is first needed."""
    wanted = select(Compartment).where(
        Compartment.label == problem.label, Compartment.name == _NAME
    )
    there = session.scalars(wanted).first()
    if there is None:
        holders = frozenset({by.book.campaign.office_code})
        new_compartment(session, label=problem.label, name=_NAME, holders=holders)
        session.flush()
        there = session.scalars(wanted).one()
    return there
