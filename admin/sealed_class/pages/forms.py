"""What is typed on the pages of the sealed class. Nothing of it is given back."""

from __future__ import annotations

from typing import Any

from wtforms import PasswordField, RadioField, StringField
from wtforms.validators import DataRequired, EqualTo, Length

from admin.accounts.password import MAX_LENGTH
from admin.accounts.staff_form import StaffForm

_DIFFERENT = "两次写的口令不一样"


def _passphrase(label: str, missing: str) -> Any:
    return PasswordField(label, [DataRequired(missing), Length(max=MAX_LENGTH, message="太长了")])


class UnlockForm(StaffForm):
    """A reader's passphrase."""

    passphrase = _passphrase("您的口令", "请输入您的口令")


class NewPassphraseForm(StaffForm):
    """A new passphrase twice; each of the ways to it begins with something else."""

    passphrase_new = _passphrase("新口令", "请写新口令")
    passphrase_again = PasswordField(
        "再写一遍新口令", [EqualTo("passphrase_new", message=_DIFFERENT)]
    )


class ChangeForm(NewPassphraseForm):
    """The present passphrase first."""

    passphrase_proof = _passphrase("现在的口令", "请输入现在的口令")


class AcceptForm(NewPassphraseForm):
    """The code that a reader has told."""

    passphrase_proof = StringField(
        "同事告诉您的邀请码",
        [DataRequired("请输入邀请码"), Length(max=80, message="邀请码没有这么长")],
    )


class RecoveryForm(NewPassphraseForm):
    """The printed recovery key of the class."""

    passphrase_proof = PasswordField(
        "密件的备用钥匙",
        [DataRequired("请输入备用钥匙"), Length(max=MAX_LENGTH, message="备用钥匙没有这么长")],
    )


class InviteForm(StaffForm):
    """Whom a reader lets in."""

    colleague = RadioField("请谁做阅读人", [DataRequired("请选一位同事")], coerce=str)
    passphrase_proof = _passphrase("您的口令", "请输入您的口令")
