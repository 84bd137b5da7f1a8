"""The one-time id that a form carries, and the token that ties it to the browser it was shown in.

Both are keyed digests under the site's secret key: nothing of a form that was only opened is stored
anywhere.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import UTC, datetime, timedelta

from portal.foundation import clock

_EPOCH = datetime(2020, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_SIGNATURE_BYTES = 16


def issue(secret: bytes) -> str:
    """A fresh submission id. It never runs out: who writes for two days must be able to send."""
    moment = (clock.now() - _EPOCH) // _MICROSECOND
    body = f"{moment:x}.{secrets.token_hex(12)}"
    return f"{body}.{_signature(secret, body)}"


def is_ours(secret: bytes, submission: str) -> bool:
    """Whether this site issued the id."""
    body, _, signature = submission.rpartition(".")
    return _equal(_signature(secret, body), signature)


def issued_at(submission: str) -> datetime | None:
    """When the page with this id was made, in UTC; None for an id that is a provider's."""
    moment, dot, _ = submission.partition(".")
    try:
        return _EPOCH + int(moment, 16) * _MICROSECOND if dot else None
    except (ValueError, OverflowError):
        return None


def form_token(secret: bytes, cookie: str, submission: str) -> str:
    """The token of one form in one browser: who can't read the cookie can't make it."""
    return _digest(secret, b"form-token", f"{cookie}\n{submission}", 32)


def token_fits(secret: bytes, cookie: str, submission: str, token: str) -> bool:
    """Whether the token belongs to this cookie and submission; compared in constant time."""
    return _equal(form_token(secret, cookie, submission), token)


def _signature(secret: bytes, body: str) -> str:
    return _digest(secret, b"submission", body, _SIGNATURE_BYTES)


def _digest(secret: bytes, purpose: bytes, text: str, size: int) -> str:
    key = hashlib.blake2b(secret).digest()
    data = text.encode("utf-8", "replace")
    return hashlib.blake2b(data, key=key, digest_size=size, person=purpose).hexdigest()


def _equal(ours: str, theirs: str) -> bool:
    return hmac.compare_digest(ours.encode(), theirs.encode("utf-8", "replace"))
