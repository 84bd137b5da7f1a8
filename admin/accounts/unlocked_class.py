"""Sessions of a request find the sealed class's pair (密件) where its person has unlocked it."""

from __future__ import annotations

from flask import Flask, has_request_context

from admin.accounts.guard import current_sign_in
from intake.vault.class_key import OPENED_CLASS
from intake.vault.sealing import KeyPair


def init_app(app: Flask) -> None:
    """Let every session of this application ask."""
    app.extensions["database"].session_info[OPENED_CLASS] = _opened_here


def is_unlocked_here() -> bool:
    """Whether the person behind this request has unlocked the class."""
    return _opened_here() is not None


def _opened_here() -> KeyPair | None:
    found = current_sign_in() if has_request_context() else None
    return found.unlocked if found else None
