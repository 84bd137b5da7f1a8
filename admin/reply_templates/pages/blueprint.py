"""The blueprint that these pages hang on."""

from __future__ import annotations

from flask import current_app
from werkzeug.wrappers import Response

from admin.accounts.frame import room
from portal.foundation.links import Links

blueprint = room("reply_templates", __name__)
Answer = str | tuple[str, int] | Response


def links() -> Links:
    """Addresses across the parts."""
    found: Links = current_app.extensions["links"]
    return found
