"""What a gateway tells us: an object of words, signed with the common secret."""

from __future__ import annotations

import json
from typing import Any

from flask import request

from intake.sms.gateway_signature import SIGNATURE, TIMESTAMP, is_signed
from portal.foundation import clock


class Unsigned(Exception):
    """A request isn't the gateway's own, is too large, or was signed long ago."""


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
    body, headers = request.get_data(), request.headers
    timestamp, signature = headers.get(TIMESTAMP, ""), headers.get(SIGNATURE, "")
    if not is_signed(secret, timestamp, signature, body, clock.now()):
        raise Unsigned
    try:
        said: Any = json.loads(body)
    except ValueError:
        raise Unreadable from None
    if not isinstance(said, dict) or not all(isinstance(one, str) for one in said.values()):
        raise Unreadable
    return said
