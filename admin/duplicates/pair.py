"""Two cases before somebody who sees both, each in the version that he saw."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.accounts.access import Access, NoSuchCase, find_case
from admin.desk.hand import Hand, check_version, settle, write
from intake.cases.case import Case
from intake.cases.message import MessageKind
from intake.family import hold_together


@dataclass(frozen=True)
class Pair:
    """A case and another one. `hand` holds the version of the first that the writer saw,
    `seen_of_other` that of the second."""

    this: Case
    other: Case
    hand: Hand
    seen_of_other: int

    @property
    def both(self) -> tuple[Case, Case]:
        """The two, the earlier first."""
        return (self.this, self.other) if self.this.id < self.other.id else (self.other, self.this)

    @property
    def in_one_unit(self) -> bool:
        """Whether the same unit has both."""
        return self.this.unit_code == self.other.unit_code

    def beside(self, case: Case) -> Case:
        """The one that isn't this."""
        return self.other if case is self.this else self.this

    def hand_for(self, case: Case) -> Hand:
        """Who acts, with the version of one of the two."""
        return self.hand if case is self.this else replace(self.hand, version=self.seen_of_other)

    def check_versions(self) -> None:
        """Refuse who hasn't seen the latest of both. Raises SomebodyWasFaster."""
        for case in self.both:
            check_version(case, self.hand_for(case))

    def keep_reason(self, session: Session, case: Case, reason: str) -> None:
        """Seal why something was done, with the case that it was done to. Where the other one isn't
        its unit's, or is a tip-off, the words stay with who decides: they may speak of both.

        Raises:
            NeedsText: no reason was given.
        """
        open_to_unit = self.in_one_unit and not case.is_tip_off
        kind = MessageKind.REASON if open_to_unit else MessageKind.RULING
        write(session, case, self.hand, kind, reason)

    def settle(self, session: Session) -> None:
        """Count the consequences for both."""
        for case in self.both:
            settle(session, case, self.hand)


def find_pair(
    session: Session, access: Access, numbers: tuple[str, str], *, to_change: bool = False
) -> tuple[Case, Case]:
    """The two cases of these numbers, and all that is tied to them held `to_change` them.

    Raises:
        NoSuchCase: one doesn't exist, or not for this person; or both are the same.
    """
    if numbers[0] == numbers[1]:
        raise NoSuchCase(numbers[1])
    if to_change:
        ids = session.scalars(select(Case.id).where(Case.number.in_(numbers)))
        hold_together(session, ids)
    this, other = (find_case(session, access, one, to_change=to_change) for one in numbers)
    return this, other
