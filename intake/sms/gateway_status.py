"""A gateway's reports on the texts that we handed to it, signed with the common secret."""

from __future__ import annotations

import re

from flask import Blueprint, Response, abort, current_app
from flask.typing import ResponseReturnValue

from intake.outbox.reporting import take_report, text_of
from intake.sms.provider_states import of_gateway
from intake.sms.refused import refused
from intake.sms.signed_by_gateway import Unreadable, Unsigned, signed_words
from portal.foundation.database import writing_soon
from portal.foundation.settings import Settings

blueprint = Blueprint("gateway_status", __name__)

_MOST_BODY_BYTES = 4 * 1024
_CODE = re.compile(r"[A-Za-z0-9_.-]{1,40}")


@blueprint.post("/sms/gateway/status")
def report() -> ResponseReturnValue:
    """Take a report in; 404 where no gateway is set up. A report on what isn't known, or in a word
    that isn't, is answered alike."""
    settings: Settings = current_app.extensions["settings"]
    if not settings.sms_gateway_secret:
        abort(404)
    try:
        said = signed_words(settings.sms_gateway_secret, most_bytes=_MOST_BODY_BYTES)
    except Unsigned:
        return refused(
            settings, "a gateway's report on a text was refused: not signed, or long ago"
        )
    except Unreadable:
        return Response("", 400, mimetype="text/plain")
    state = of_gateway(said.get("state", ""))
    with writing_soon() as session:
        text = text_of(session, said.get("id", ""))
        if text is not None and state is not None:
            take_report(session, text, state, code=_code(said.get("code", "")))
    return Response("", 204)


def _code(typed: str) -> str:
    return typed if _CODE.fullmatch(typed) else ""
