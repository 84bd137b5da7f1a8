"""Check and sign the chain of events.

The chain shows every change inside it; a signed head shows that its end wasn't cut off. What heads
that left the machine show, besides, see `outside_audit.py`.
"""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.cases.event import FIRST_DIGEST, Event, EventHead, SignedHead, head_part
from intake.vault.vault import vault_of
from portal.foundation import clock

_PAGE = 5_000


class BrokenChain(Exception):
    """The chain of events isn't what was written; the text names the first bad number."""


def verify(session: Session, *, signatures: bool = True) -> int:
    """Recompute the whole chain and check every signed head; their `signatures` too, unless no key
    is at hand to do it by. Returns the number of events.

    Raises:
        BrokenChain: an event was edited, reordered, added or removed, or a head's signature is bad.
    """
    signed = {head.seq: head for head in session.scalars(select(SignedHead))}
    digest, seq = FIRST_DIGEST, 0
    while page := session.scalars(
        select(Event).where(Event.seq > seq).order_by(Event.seq).limit(_PAGE)
    ).all():
        for event in page:
            if event.seq != seq + 1:
                raise BrokenChain(f"Event {seq + 1} is missing.")
            digest, seq = event.digest_after(digest), event.seq
            if digest != event.digest:
                raise BrokenChain(f"Event {seq} was changed.")
            _check_head(session, signed.pop(seq, None), digest, signatures=signatures)
        session.expunge_all()
    _check_end(session, signed, seq, digest)
    return seq


def sign_head(session: Session) -> bool:
    """Sign the present end of the chain, unless it is signed already. Says whether it signed."""
    head = session.scalars(select(EventHead).with_for_update()).one()
    if head.seq == 0 or session.get(SignedHead, head.seq) is not None:
        return False
    session.add(
        SignedHead(
            seq=head.seq,
            digest=head.digest,
            signed_at=clock.now(),
            signature=vault_of(session).sign(head_part(head.seq, head.digest)),
        )
    )
    return True


def _check_head(
    session: Session, head: SignedHead | None, digest: bytes, *, signatures: bool
) -> None:
    if head is None:
        return
    if head.digest != digest:
        raise BrokenChain(f"Event {head.seq} isn't the one whose head was signed.")
    if signatures and not vault_of(session).is_signed(
        head_part(head.seq, head.digest), head.signature
    ):
        raise BrokenChain(f"The signature of head {head.seq} is bad.")


def _check_end(session: Session, unseen: dict[int, SignedHead], seq: int, digest: bytes) -> None:
    if unseen:
        raise BrokenChain(f"The chain ends at {seq}, but head {max(unseen)} was signed.")
    end = session.scalars(select(EventHead)).one()
    if (end.seq, end.digest) != (seq, digest):
        raise BrokenChain(f"The chain ends at {seq}, but its head says {end.seq}.")
