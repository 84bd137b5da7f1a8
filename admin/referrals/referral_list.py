"""The list of referrals (移送台账): what is with whom since when, and the totals over all of them.
Read only, and only through `sight`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import func, select, tuple_
from sqlalchemy.orm import Session

from admin.accounts.access import Access
from admin.referrals.sight import seen
from intake.cases.case import Case, Identity
from intake.cases.referral import Referral, ReferralState
from intake.dates import clocks_of
from intake.rules.pauses import Happened
from portal.campaign.book import Book
from portal.campaign.kinds import Kind

PAGE_SIZE = 30
_CURSOR = re.compile(r"(\d{4}-\d{2}-\d{2})_(YS[0-9A-F]{8})", re.ASCII)


class Part(StrEnum):
    """One part of the list; the values are words of addresses."""

    TO_DO = "to-do"
    WITH_A_BODY = "with-a-body"
    ENDED = "ended"

    @property
    def official(self) -> str:
        """What stands on its tab."""
        return {Part.TO_DO: "待移送", Part.WITH_A_BODY: "已移送", Part.ENDED: "已了结、退回"}[self]

    @property
    def states(self) -> tuple[ReferralState, ...]:
        """What it lists."""
        return _STATES[self]


_STATES = {
    Part.TO_DO: (ReferralState.PROPOSED, ReferralState.DECIDED),
    Part.WITH_A_BODY: (ReferralState.REFERRED,),
    Part.ENDED: (ReferralState.CONCLUDED, ReferralState.RETURNED, ReferralState.REFUSED),
}


@dataclass(frozen=True)
class Line:
    """One referral in the list. `due_on` is by when it has to be with the body."""

    referral: Referral
    number: str
    due_on: date | None


@dataclass(frozen=True)
class Listed:
    """A page of the list; `next` is where the following begins, empty where there is none."""

    lines: Sequence[Line]
    next: str


@dataclass(frozen=True)
class Totals:
    """The sums over everything that somebody sees: what was found is what went out, what is still
    to go, and what stays; what went out is in hand, ended or sent back."""

    by_state: dict[ReferralState, int]
    recovered: Decimal
    refunded: Decimal
    punished: int

    def count(self, *states: ReferralState) -> int:
        """How many are in one of these states."""
        return sum(self.by_state.get(state, 0) for state in states)

    @property
    def found(self) -> int:
        """All of them."""
        return sum(self.by_state.values())

    @property
    def to_do(self) -> int:
        """Found, and with nobody yet."""
        return self.count(*Part.TO_DO.states)

    @property
    def stayed(self) -> int:
        """Found, and not referred after all."""
        return self.count(ReferralState.REFUSED)

    @property
    def referred(self) -> int:
        """What a body had at some time."""
        out = (ReferralState.REFERRED, ReferralState.CONCLUDED, ReferralState.RETURNED)
        return self.count(*out)


def read_list(session: Session, access: Access, book: Book, part: Part, after: str = "") -> Listed:
    """A page of one part of the list, the oldest first: what waits longest stands on top."""
    wanted = (
        select(Referral, Case.number, Case.kind)
        .join(Case, Case.id == Referral.case_id)
        .where(seen(access, book), Referral.state.in_(part.states))
        .order_by(Referral.found_on, Referral.key)
        .limit(PAGE_SIZE + 1)
    )
    begin = _CURSOR.fullmatch(after)
    if begin:
        at = tuple_(date.fromisoformat(begin[1]), begin[2])
        wanted = wanted.where(tuple_(Referral.found_on, Referral.key) > at)
    rows = session.execute(wanted).all()
    shown = rows[:PAGE_SIZE]
    last = shown[-1].Referral if len(rows) > PAGE_SIZE else None
    return Listed(
        [Line(row.Referral, row.number, due_on(row.Referral, row.kind, book)) for row in shown],
        f"{last.found_on.isoformat()}_{last.key}" if last else "",
    )


def read_totals(session: Session, access: Access, book: Book) -> Totals:
    """The sums over all referrals that somebody sees."""
    wanted = (
        select(
            Referral.state,
            func.count(),
            func.sum(Referral.recovered),
            func.sum(Referral.refunded),
            func.sum(Referral.punished),
        )
        .join(Case, Case.id == Referral.case_id)
        .where(seen(access, book))
        .group_by(Referral.state)
    )
    rows = session.execute(wanted).all()
    return Totals(
        by_state={state: count for state, count, *_ in rows},
        recovered=sum((row[2] or Decimal(0) for row in rows), Decimal(0)),
        refunded=sum((row[3] or Decimal(0) for row in rows), Decimal(0)),
        punished=sum(row[4] or 0 for row in rows),
    )


def due_on(referral: Referral, kind: Kind, book: Book) -> date | None:
    """By which Shanghai day a referral has to be with its body; None where nothing says so, or it
    is there."""
    if referral.state not in Part.TO_DO.states:
        return None
    found = [Happened("found", referral.found_on)]
    running = clocks_of(book, kind, Identity.ANONYMOUS, found)
    return next((one.working.due_on for one in running if one.clock == "refer"), None)
