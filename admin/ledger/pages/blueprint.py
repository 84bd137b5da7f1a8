"""The blueprint that the ledger's pages hang on, and who may open them."""

from __future__ import annotations

from flask import Response

from admin.accounts.access import IN_THE_ROOMS, NoSuchCase
from admin.accounts.frame import room
from admin.ledger.sight import NoSuchProblem
from admin.ledger.walk import word_of
from portal.foundation.errors import error_page
from portal.foundation.staff import Role

OFFICE_ROLES = (Role.OFFICE, Role.OFFICE_HEAD)
LEDGER_ROLES = IN_THE_ROOMS
# Whoever may have a problem before him. Which ones, `sight` decides.
PROBLEM_ROLES = (Role.CHECKER, *LEDGER_ROLES)
# Whoever enters what his unit found, and fills in what it returns.
CHECKING_ROLES = (Role.CHECKER, Role.OFFICER, Role.HEAD)

blueprint = room("ledger", __name__)
blueprint.add_app_template_filter(word_of, "ledger_word")


@blueprint.errorhandler(NoSuchProblem)
@blueprint.errorhandler(NoSuchCase)
def not_there(_error: LookupError) -> Response:
    """What one may not see answers exactly as what doesn't exist."""
    return error_page(404)
