"""What all rooms of the staff site share: their frame, and that nothing of them is kept."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, request
from sqlalchemy import select

from admin.accounts import openings, refusals
from admin.accounts.guard import current_sign_in, form_token
from portal.campaign.unit import Unit
from portal.foundation.database import reading

_TWICE = "刚才已经记过了，没有再记一遍。"


def room(name: str, import_name: str) -> Blueprint:
    """The blueprint that the pages of one room hang on."""
    blueprint = Blueprint(name, import_name, url_prefix="/staff")
    blueprint.context_processor(staff_frame)
    # What is asked for last is done first.
    blueprint.after_request(_never_kept)
    blueprint.after_request(openings.write_down)
    blueprint.after_request(refusals.count_refusal)
    return blueprint


def _never_kept(response: Response) -> Response:
    """Neither browser nor proxy may keep a page about a case, a person, a seed or a form token."""
    response.headers["Cache-Control"] = "no-store"
    return response


def staff_frame() -> dict[str, Any]:
    """`staff_person`, `staff_unit` (names, for the header) and `csrf_token()` for plain forms; and
    what a list says to whom a form that was pressed twice led back to it."""
    found = current_sign_in()
    if found is None:
        return {"csrf_token": form_token, "staff_person": None, "staff_unit": None}
    said = [_TWICE] if request.args.get("done") == "once" else []
    with reading() as session:
        names = session.scalars(
            select(Unit.name).where(Unit.code.in_(found.staff.unit_codes)).order_by(Unit.position)
        ).all()
    return {
        "csrf_token": form_token,
        "flash_messages": said,
        "staff_person": found.staff.display_name,
        "staff_unit": f"{names[0]}等{len(names)}个单位" if len(names) > 1 else "".join(names),
    }
