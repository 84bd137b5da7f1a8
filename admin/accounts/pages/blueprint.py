"""The blueprint that the pages of this room hang on."""

from __future__ import annotations

from admin.accounts.frame import room
from admin.accounts.open_form import hand_out_cookie

blueprint = room("accounts", __name__)
# The sign-in page also answers for pages of other rooms, when a sign-in has run out there.
blueprint.after_app_request(hand_out_cookie)
