"""The pages of the accounts room: sign-in, enrolment, one's own account."""

from __future__ import annotations

from admin.accounts.pages import (
    account,
    enrolment,
    own_mail,
    passkey_sign_in,
    passkeys_page,
    prove_again,
    sign_in,
)
from admin.accounts.pages.blueprint import blueprint

__all__ = [
    "account",
    "blueprint",
    "enrolment",
    "own_mail",
    "passkey_sign_in",
    "passkeys_page",
    "prove_again",
    "sign_in",
]
