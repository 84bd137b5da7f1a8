"""Random tokens of 256 bits that name their owner, and the stamp by which they are found again.

A stamp needs the master key: whoever can merely write the database, as the public process can, must
not be able to write himself a sign-in.
"""

from __future__ import annotations

import secrets

from sqlalchemy.orm import Session

from intake.vault.vault import vault_of

_HALF = ".w"


def new_token(owner: int) -> str:
    """A token of this member of staff, in letters that need no escaping."""
    return f"{owner}.{secrets.token_urlsafe(32)}"


def new_half(owner: int) -> str:
    """A token that opens nothing without the word that somebody else was told."""
    return new_token(owner) + _HALF


def is_half(token: str) -> bool:
    """Whether a token needs its word. The stamp covers it, so nobody can cut that off."""
    return token.endswith(_HALF)


def stamp_of(session: Session, purpose: str, token: str) -> str:
    """What the database keeps of a token for one purpose."""
    return vault_of(session).stamp(purpose, token)


def stamps_of(session: Session, purpose: str, token: str) -> tuple[str, ...]:
    """What the database may keep of a token: its stamp by every live key, the newest first."""
    return vault_of(session).stamps(purpose, token)


def owner_of(token: str) -> int | None:
    """The member of staff whom a token names; its stamp says whether it is true."""
    owner = token.split(".")[0]
    return int(owner) if owner.isascii() and owner.isdigit() and len(owner) < 10 else None
