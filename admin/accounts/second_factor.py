"""The second factor: time-based codes (RFC 6238) of six digits, thirty seconds, 160-bit seeds."""

from __future__ import annotations

import base64
import hmac
import re
import secrets
import unicodedata
from datetime import datetime
from typing import Protocol

import pyotp
import segno
from sqlalchemy.orm import Session

from intake.vault.sealing import DoesNotOpen
from intake.vault.vault import vault_of

SEED_BYTES = 20
_STEP_SECONDS = 30
# A phone's clock may be off by one step either way.
_SKEW = 1
# In steps: a last code from farther ahead was used by a clock that has been set back since. Whoever
# used it would else be shut out until the clock has caught up.
SET_BACK = 20
_ISSUER = "惠民热线"


class MasterSealed(Protocol):
    """The two things of the vault that this room needs."""

    def seal_under_master(self, data: bytes, context: bytes) -> bytes:
        """Seal; only the same context opens it again."""

    def open_under_master(self, blob: bytes, context: bytes) -> bytes:
        """Open, or raise DoesNotOpen where the blob was not sealed for this context."""


def new_seed() -> bytes:
    """A fresh seed."""
    return secrets.token_bytes(SEED_BYTES)


def step_at(moment: datetime) -> int:
    """The number of the thirty-second step a moment falls in."""
    return int(moment.timestamp()) // _STEP_SECONDS


def code_of(seed: bytes, step: int) -> str:
    """The code of one step."""
    return pyotp.TOTP(_base32(seed)).generate_otp(step)


def step_of(code: str, seed: bytes, *, at: datetime) -> int | None:
    """The step whose code was typed, or None. Spaces and full-width digits are forgiven."""
    typed = re.sub(r"\s", "", unicodedata.normalize("NFKC", code)).encode("utf-8", "replace")
    now = step_at(at)
    found = None
    # Every step is compared whatever the one before said, so that time tells nothing.
    for step in range(now - _SKEW, now + _SKEW + 1):
        if hmac.compare_digest(code_of(seed, step).encode(), typed):
            found = step
    return found


def is_unused(step: int, last: int) -> bool:
    """Whether a code of that step may be used after the last one, in steps."""
    return step > last or last > step + SET_BACK


def in_fours(seed: bytes) -> str:
    """The seed as a person types it into an app."""
    text = _base32(seed)
    return " ".join(text[i : i + 4] for i in range(0, len(text), 4))


def qr_picture(seed: bytes, *, name: str) -> str:
    """An inline SVG that an authenticator app scans: dark on white in every colour scheme."""
    uri = pyotp.TOTP(_base32(seed)).provisioning_uri(name=name, issuer_name=_ISSUER)
    return segno.make(uri, micro=False, error="m").svg_inline(
        scale=5,
        dark="#000",
        light="#fff",
        svgclass=None,
        lineclass=None,
        title="验证码密钥的二维码",
    )


def seal_seed(session: Session, seed: bytes, *, purpose: str) -> bytes:
    """The seed sealed under the master key, for one purpose only."""
    return _vault(session).seal_under_master(seed, purpose.encode())


def open_seed(session: Session, sealed: bytes, *, purpose: str) -> bytes:
    """The seed again.

    Raises:
        DoesNotOpen: it was not sealed for this purpose, or is no seed of full length.
    """
    seed = _vault(session).open_under_master(sealed, purpose.encode())
    if len(seed) != SEED_BYTES:
        raise DoesNotOpen
    return seed


def stored_for(staff_id: int) -> str:
    """The purpose of a stored seed: the seed of another person's row doesn't open for it."""
    return f"staff-totp-seed|{staff_id}"


def offered_by(token_hash: str) -> str:
    """The purpose of a seed that an enrolment page carries and that isn't stored yet."""
    return f"staff-enrolment-seed|{token_hash}"


def _vault(session: Session) -> MasterSealed:
    return vault_of(session)


def _base32(seed: bytes) -> str:
    return base64.b32encode(seed).decode()
