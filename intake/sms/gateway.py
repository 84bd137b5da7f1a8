"""The signed gateway's door for texts that come in, for a provider of whom somebody writes an
adapter (docs/text-messages.md has the format)."""

from __future__ import annotations

import re

from flask import Blueprint, Response, abort, current_app
from flask.typing import ResponseReturnValue

from intake.sms.matter import Inbound, Part
from intake.sms.mojibake import repaired
from intake.sms.refused import refused
from intake.sms.signed_by_gateway import Unreadable, Unsigned, signed_words
from intake.sms.taking import take
from intake.typed_text import telephone
from portal.foundation.settings import Settings

blueprint = Blueprint("gateway", __name__)

_MOST_BODY_BYTES = 64 * 1024
_ID = re.compile(r"[A-Za-z0-9_.:-]{1,64}")
# A number in either form, or what a short code or a company calls itself.
_SENDER = re.compile(r"\+?[A-Za-z0-9][A-Za-z0-9 ._-]{0,19}")
_OF_PARTS = frozenset({"group", "part", "parts"})
# A text of 1,600 characters has 24 parts.
_PART = re.compile(r"[1-9]|[1-3][0-9]")


@blueprint.post("/sms/gateway")
def text_in() -> ResponseReturnValue:
    """Take a text in, and give the messages with which it is answered; 404 where no gateway is set
    up. The same id is one message for ever."""
    settings: Settings = current_app.extensions["settings"]
    if not settings.sms_gateway_secret:
        abort(404)
    try:
        said = signed_words(settings.sms_gateway_secret, most_bytes=_MOST_BODY_BYTES)
        inbound = _read(said)
    except Unsigned:
        return refused(settings, "a text from a gateway was refused: not signed, or long ago")
    except Unreadable:
        return Response("", 400, mimetype="text/plain")
    return {"answers": take(inbound, settings).parts(settings.public_url)}


def _read(said: dict[str, str]) -> Inbound:
    name, sender = said.get("id", ""), said.get("from", "").strip()
    part = _part(said)
    if not _ID.fullmatch(name) or not _SENDER.fullmatch(sender) or "text" not in said:
        raise Unreadable
    number = telephone(sender) or ""
    return Inbound(
        # Apart from the ids of other providers.
        provider_id=f"gateway:{name}",
        # A mobile telephone as other providers write it, so that its owner is one sender.
        sender=f"+86{number}" if number.startswith("1") else sender,
        body=repaired(said["text"]),
        has_picture=said.get("has_picture") == "yes",
        part=part,
    )


def _part(said: dict[str, str]) -> Part | None:
    """Which part of a long text it is; None where it is a whole one. Raises Unreadable."""
    if not _OF_PARTS & said.keys():
        return None
    group, number, of = (said.get(name, "") for name in ("group", "part", "parts"))
    if not (_ID.fullmatch(group) and _PART.fullmatch(number) and _PART.fullmatch(of)):
        raise Unreadable
    if int(number) > int(of):
        raise Unreadable
    return Part(group, int(number), int(of)) if int(of) > 1 else None
