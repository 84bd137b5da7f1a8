"""The blueprint that these pages hang on, whom they are for, and what stands in their place where
somebody wanted to change a case of which nothing is left."""

from __future__ import annotations

from flask import current_app, render_template, request

from admin.accounts.access import IsDestroyed
from admin.accounts.frame import room
from portal.foundation.links import Links
from portal.foundation.staff import Role

blueprint = room("retention", __name__)
DECIDING = (Role.OFFICE, Role.OFFICE_HEAD, Role.DISCIPLINE)


def links() -> Links:
    """Addresses across the parts."""
    found: Links = current_app.extensions["links"]
    return found


@blueprint.app_errorhandler(IsDestroyed)
def is_destroyed(error: IsDestroyed) -> tuple[str, int]:
    """What he typed comes back, so that he can use it elsewhere."""
    typed = [request.form[name] for name in ("words", "reason", "text") if request.form.get(name)]
    page = render_template("admin/retention/destroyed.html", number=str(error), typed=typed)
    return page, 409
