"""The base of every form on the staff site: its token is the signed-in session's own."""

from __future__ import annotations

import secrets

from flask_wtf import FlaskForm
from sqlalchemy.orm import Session
from wtforms import HiddenField
from wtforms.csrf.core import CSRF, CSRFTokenField
from wtforms.form import BaseForm
from wtforms.validators import ValidationError

from admin.accounts import once
from admin.accounts.guard import TOKEN_FIELD, form_token, signed_in, token_fits


class FormToken(CSRF):
    """A token without a cookie or a session of Flask's: it follows from the staff session."""

    def generate_csrf_token(self, csrf_token_field: CSRFTokenField) -> str:
        """The token of whoever is signed in."""
        return form_token()

    def validate_csrf_token(self, form: BaseForm, field: CSRFTokenField) -> None:
        """Compare in constant time. `staff_only` did so before; a form can be used without it."""
        if not token_fits(field.data):
            raise ValidationError("页面放久了，您写的都在，请再按一次")


class StaffForm(FlaskForm):  # type: ignore[misc]  # flask_wtf ships no types
    """A form for people who are signed in."""

    class Meta(FlaskForm.Meta):  # type: ignore[misc]  # flask_wtf ships no types
        """What WTForms asks about this form's token."""

        # What WTForms says by itself, it says in Chinese.
        locales = ("zh",)
        csrf = True
        csrf_class = FormToken
        csrf_field_name = TOKEN_FIELD


class OnceForm(StaffForm):
    """A form that enters something new. Pressing twice sends the same `once`; what is given back
    and mended, too, since nothing was entered by it."""

    once = HiddenField(default=lambda: secrets.token_hex(16))

    def refuse_twice(self, session: Session) -> None:
        """Keep that this form was entered, in the transaction of what it enters.

        Raises:
            EnteredBefore: it was pressed before.
        """
        once.refuse_twice(session, by=signed_in().id, what=self.once.data or "")
