"""Twilio's reports on the texts that we sent. The address names the message by our own id, so that
a report is good even where Twilio's answer to the sending was lost."""

from __future__ import annotations

import re

from flask import Blueprint, Response, abort, current_app, request
from flask.typing import ResponseReturnValue

from intake.outbox.reporting import take_report, text_of
from intake.sms.provider_states import of_twilio
from intake.sms.refused import refused
from intake.sms.signed_by_twilio import Forged, has_line, message_id, signed_form
from portal.foundation.database import writing_soon
from portal.foundation.settings import Settings

blueprint = Blueprint("twilio_status", __name__)

PATH = "/sms/twilio/status"
_REFERENCE = re.compile(r"[0-9a-f]{32}")
_CODE = re.compile(r"[0-9]{1,10}")


def address_for(reference: str) -> str:
    """Where Twilio is to report on a message, behind the site's own address."""
    return f"{PATH}?text={reference}"


@blueprint.post(PATH)
def report() -> ResponseReturnValue:
    """Take a report in; 404 where no Twilio line is set up. What is unknown is answered alike."""
    settings: Settings = current_app.extensions["settings"]
    if not has_line(settings):
        abort(404)
    try:
        reference = _reference()
        form = signed_form(settings, address_for(reference))
        provider_id = message_id(form)
    except Forged as refusal:
        return refused(settings, f"a report on a text was refused: {refusal}")
    code = form.get("ErrorCode", "")
    code = code if _CODE.fullmatch(code) else ""
    state = of_twilio(form.get("MessageStatus", ""), code)
    with writing_soon() as session:
        text = text_of(session, reference)
        if text is not None and state is not None:
            take_report(session, text, state, provider_id=provider_id, code=code)
    return Response("", 204)


def _reference() -> str:
    reference = request.args.get("text", "")
    if request.query_string.decode("latin-1") != f"text={reference}":
        raise Forged("an address that isn't ours")
    if not _REFERENCE.fullmatch(reference):
        raise Forged("no message's id")
    return reference
