"""The few pages that may run the one script of the product, and no other page may."""

from __future__ import annotations

from flask import Response, make_response

from admin.accounts.cookie import settings
from admin.accounts.passkey_proof import Site, site_of
from portal.foundation.headers import CONTENT_SECURITY_POLICY

# The field in which the script writes what a device answered, and that of the challenge.
ANSWER_FIELD, KEY_FIELD = "passkey_answer", "passkey_key"
# The same for a passkey that is being made: it proves nobody.
MADE_FIELD, MADE_KEY_FIELD = "passkey_made", "passkey_made_key"


def scripted(page: str, status: int = 200) -> Response:
    """A page with a passkey's form: scripts of this site may run on it, nothing inline."""
    response = make_response(page, status)
    response.headers["Content-Security-Policy"] = f"{CONTENT_SECURITY_POLICY}; script-src 'self'"
    response.headers["Cache-Control"] = "no-store"
    return response


def site_here() -> Site | None:
    """The site for which passkeys are made; None where there are none."""
    return site_of(settings().staff_url)
