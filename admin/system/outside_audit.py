"""Hold the chain of events against heads that left the machine.

A restore puts back an older chain, rightly: what left after its backup doesn't fit any more. The
event `restored` names the events of the backup, so that such heads are told as lost and every
later one is still checked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.system.outside_head import OutsideHead
from intake.cases.event import IS_BACKUP, Event, head_part
from intake.vault.vault import vault_of
from portal.foundation.clock import day_of


@dataclass(frozen=True)
class HeldAgainst:
    """How many heads fit, how many each day's restore lost, and a sentence for each other one."""

    fitting: int
    lost: Mapping[date, int]
    misfits: Sequence[str]

    @property
    def losses(self) -> list[str]:
        """A sentence for each day whose restore lost heads. It accuses nobody; whoever knows of no
        restore then has found an old database that was put back."""
        return [
            f"lost by the restore of {on}: {heads} {'head' if heads == 1 else 'heads'}. If you "
            "know of no restore on that day, an old database was put back."
            for on, heads in sorted(self.lost.items())
        ]


def hold_against(session: Session, heads: Iterable[OutsideHead]) -> HeldAgainst:
    """Hold every head against the chain, which isn't recomputed. One doesn't fit whose signature is
    bad, or whose events aren't in the chain any more: they were changed, or the database was put
    back."""
    chain, fitting, misfits = _Chain.of(session), 0, []
    lost: Counter[date] = Counter()
    for head in sorted(heads, key=lambda one: one.seq or 0):
        misfit = chain.misfit(head)
        restored_on = chain.lost_on(head) if misfit else None
        if misfit is None:
            fitting += 1
        elif restored_on:
            lost[restored_on] += 1
        else:
            misfits.append(misfit)
    return HeldAgainst(fitting, lost, misfits)


@dataclass
class _Chain:
    """The chain as it is now: its last event, up to which an outside head fitted so far, and the
    restores in it."""

    session: Session
    end: int
    fits: int = 0
    _restores: list[Event] | None = field(default=None)

    @classmethod
    def of(cls, session: Session) -> _Chain:
        last = session.scalar(select(Event.seq).order_by(Event.seq.desc()).limit(1))
        return cls(session, last or 0)

    def misfit(self, head: OutsideHead) -> str | None:
        """Why a head doesn't fit."""
        if head.seq is None:
            return self._misfit_of_printed(head)
        if not self._is_ours(head):
            return f"The signature of head {head.seq} of {head.on} is bad."
        if head.seq > self.end:
            return (
                f"Event {self.end + 1} is missing: head {head.seq} left the machine on {head.on}, "
                f"and the chain ends at {self.end}. An old database was put back, or the end was "
                "cut off."
            )
        stored = self.session.get(Event, head.seq)
        if stored is None or stored.digest != head.digest:
            return (
                f"Event {head.seq} isn't the one whose head left the machine on {head.on}: "
                f"something between {self.fits + 1} and {head.seq} was changed."
            )
        self.fits = head.seq
        return None

    def lost_on(self, head: OutsideHead) -> date | None:
        """On which day a restore lost what this head speaks of; None where none did. Only what was
        signed by us, before the restore and beyond its backup, can be lost by it."""
        if head.seq is None or not self._is_ours(head):
            return None
        for restored in self._all_restores():
            if head.seq > restored.facts["events"] and head.was_signed_before(restored.happened_at):
                return day_of(restored.happened_at)
        return None

    def _all_restores(self) -> list[Event]:
        """The restores, each right behind the events of its backup: one that names fewer would
        excuse the loss of events that are no part of it."""
        if self._restores is None:
            wanted = select(Event).where(IS_BACKUP, Event.name == "restored").order_by(Event.seq)
            found = self.session.scalars(wanted)
            self._restores = [one for one in found if one.facts["events"] == one.seq - 1]
        return self._restores

    def _is_ours(self, head: OutsideHead) -> bool:
        seq = head.seq or 0
        part = head_part(seq, head.digest)
        return vault_of(self.session).is_signed_head(part, head.signature, seq=seq)

    def _misfit_of_printed(self, head: OutsideHead) -> str | None:
        """Whether the chain ever had the digest of a printed page. What a restore lost has no
        number, and can't be told from what was forged."""
        wanted = select(Event.seq).where(Event.digest == head.digest).limit(1)
        if self.session.scalar(wanted) is not None:
            return None
        return f"No event has the printed digest {head.groups[:9]} …"
