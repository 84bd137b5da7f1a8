"""Which steps of a problem somebody may take now, beyond what the table says: for its page."""

from __future__ import annotations

from sqlalchemy.orm import Session

from admin.accounts.hand import Hand
from admin.ledger.problem import Problem
from admin.ledger.rectifying import all_done, measures_of
from admin.ledger.sight import hats
from admin.ledger.strike_off import may_approve
from admin.ledger.walk import Step, steps_from


def allowed(session: Session, problem: Problem, by: Hand) -> list[Step]:
    """The steps that would succeed now, in the order of the table."""
    steps = steps_from(problem.state, hats(by, problem))
    return [step for step in steps if _would_succeed(session, problem, by, step.name)]


def why_not(session: Session, problem: Problem, by: Hand) -> str:
    """What stands in the way of the step that one would expect next; empty where nothing does."""
    names = {step.name for step in steps_from(problem.state, hats(by, problem))}
    if "rectified" in names and not all_done(session, problem):
        return "每项措施都做完、写好证明以后，单位负责人可以报整改完成。"
    if "strike-off" in names and not may_approve(session, problem, by):
        return "您参与过这个问题，销号要由办公室另一位同事审核。"
    return ""


def _would_succeed(session: Session, problem: Problem, by: Hand, name: str) -> bool:
    if name == "rectified":
        return all_done(session, problem)
    if name in {"strike-off", "unfounded"}:
        return may_approve(session, problem, by)
    if name == "done":
        return any(measure.done_on is None for measure in measures_of(session, problem))
    return True
