"""Check and sign the chain of events.

The chain shows every change inside it; a signed head shows that its end wasn't cut off. A head that
left the machine shows, too, that nobody put back an old database, or wrote the chain anew.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.system.outside_head import OutsideHead
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


def verify_outside(session: Session, heads: Iterable[OutsideHead]) -> int:
    """Hold the chain against heads that left the machine; returns how many fit. It doesn't
    recompute the chain.

    Raises:
        BrokenChain: a head's signature is bad, or what it speaks of isn't in the chain any more: an
            event up to it was changed, or the database was put back.
    """
    end = session.scalar(select(Event.seq).order_by(Event.seq.desc()).limit(1)) or 0
    fits, checked = 0, 0
    for head in sorted(heads, key=lambda one: one.seq or 0):
        if head.seq is None:
            _find_printed(session, head)
        else:
            _check_outside(session, head, end=end, fits=fits)
            fits = head.seq
        checked += 1
    return checked


def is_ours(session: Session, head: OutsideHead) -> bool:
    """Whether a head was signed by this deployment's key."""
    part = head_part(head.seq or 0, head.digest)
    return vault_of(session).is_signed(part, head.signature)


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


def _check_outside(session: Session, head: OutsideHead, *, end: int, fits: int) -> None:
    """Check one head; up to event `fits` an earlier one fitted."""
    seq = head.seq or 0
    if not is_ours(session, head):
        raise BrokenChain(f"The signature of head {seq} of {head.on} is bad.")
    if seq > end:
        raise BrokenChain(
            f"Event {end + 1} is missing: head {seq} left the machine on {head.on}, and the chain "
            f"ends at {end}. An old database was put back, or the end was cut off."
        )
    stored = session.get(Event, seq)
    if stored is None or stored.digest != head.digest:
        raise BrokenChain(
            f"Event {seq} isn't the one whose head left the machine on {head.on}: something "
            f"between {fits + 1} and {seq} was changed."
        )


def _find_printed(session: Session, head: OutsideHead) -> None:
    """Whether the chain ever had the digest of a printed page."""
    wanted = select(Event.seq).where(Event.digest == head.digest).limit(1)
    if session.scalar(wanted) is None:
        raise BrokenChain(f"No event has the printed digest {head.groups[:9]} …")


def _check_end(session: Session, unseen: dict[int, SignedHead], seq: int, digest: bytes) -> None:
    if unseen:
        raise BrokenChain(f"The chain ends at {seq}, but head {max(unseen)} was signed.")
    end = session.scalars(select(EventHead)).one()
    if (end.seq, end.digest) != (seq, digest):
        raise BrokenChain(f"The chain ends at {seq}, but its head says {end.seq}.")
