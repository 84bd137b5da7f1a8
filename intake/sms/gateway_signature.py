"""How we and a gateway know each other's requests: HMAC-SHA256 under a common secret, over the
moment and the body (docs/text-messages.md has the format)."""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime, timedelta

TIMESTAMP, SIGNATURE = "X-Huimin-Timestamp", "X-Huimin-Signature"
_GOOD_FOR = timedelta(minutes=5)
_LONGEST_TIMESTAMP = 12


def signed_headers(secret: str, body: bytes, now: datetime) -> dict[str, str]:
    """The headers that go with a body."""
    timestamp = str(int(now.timestamp()))
    return {TIMESTAMP: timestamp, SIGNATURE: _signature(secret, timestamp, body)}


def is_signed(secret: str, timestamp: str, signature: str, body: bytes, now: datetime) -> bool:
    """Whether a body was signed with the secret, at most five minutes ago (or ahead, for a clock
    that goes wrong)."""
    if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= _LONGEST_TIMESTAMP):
        return False
    age = abs(now.timestamp() - int(timestamp))
    fits = hmac.compare_digest(
        _signature(secret, timestamp, body).encode(), signature.encode("utf-8", "replace")
    )
    return fits and age <= _GOOD_FOR.total_seconds()


def _signature(secret: str, timestamp: str, body: bytes) -> str:
    signed = timestamp.encode() + b"." + body
    return hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()
