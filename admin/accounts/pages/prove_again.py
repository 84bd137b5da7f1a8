"""What happens to a grave act whose sign-in proved its second factor too long ago: it is asked for
once more, and the act goes on with it."""

from __future__ import annotations

from flask import Response, make_response, render_template

from admin.accounts.fresh_proof import CODE_FIELD, NotFresh
from admin.accounts.guard import form_token
from admin.accounts.pages.blueprint import blueprint
from admin.accounts.pages.kept_form import whole_post
from admin.accounts.sessions import FRESH_FOR


@blueprint.app_errorhandler(NotFresh)
def ask_to_prove_again(asked: NotFresh) -> Response:
    """Nothing was done yet, nothing is lost: the page carries the whole form."""
    page = render_template(
        "admin/accounts/prove_again.html",
        kept=whole_post(),
        form_token=form_token(),
        code_field=CODE_FIELD,
        why=asked.why,
        minutes=int(FRESH_FOR.total_seconds() // 60),
    )
    response = make_response(page, 429 if asked.wait else 401)
    response.headers["Cache-Control"] = "no-store"
    if asked.wait:
        response.headers["Retry-After"] = str(asked.wait)
    return response
