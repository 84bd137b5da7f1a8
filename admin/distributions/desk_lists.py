"""Reading the desk for lists of recipients: drafts that wait, lists that stand."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, defer

from admin.distributions.distribution_draft import OPEN_STATES, DistributionDraft, ListState
from portal.foundation import clock
from portal.foundation.long_list import LongList
from portal.foundation.staff import Staff
from portal.published.distribution import Distribution


@dataclass(frozen=True)
class WaitingList:
    """A draft that is neither released nor dropped."""

    draft: DistributionDraft
    drafted_by: str


def waiting_lists(session: Session) -> LongList[WaitingList]:
    """The drafts that wait for a second reader or to be mended, oldest first."""
    waiting = (
        select(DistributionDraft, Staff.display_name)
        .join(Staff, Staff.id == DistributionDraft.drafted_by)
        .where(DistributionDraft.state.in_(OPEN_STATES))
        .order_by(DistributionDraft.id)
    )
    unopened = [defer(DistributionDraft.sealed)]
    return LongList(session, waiting, lambda row: WaitingList(*row), unopened)


def released_lists(session: Session) -> LongList[Distribution]:
    """What stands on the public site or will, newest first."""
    standing = (
        select(Distribution)
        .where(Distribution.taken_down_on.is_(None), Distribution.shown_until >= clock.today())
        .order_by(Distribution.released_at.desc(), Distribution.number.desc())
    )
    return LongList(session, standing, lambda row: row.Distribution)


def count_waiting_lists(session: Session) -> int:
    """How many drafts wait for a second reader."""
    waits = DistributionDraft.state == ListState.DRAFTED
    return session.scalar(select(func.count()).select_from(DistributionDraft).where(waits)) or 0
