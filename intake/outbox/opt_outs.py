"""Who asked for no more notices (退订), known by a keyed digest of his number.

The number itself is kept sealed to the worker, for nothing but to mark it anew when the intake key
is turned: an opt-out that nobody knows again would be a notice to somebody who wanted none.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from intake.cases.inbound_text import TEXT_SENDER, TextOptOut
from intake.vault.vault import vault_of

CONTEXT = b"text-opt-out"


def opt_out(session: Session, sender: str, *, at: datetime) -> None:
    """Keep that somebody wants no more notices since a moment (UTC); said again it changes
    nothing."""
    kept = meet_again(session, sender)
    if kept is None:
        mark = vault_of(session).mark(TEXT_SENDER, sender)
        kept = TextOptOut(sender_mark=mark, opted_out_at=at)
        session.add(kept)
    _keep_number(session, kept, sender)


def opt_in(session: Session, sender: str) -> None:
    """Forget that somebody wanted none (恢复)."""
    marks = vault_of(session).marks(TEXT_SENDER, sender)
    session.execute(delete(TextOptOut).where(TextOptOut.sender_mark.in_(marks)))


def has_opted_out(session: Session, to: str) -> bool:
    """Whether somebody at this number asked for no more notices."""
    kept = meet_again(session, to)
    if kept is not None:
        _keep_number(session, kept, to)
    return kept is not None


def meet_again(session: Session, number: str) -> TextOptOut | None:
    """The opt-out of a number that is at hand, marked by the newest key from now on; None where
    there is none."""
    newest, *former = vault_of(session).marks(TEXT_SENDER, number)
    # The former ones first: what somebody marks anew meanwhile is found by the newest then.
    older = _of_former(session, former) if former else None
    found = session.get(TextOptOut, newest)
    if older is not None:
        if found is None:
            older.sender_mark = newest
            _keep_number(session, older, number)
            found = older
        else:
            session.delete(older)
        session.flush()
    return found


def mark_anew(session: Session, number: str) -> None:
    """The same where nobody asks about him: nothing is looked up as long as one key is live."""
    if len(vault_of(session).intake_keys) > 1:
        meet_again(session, number)


def _of_former(session: Session, marks: list[bytes]) -> TextOptOut | None:
    # Held: whoever marks it anew at the same moment is waited for, and leaves nothing here.
    wanted = select(TextOptOut).where(TextOptOut.sender_mark.in_(marks)).with_for_update()
    return session.scalars(wanted).first()


def _keep_number(session: Session, kept: TextOptOut, number: str) -> None:
    vault = vault_of(session)
    if kept.number_sealed is None and vault.knows_worker:
        kept.number_sealed = vault.seal_to_worker(number.encode(), CONTEXT)
