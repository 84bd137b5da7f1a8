"""The blueprint that the pages of the returns hang on."""

from __future__ import annotations

from flask import Response

from admin.accounts.frame import room
from admin.returns.sight import NoSuchReturn
from portal.foundation.errors import error_page

blueprint = room("returns", __name__)


@blueprint.errorhandler(NoSuchReturn)
def not_there(_error: LookupError) -> Response:
    """What one may not see answers exactly as what doesn't exist."""
    return error_page(404)
