"""What a gateway tells us: an object of words, signed with the common secret."""

from __future__ import annotations

import json
from typing import Any

from flask import request

from intake.sms.gateway_signature import GOOD_FOR, Signed, is_signed
from portal.foundation import clock
from portal.foundation.limits import limits


class Unsigned(Exception):
    """A request isn't the gateway's own, is too large, was signed long ago, or came before."""


class Unreadable(Exception):
    """A request is the gateway's own and says nothing that can be read."""


def signed_words(secret: str, *, most_bytes: int) -> dict[str, str]:
    """What the present request says, by name.

    Raises:
        Unsigned, Unreadable: see there.
    """
    length = request.content_length
    if length is None or length > most_bytes:
        raise Unsigned
    body, signed = request.get_data(), Signed.of(dict(request.headers))
    if not is_signed(secret, signed, body, clock.now()) or not _is_new(signed):
        raise Unsigned
    try:
        said: Any = json.loads(body)
    except ValueError:
        raise Unreadable from None
    if not isinstance(said, dict) or not all(isinstance(one, str) for one in said.values()):
        raise Unreadable
    return said


def _is_new(signed: Signed) -> bool:
    """Whether a request comes for the first time: who overheard one mustn't hear its answer, which
    may hold a query code, by sending it again."""
    remembered = int(2 * GOOD_FOR.total_seconds())
    return limits.hit("gateway-nonce", signed.nonce, amount=1, per_seconds=remembered).allowed
