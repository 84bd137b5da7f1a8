"""The blueprint of the web door; its pages hand out the form's cookie where they need one."""

from __future__ import annotations

from flask import Blueprint

from intake.pages.form_token import hand_out_cookie

blueprint = Blueprint("intake", __name__)
blueprint.after_request(hand_out_cookie)
