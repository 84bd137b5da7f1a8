"""Which drafts of policies wait, and which were released last."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, defer

from admin.policies.policy_draft import PolicyDraft
from admin.publishing.result_draft import DraftState
from portal.foundation.long_list import LongList
from portal.foundation.staff import Staff


@dataclass(frozen=True)
class WaitingDraft:
    """A draft that isn't released, with its drafter's name."""

    draft: PolicyDraft
    drafted_by: str


def waiting_drafts(session: Session) -> LongList[WaitingDraft]:
    """The drafts that wait for a second reader or to be mended, oldest first."""
    waiting = (
        select(PolicyDraft, Staff.display_name)
        .join(Staff, Staff.id == PolicyDraft.drafted_by)
        .where(PolicyDraft.state != DraftState.RELEASED)
        .order_by(PolicyDraft.id)
    )
    return LongList(session, waiting, lambda row: WaitingDraft(*row), [defer(PolicyDraft.sealed)])


def waiting_counts(session: Session) -> dict[DraftState, int]:
    """How many drafts are in each state but released."""
    rows = session.execute(
        select(PolicyDraft.state, func.count())
        .where(PolicyDraft.state != DraftState.RELEASED)
        .group_by(PolicyDraft.state)
    ).all()
    return {row[0]: row[1] for row in rows}
