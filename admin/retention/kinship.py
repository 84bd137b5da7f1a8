"""The cases of one message, which are destroyed together: the whole holds the words of every part,
and their reporter reads all of them by one code."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from intake.cases.case import Case
from intake.family import of_one_message
from intake.rules.lifecycle import State
from intake.rules.retention import Due, Ending, Granted, Period, What, due
from portal.campaign.retention_rule import RetentionRule

# The case that all of a message go by: the whole, or the one that was never split.
ROOT = func.coalesce(Case.part_of_id, Case.id)


def family_of(session: Session, case: Case) -> Sequence[Case]:
    """A case and all that came in the same message, the whole first."""
    return session.scalars(select(Case).where(of_one_message(case)).order_by(Case.id)).all()


def families(session: Session, roots: Iterable[int]) -> Mapping[int, list[Case]]:
    """The cases of some messages, each by its whole."""
    found: dict[int, list[Case]] = {}
    for case in session.scalars(select(Case).where(ROOT.in_(list(roots))).order_by(Case.id)):
        found.setdefault(case.part_of_id or case.id, []).append(case)
    return found


def due_of(
    family: Sequence[Case], rule: RetentionRule | None, granted: Granted | None
) -> Mapping[What, Due]:
    """When the cases of one message are destroyed, by the campaign's rule and by what their
    reporter was granted; nothing while one goes on."""
    endings = [_ending(case, rule) for case in family]
    return due(endings, rule.withdrawn_days if rule else 0, granted)


def _ending(case: Case, rule: RetentionRule | None) -> Ending:
    kept = rule.kept_for(case.kind, case.state) if rule else None
    period = Period(kept.words, kept.contact) if kept else None
    # Without a rule nothing goes by itself, not even what was withdrawn.
    return Ending(case.ended_on, rule is not None and case.state is State.WITHDRAWN, period)
