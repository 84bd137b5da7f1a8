"""A note to oneself (仅本人): a slip of paper in a case's folder that only its writer reads.

It is no message of the case: whatever reads, searches, prints, hands on or counts those never meets
it. Nor is it an event: that somebody wrote one is nobody's business.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime

from sqlalchemy import ColumnElement, ForeignKey, Index, LargeBinary, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from admin.desk.hand import Hand, NeedsText, check_version
from intake.cases.case import Case
from intake.rules.lifecycle import MoveNotAllowed
from intake.vault.vault import DoesNotOpen, vault_of
from portal.foundation import clock
from portal.foundation.database import Base, UtcMoment


class OwnNote(Base):
    """One note. It is sealed under the staff side's own key, bound to case and writer: a person has
    no key pair here, only units have."""

    __tablename__ = "own_note"
    __table_args__ = (Index("ix_own_note_case_id_staff_id", "case_id", "staff_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"))
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    written_at: Mapped[datetime] = mapped_column(UtcMoment)


def of_sealed_cases() -> ColumnElement[bool]:
    """The condition under which a note is about a case that was sealed since: it would go on lying
    under the master key."""
    return OwnNote.case_id.in_(select(Case.id).where(Case.sealed))


def note_to_oneself(session: Session, case: Case, hand: Hand, text: str) -> None:
    """Write a note that nobody else reads. The case stays as it is, its version too: a colleague
    who writes at the same time isn't held up by it.

    Raises:
        SomebodyWasFaster, NeedsText: see there.
        MoveNotAllowed: the case is sealed, and the note would lie under the master key.
    """
    check_version(case, hand)
    if case.sealed:
        raise MoveNotAllowed("note_to_oneself")
    if not text.strip():
        raise NeedsText
    staff_id = hand.access.staff_id
    sealed = vault_of(session).seal_under_master(text.strip().encode(), context_of(case, staff_id))
    session.add(OwnNote(case_id=case.id, staff_id=staff_id, sealed=sealed, written_at=clock.now()))


def own_notes(session: Session, case: Case, staff_id: int) -> list[tuple[datetime, str]]:
    """What somebody noted for himself about a case that he may see, in order, each with its
    moment."""
    wanted = select(OwnNote).where(OwnNote.case_id == case.id, OwnNote.staff_id == staff_id)
    vault, context = vault_of(session), context_of(case, staff_id)
    found = []
    for one in session.scalars(wanted.order_by(OwnNote.id)):
        # A row that somebody moved to another case or writer opens for neither.
        with suppress(DoesNotOpen):
            text = vault.open_under_master(one.sealed, context).decode()
            found.append((one.written_at, text))
    return found


def context_of(case: Case, staff_id: int) -> bytes:
    """What binds a note to its case and its writer."""
    return f"own-note|{case.number}|{staff_id}".encode()
