"""The blueprint that the office's pages hang on."""

from __future__ import annotations

from flask import Blueprint, Response

from admin.accounts.frame import staff_frame

blueprint = Blueprint("office", __name__, url_prefix="/staff")
blueprint.context_processor(staff_frame)


@blueprint.after_request
def never_kept(response: Response) -> Response:
    """Neither browser nor proxy may keep a page about what the office does."""
    response.headers["Cache-Control"] = "no-store"
    return response
