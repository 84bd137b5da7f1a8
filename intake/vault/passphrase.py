"""Keys that follow from what a person types: slowly from a passphrase (Argon2id), at once from a
code that was drawn by chance."""

from __future__ import annotations

import secrets
import unicodedata
from dataclasses import dataclass
from threading import Lock

from nacl.pwhash import argon2id

from intake.vault import sealing
from intake.vault.sealing import KEY_BYTES, KeyPair

SALT_BYTES = argon2id.SALTBYTES
# One at a time in a process: each takes its memory as a whole.
_ONE_AT_A_TIME = Lock()


@dataclass(frozen=True)
class Cost:
    """What a guess costs: passes, and bytes of memory. It is stored beside what is locked."""

    passes: int = 4
    memory: int = 128 * 1024 * 1024


def fresh_salt() -> bytes:
    """A new random salt."""
    return secrets.token_bytes(SALT_BYTES)


def key_of_passphrase(typed: str, salt: bytes, cost: Cost) -> bytes:
    """The key of a passphrase, after half a second: never ask inside `writing()`. The same
    characters typed on another keyboard give the same key."""
    plain = unicodedata.normalize("NFKC", typed).encode()
    with _ONE_AT_A_TIME:
        found: bytes = argon2id.kdf(
            KEY_BYTES, plain, salt, opslimit=cost.passes, memlimit=cost.memory
        )
    return found


def key_of_secret(purpose: str, secret: str) -> bytes:
    """The key of something that nobody can guess: a sign-in's token, a code drawn by chance. A slow
    hash would buy nothing there. `purpose` has at most 16 characters."""
    return sealing.digest_of(purpose, secret.encode())


def pair_as_printed(typed: str) -> KeyPair:
    """The pair of a private half as it was printed; spaces, case, hyphens and full width are
    forgiven.

    Raises:
        ValueError: it has other than 64 hexadecimal digits.
    """
    plain = unicodedata.normalize("NFKC", typed)
    private = bytes.fromhex("".join(symbol for symbol in plain if symbol.isalnum()))
    if len(private) != KEY_BYTES:
        raise ValueError(len(private))
    return KeyPair.from_seed(private)


def as_printed(private: bytes) -> str:
    """A private half as people copy it: hexadecimal digits in fours."""
    digits = private.hex()
    return " ".join(digits[at : at + 4] for at in range(0, len(digits), 4))
