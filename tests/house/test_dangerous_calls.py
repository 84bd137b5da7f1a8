"""Nothing in the product runs what somebody typed or unpacks what can run, chance guards nothing,
and no cipher or hash is used that wasn't agreed on."""

from __future__ import annotations

import re

import pytest

from tests.house.test_code import CODE, name_of

TEXTS = {name_of(file): file.read_text("utf-8") for file in CODE}
# Only where nobody has to be kept from guessing: learning, and what a demonstration plays.
CHANCE = ("intake/rules/learning.py", "admin/demonstration/")
# Of libsodium: two AEADs, its box and its secret box, each with a MAC.
CIPHERS = {"aead_xchacha20poly1305", "box", "secretbox", "secretstream_xchacha20poly1305"}
SODIUM = re.compile(r"\bcrypto_(aead_[a-z0-9]+|secretstream_[a-z0-9]+|[a-z0-9]+)")
HASHES = {"blake2b", "sha256"}


def found(pattern: str) -> set[str]:
    """The files in which a pattern stands."""
    return {name for name, text in TEXTS.items() if re.search(pattern, text)}


@pytest.mark.parametrize(
    "pattern",
    [
        r"(?<![.\w])(eval|exec|compile|__import__|breakpoint)\(",
        r"\bos\.(system|popen|exec\w*|spawn\w*)\(",
        r"\bshell=",
        r"\b(render_template_string|from_string|mktemp|xpath)\(",
        r"^\s*(import|from) (pickle|marshal|shelve|dill|yaml|jsonpickle)\b",
    ],
)
def test_nothing_that_was_typed_is_run_or_unpacked(pattern: str) -> None:
    assert found(f"(?m){pattern}") == set()


def test_chance_that_can_be_foreseen_guards_nothing() -> None:
    drawing = found(r"(?m)^\s*(import|from) random\b")
    assert {name for name in drawing if not name.startswith(CHANCE)} == set()


def test_only_agreed_ciphers_and_hashes_are_used() -> None:
    """AES lies in the ZIP packages alone, whose format has no other (docs/security-checks.md)."""
    used = {name for text in TEXTS.values() for name in SODIUM.findall(text)}
    assert used == CIPHERS
    hashes = {one for text in TEXTS.values() for one in re.findall(r"\bhashlib\.(\w+)", text)}
    assert hashes == HASHES
    assert found(r"(?m)^\s*(import|from) pyzipper\b") == {"intake/vault/archive.py"}
    assert found(r"(?m)^\s*(import|from) (cryptography|Crypto|M2Crypto|rsa|ecdsa)\b") == set()
