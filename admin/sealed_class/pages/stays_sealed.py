"""What somebody reads whose act would have handed on what the sealed class holds, where no reader
took that case out of it: rows say something else than the keys do, so somebody changed rows."""

from __future__ import annotations

from flask import Response, make_response, render_template

from admin.accounts.access import Access
from admin.accounts.guard import current_sign_in
from admin.accounts.pages.kept_form import whole_post
from admin.sealed_class.pages.blueprint import blueprint
from intake.vault.class_key import StaysSealed
from portal.campaign.book import book
from portal.foundation.database import reading
from portal.foundation.errors import error_page
from portal.foundation.logs import log_error


@blueprint.app_errorhandler(StaysSealed)
def say_that_it_stays_sealed(refused: StaysSealed) -> Response:
    """Nothing was done. A reader who has the class open here is told so and gets back what he
    typed; for anybody else a sealed case doesn't exist, whatever the rows show him."""
    error_id = log_error(refused)
    if not _has_class_open():
        return error_page(404)
    page = render_template(
        "admin/sealed_class/stays_sealed.html", kept=whole_post(), error_id=error_id
    )
    response = make_response(page, 409)
    response.headers["Cache-Control"] = "no-store"
    return response


def _has_class_open() -> bool:
    here = current_sign_in()
    if here is None:
        return False
    with reading() as session:
        access = Access.of(here.staff, book(session), unlocked=here.unlocked is not None)
    return access.reads_sealed
