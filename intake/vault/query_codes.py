"""Query codes: 80 bits in an alphabet without look-alikes, with a check symbol, shown once.

A code is derived from the submission and its content, so that a retry after a lost answer shows
the same one; only its digest is stored.
"""

from __future__ import annotations

import unicodedata

from intake.vault.sealing import KeyPair, digest_of

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 17
_SYMBOL_BITS = 5
_LOOK_ALIKES = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V"})


def write_code(some_bytes: bytes) -> str:
    """Bytes as symbols and their check symbol: ten as sixteen and one, five as eight and one."""
    number, highest = int.from_bytes(some_bytes, "big"), 8 * len(some_bytes) - _SYMBOL_BITS
    symbols = [ALPHABET[(number >> shift) & 31] for shift in range(highest, -1, -_SYMBOL_BITS)]
    return "".join(symbols) + _check_symbol("".join(symbols))


def read_code(typed: str) -> str:
    """What somebody typed, as the symbols it stands for: spaces, hyphens, case, full width
    forgiven.

    A text that is no code at all gives a text that no code equals, so that callers treat it alike.
    """
    plain = unicodedata.normalize("NFKC", typed).upper()
    return "".join(c for c in plain if c.isalnum()).translate(_LOOK_ALIKES)[:40]


def is_well_formed(code: str) -> bool:
    """Whether the symbols fit and the check symbol agrees."""
    fits = len(code) == LENGTH and all(symbol in ALPHABET for symbol in code)
    return fits and _check_symbol(code[:-1]) == code[-1]


def code_digest(code: str) -> bytes:
    """What the database keeps of a code. No key is needed, so that a restored backup still
    opens."""
    return digest_of("query-code", code.encode())


def reporter_keys(code: str) -> KeyPair:
    """The reporter's own key pair, which exists only while somebody holds the code."""
    return KeyPair.from_seed(digest_of("reporter-keys", code.encode()))


def _check_symbol(symbols: str) -> str:
    """Luhn mod 32: finds every single wrong symbol and nearly every swap of neighbours."""
    total, double = 0, True
    for symbol in reversed(symbols):
        value = ALPHABET.index(symbol) * (2 if double else 1)
        total += value // 32 + value % 32
        double = not double
    return ALPHABET[-total % 32]
