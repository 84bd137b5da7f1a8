"""How we and a gateway know each other's requests: HMAC-SHA256 under a common secret, over the
moment, a nonce and the body (docs/text-messages.md has the format)."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

TIMESTAMP, NONCE, SIGNATURE = "X-Huimin-Timestamp", "X-Huimin-Nonce", "X-Huimin-Signature"
# Either side's clock may be wrong by as much.
GOOD_FOR = timedelta(minutes=5)
_TIMESTAMP = re.compile(r"[0-9]{1,12}", re.ASCII)
_NONCE = re.compile(r"[A-Za-z0-9_-]{16,64}", re.ASCII)


@dataclass(frozen=True)
class Signed:
    """What a request says of itself besides its body."""

    timestamp: str
    nonce: str
    signature: str

    @classmethod
    def of(cls, headers: Mapping[str, str]) -> Signed:
        """What stands in the headers; empty where one is missing."""
        return cls(headers.get(TIMESTAMP, ""), headers.get(NONCE, ""), headers.get(SIGNATURE, ""))


def signed_headers(secret: str, body: bytes, now: datetime) -> dict[str, str]:
    """The headers that go with a body, for one request."""
    timestamp, nonce = str(int(now.timestamp())), secrets.token_hex(16)
    signature = _signature(secret, timestamp, nonce, body)
    return {TIMESTAMP: timestamp, NONCE: nonce, SIGNATURE: signature}


def is_signed(secret: str, signed: Signed, body: bytes, now: datetime) -> bool:
    """Whether a body was signed with the secret, at most five minutes ago (or ahead, for a clock
    that goes wrong). Whether its nonce came before, the caller has to know."""
    if not (_TIMESTAMP.fullmatch(signed.timestamp) and _NONCE.fullmatch(signed.nonce)):
        return False
    age = abs(now.timestamp() - int(signed.timestamp))
    wanted = _signature(secret, signed.timestamp, signed.nonce, body)
    fits = hmac.compare_digest(wanted.encode(), signed.signature.encode("utf-8", "replace"))
    return fits and age <= GOOD_FOR.total_seconds()


def _signature(secret: str, timestamp: str, nonce: str, body: bytes) -> str:
    signed = f"{timestamp}.{nonce}.".encode() + body
    return hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()
