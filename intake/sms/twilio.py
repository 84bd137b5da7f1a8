"""Twilio's door: who called is checked to the last field before a word is read.

A valid signature alone isn't enough. It covers the fields written one after the other, so that one
folded into the next still fits; hence every field that matters must be there, once, in its form.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from flask import Blueprint, Response, abort, current_app
from flask.typing import ResponseReturnValue
from twilio.twiml.messaging_response import MessagingResponse
from werkzeug.datastructures import MultiDict

from intake.sms.matter import Inbound
from intake.sms.mojibake import repaired
from intake.sms.refused import refused
from intake.sms.signed_by_twilio import Forged, has_line, in_form, message_id, signed_form
from intake.sms.taking import take
from intake.sms.twilio_media import API, NOWHERE, media_path
from portal.foundation.settings import Settings

blueprint = Blueprint("twilio", __name__)

_PATH = "/sms/twilio"
# A number, a short code, or what a company calls itself. What is longer, or holds the name of the
# field that follows in the signature, may have had another field folded into it.
_NAME = r"(?=.*[A-Za-z])(?!.*From)[A-Za-z0-9 &._+-]{1,11}"
_SENDER = re.compile(rf"\+[1-9][0-9]{{6,14}}|[0-9]{{3,8}}|{_NAME}")

_PICTURE = re.compile(r"MediaUrl[0-9]")


@blueprint.post(_PATH)
def text_in() -> ResponseReturnValue:
    """Take a text message in and answer it; 404 where no Twilio line is set up."""
    settings: Settings = current_app.extensions["settings"]
    if not has_line(settings):
        abort(404)
    try:
        inbound = _checked(settings)
    except Forged as refusal:
        return refused(settings, f"a text message was refused: {refusal}")
    return _twiml(take(inbound, settings).parts(settings.public_url))


def _checked(settings: Settings) -> Inbound:
    """The message of a request that is Twilio's own, for our number.

    Raises:
        Forged: it isn't.
    """
    form = signed_form(settings, _PATH)
    if form.get("To") != settings.twilio_number:
        raise Forged("another number")
    return Inbound(
        provider_id=message_id(form),
        sender=_sender(form, settings.twilio_number),
        body=_body(form),
        has_picture=form.get("NumMedia", "0") != "0",
        pictures=_pictures(form, settings),
    )


def _sender(form: MultiDict[str, str], own_number: str) -> str:
    sender = in_form(form, "From", _SENDER)
    if sender == own_number:
        raise Forged("our own number as sender")
    return sender


def _body(form: MultiDict[str, str]) -> str:
    if "Body" not in form:
        raise Forged("no Body")
    return repaired(form["Body"])


def _pictures(form: MultiDict[str, str], settings: Settings) -> tuple[str, ...]:
    """Where the pictures of a message lie. Only what Twilio keeps of this message is fetched; one
    that lies elsewhere is counted, so that its sender hears of it."""
    named = [value for name, value in sorted(form.items()) if _PICTURE.fullmatch(name)]
    paths = [media_path(one.removeprefix(API), message_id(form), settings) for one in named]
    return tuple(path or NOWHERE for path in paths) if any(paths) else ()


def _twiml(parts: Sequence[str]) -> Response:
    """One message for each part; none where nothing is to be said."""
    twiml = MessagingResponse()
    for part in parts:
        twiml.message(part)
    return Response(str(twiml), mimetype="text/xml")
