"""What happens to a grave act whose sign-in proved its second factor too long ago: it is asked for
once more, and the act goes on with it."""

from __future__ import annotations

from flask import Response, make_response, render_template, request

from admin.accounts import passkeys
from admin.accounts.fresh_proof import CODE_FIELD, NotFresh
from admin.accounts.grave import proof_is_good_for
from admin.accounts.guard import form_token, signed_in
from admin.accounts.pages.blueprint import blueprint
from admin.accounts.pages.kept_form import whole_post
from admin.accounts.passkey_challenge import Purpose
from admin.accounts.passkey_proof import asked_to_sign
from admin.accounts.scripted import ANSWER_FIELD, KEY_FIELD, scripted, site_here
from admin.accounts.sessions import FRESH_FOR
from portal.foundation.database import reading, writing


@blueprint.app_errorhandler(NotFresh)
def ask_to_prove_again(asked: NotFresh) -> Response:
    """Nothing was done yet, nothing is lost: the page carries the whole form."""
    passkey = _asked_passkey()
    page = render_template(
        "admin/accounts/prove_again.html",
        kept=whole_post(),
        form_token=form_token(),
        code_field=CODE_FIELD,
        key_field=KEY_FIELD,
        answer_field=ANSWER_FIELD,
        passkey=passkey,
        why=asked.why,
        lasts=_minutes_elsewhere(),
    )
    status = 429 if asked.wait else 401
    response = scripted(page, status) if passkey else make_response(page, status)
    response.headers["Cache-Control"] = "no-store"
    if asked.wait:
        response.headers["Retry-After"] = str(asked.wait)
    return response


def _minutes_elsewhere() -> int:
    """So long the proof is good for other acts; 0 where this one asks for one of its own."""
    good_for = proof_is_good_for(request.endpoint)
    return int(good_for.total_seconds() // 60) if good_for == FRESH_FOR else 0


def _asked_passkey() -> tuple[str, str] | None:
    """What a device is asked for, and the challenge's key; None for whoever has no passkey."""
    site, me = site_here(), signed_in()
    if site is None:
        return None
    with reading() as session:
        if not passkeys.passkeys_of(session, me.id):
            return None
    with writing() as session:
        asked = passkeys.ask(session, Purpose.PROVE, me.id)
    return asked_to_sign(site, asked.challenge), asked.key
