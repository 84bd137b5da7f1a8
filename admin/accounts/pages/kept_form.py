"""Keeping what was typed when a sign-in ran out: it travels in pages, never in the database."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from flask import render_template, request

from admin.accounts.fresh_proof import PROOF_FIELDS
from admin.accounts.guard import TOKEN_FIELD
from admin.accounts.origin import safe_path, this_path

_PREFIX = "kept-"
# Where to send the kept form. A field of the sign-in page.
_TARGET = "kept_for"
# How fields are called that no page gives back: what opens something, by itself.
SECRET = ("password", "passphrase")


@dataclass(frozen=True)
class KeptForm:
    """Fields of a form that couldn't be taken, and the address it was meant for."""

    target: str
    fields: list[tuple[str, str]] = field(default_factory=list)
    lost_files: bool = False
    lost_passwords: bool = False

    @property
    def as_hidden(self) -> list[tuple[str, str]]:
        """The hidden fields of a sign-in page, named so that they can't be taken for its own."""
        return [(_TARGET, self.target), *((_PREFIX + name, value) for name, value in self.fields)]

    @property
    def texts(self) -> list[str]:
        """What a person wrote, to be recognised; ids, dates and choices are none."""
        return [value for _, value in self.fields if value and not value.isascii()]

    def ask_again(self, *, form_token: str, why: str) -> str:
        """A page whose button sends the form once more, with the present session's token."""
        return render_template(
            "admin/accounts/send_again.html", kept=self, form_token=form_token, why=why
        )


def just_posted() -> KeptForm | None:
    """The form of this request without its token and what opens something; None when nothing is
    left."""
    fields = [
        (name, value)
        for name, value in request.form.items(multi=True)
        if name not in {TOKEN_FIELD, *PROOF_FIELDS} and not name.startswith(SECRET)
    ]
    if not fields:
        return None
    return KeptForm(target=safe_path(this_path()), fields=fields, lost_files=_has_files())


def whole_post() -> KeptForm:
    """The form of this request, to be sent to the same address, even where nothing was typed."""
    kept = just_posted() or KeptForm(target=safe_path(this_path()))
    lost = any(name.startswith(SECRET) for name in request.form)
    return replace(kept, lost_passwords=lost)


def carried_along() -> KeptForm | None:
    """The form that the sign-in page of this request carried along, if any."""
    if _TARGET not in request.form:
        return None
    fields = [
        (name.removeprefix(_PREFIX), value)
        for name, value in request.form.items(multi=True)
        if name.startswith(_PREFIX)
    ]
    return KeptForm(target=safe_path(request.form[_TARGET]), fields=fields)


def _has_files() -> bool:
    return any(upload.filename for upload in request.files.values())
