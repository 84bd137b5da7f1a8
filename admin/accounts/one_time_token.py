"""Random tokens of 256 bits, and the hash by which they are found again."""

from __future__ import annotations

import hashlib
import secrets


def new_token() -> str:
    """A token for a cookie or a one-time link, in letters that need no escaping."""
    return secrets.token_urlsafe(32)


def hash_of(token: str) -> str:
    """What the database keeps of a token. Nobody can try 2^256 of them: no slow hash is needed."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
