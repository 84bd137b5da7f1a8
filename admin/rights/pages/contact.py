"""Opening how whoever asked can be reached: shown once in the answer, and never kept."""

from __future__ import annotations

from admin.accounts.guard import staff_only
from admin.rights.opening_contact import ContactReason, open_contact
from admin.rights.pages.blueprint import Answer, blueprint, keeper, the_request
from admin.rights.pages.forms import ContactForm
from admin.rights.pages.one_request import Typed, request_page
from admin.rights.refusals import KEEPING_ROLES
from portal.foundation.database import writing


@blueprint.post("/personal-information/<number>/contact", endpoint="open_contact")
@staff_only(*KEEPING_ROLES)
def contact(number: str) -> Answer:
    """Open it and show it in this answer only; the event is stored before it is shown."""
    form = ContactForm()
    with writing() as session:
        me, _ = keeper(session)
        found = the_request(session, me, number, to_change=True)
        if not form.validate():
            return request_page(number, Typed(reaching=form)), 422
        shown = open_contact(session, found, by=me, reason=ContactReason(form.reason.data))
    return request_page(number, contact=shown)
