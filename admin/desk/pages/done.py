"""What to say after an act: it travels signed in the address, so that no cookie and no session is
needed and nobody else can put words onto a colleague's page."""

from __future__ import annotations

from collections.abc import Sequence

from flask import current_app, request
from itsdangerous import BadSignature, URLSafeSerializer

FIELD = "done"


def pack(staff_id: int, sentences: Sequence[str]) -> str:
    """The sentences for the next page of this person."""
    return str(_serializer(staff_id).dumps(list(sentences)))


def unpack(staff_id: int) -> list[str]:
    """The sentences that this request's address carries for this person; none where it was tampered
    with."""
    try:
        found = _serializer(staff_id).loads(request.args.get(FIELD, ""))
    except BadSignature:
        return []
    return [str(sentence) for sentence in found]


def _serializer(staff_id: int) -> URLSafeSerializer:
    return URLSafeSerializer(current_app.secret_key or "", salt=f"desk-done|{staff_id}")
