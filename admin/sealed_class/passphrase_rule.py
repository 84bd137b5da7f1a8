"""Which passphrase of a reader will do: longer than a password, since a copy of the database can be
guessed at without anybody noticing."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from admin.accounts import password
from admin.accounts.password import UnfitPassword

MIN_LENGTH = 16


def check_passphrase(typed: str, *, names: Iterable[str], password_hash: str | None) -> None:
    """Accept a new passphrase or say what is wrong with it. `names` are the reader's own,
    `password_hash` what he signs in by.

    Raises:
        UnfitPassword: too short, too long, easily guessed, or his password.
    """
    if len(unicodedata.normalize("NFKC", typed)) < MIN_LENGTH:
        raise UnfitPassword(f"口令至少要{MIN_LENGTH}个字符")
    try:
        password.check(typed, names=names)
    except UnfitPassword as why:
        raise UnfitPassword(str(why).replace("密码", "口令")) from None
    if password.fits(typed, password_hash):
        raise UnfitPassword("口令不能和登录密码一样")
