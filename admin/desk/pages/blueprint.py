"""The blueprint that the desk's pages hang on, and who may open them."""

from __future__ import annotations

from flask import Blueprint, Response

from admin.accounts.frame import staff_frame

blueprint = Blueprint("desk", __name__, url_prefix="/staff")
blueprint.context_processor(staff_frame)


@blueprint.after_request
def never_kept(response: Response) -> Response:
    """Neither browser nor proxy may keep a page about a case."""
    response.headers["Cache-Control"] = "no-store"
    return response
