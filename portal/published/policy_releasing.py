"""Putting policies on the public site (政策清单, plan 三(一)5): a dated version of each, kept for
good."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from portal.campaign.policy import Policy
from portal.campaign.policy_fields import as_kept
from portal.campaign.policy_history import PolicyHistory
from portal.campaign.policy_version import PolicyVersion
from portal.foundation import clock


@dataclass(frozen=True, kw_only=True)
class PolicyWord:
    """What is said anew about a policy: everything of a new one, else the fields that change.
    `by` is the member of staff who releases it; None: the campaign's data says so."""

    code: str
    fields: Mapping[str, Any]
    holds_from: date | None
    note: str
    by: int | None = None


def put_out_policies(session: Session, words: Sequence[PolicyWord]) -> list[PolicyVersion]:
    """Keep a version for each word; what holds already stands in the list at once, what holds later
    comes with `bring_into_force`. Whoever calls it counts the campaign's revision on."""
    _begin_new_ones(session, words)
    histories = histories_of(session, [word.code for word in words])
    today = clock.today()
    made = [_version(word, histories[word.code], today) for word in words]
    session.add_all(made)
    session.flush()
    _renew(session, {one.policy_code for one in made}, today)
    return made


def bring_into_force(session: Session) -> list[PolicyVersion]:
    """Let the list say what begins to hold today; returns the versions that waited for it."""
    today = clock.today()
    due = session.scalars(_due(today)).all()
    for one in due:
        one.waits = False
    session.flush()
    _renew(session, {one.policy_code for one in due}, today)
    return list(due)


def is_due(session: Session) -> bool:
    """Whether something begins to hold that the list doesn't say yet."""
    return session.scalars(_due(clock.today()).limit(1)).first() is not None


def histories_of(session: Session, codes: Iterable[str]) -> dict[str, PolicyHistory]:
    """The histories of some policies; one that has no version yet has an empty one."""
    kept: defaultdict[str, list[PolicyVersion]] = defaultdict(list)
    wanted = list(codes)
    query = select(PolicyVersion).where(PolicyVersion.policy_code.in_(wanted))
    for one in session.scalars(query):
        kept[one.policy_code].append(one)
    return {code: PolicyHistory.of(kept[code]) for code in wanted}


def _due(today: date) -> Select[PolicyVersion]:
    due = (PolicyVersion.waits, PolicyVersion.holds_from <= today)
    return select(PolicyVersion).where(*due).order_by(PolicyVersion.id)


def _begin_new_ones(session: Session, words: Sequence[PolicyWord]) -> None:
    """A new policy stands in the list from now on, also where it begins later."""
    codes = [word.code for word in words]
    there = set(session.scalars(select(Policy.code).where(Policy.code.in_(codes))))
    last = session.scalar(select(func.max(Policy.position))) or 0
    new = [word for word in words if word.code not in there]
    session.add_all(
        # Until all are there, the code stands in for a name that another may still have.
        Policy(
            code=word.code, checked_on=None, position=place, **{**word.fields, "name": word.code}
        )
        for place, word in enumerate(new, start=last + 1)
    )
    session.flush()


def _version(word: PolicyWord, history: PolicyHistory, today: date) -> PolicyVersion:
    is_first = not history.versions
    return PolicyVersion(
        policy_code=word.code,
        number=len(history.versions) + 1,
        released_at=clock.now(),
        released_by=word.by,
        holds_from=word.holds_from,
        waits=not is_first and word.holds_from is not None and word.holds_from > today,
        fields=as_kept(word.fields),
        note=word.note,
    )


def _renew(session: Session, codes: Iterable[str], today: date) -> None:
    """Let these policies say what their versions say today."""
    saying = {code: one.on(today) for code, one in histories_of(session, codes).items()}
    query = select(Policy).where(Policy.code.in_(saying)).with_for_update()
    policies = session.scalars(query.execution_options(populate_existing=True)).all()
    for one in policies:
        # Two that swap their unique names would collide halfway.
        if one.name != saying[one.code]["name"]:
            one.name = one.code
    session.flush()
    for one in policies:
        for name, value in saying[one.code].items():
            if getattr(one, name) != value:
                setattr(one, name, value)
    session.flush()
