"""What every staff page shows around its content: a context processor for staff blueprints."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from admin.accounts.guard import current_sign_in, form_token
from portal.campaign.unit import Unit
from portal.foundation.database import reading


def staff_frame() -> dict[str, Any]:
    """`staff_person`, `staff_unit` (names, for the header) and `csrf_token()` for plain forms."""
    found = current_sign_in()
    if found is None:
        return {"csrf_token": form_token, "staff_person": None, "staff_unit": None}
    with reading() as session:
        names = session.scalars(
            select(Unit.name).where(Unit.code.in_(found.staff.unit_codes)).order_by(Unit.position)
        ).all()
    return {
        "csrf_token": form_token,
        "staff_person": found.staff.display_name,
        "staff_unit": f"{names[0]}等{len(names)}个单位" if len(names) > 1 else "".join(names),
    }
