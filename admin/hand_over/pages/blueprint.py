"""The blueprint that the pages of sealed packages hang on."""

from __future__ import annotations

from flask import Blueprint, Response

from admin.accounts.frame import staff_frame

blueprint = Blueprint("hand_over", __name__, url_prefix="/staff")
blueprint.context_processor(staff_frame)


@blueprint.after_request
def never_kept(response: Response) -> Response:
    """Neither browser nor proxy may keep a package or its passphrase."""
    response.headers["Cache-Control"] = "no-store"
    return response
