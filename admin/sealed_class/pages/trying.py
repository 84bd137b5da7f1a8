"""Trying a passphrase, a code or the printed key: what is wrong is an event, and slows its writer
down, nobody else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from admin.sealed_class.pages.blueprint import Visitor
from admin.sealed_class.readers import NoReader, WrongPassphrase
from intake.cases.event import record
from intake.vault.sealing import KeyPair
from portal.foundation.database import reading, writing
from portal.foundation.limits import limits

# Tries in so many seconds, each person for himself.
_WINDOWS = ((5, 600), (10, 3600))
_LABEL = "sealed-class"


@dataclass(frozen=True)
class Refused(Exception):
    """It didn't open; the sentence is for whoever typed it."""

    sentence: str


def opened(visitor: Visitor, opening: Callable[[Session], KeyPair], *, wrong: str) -> KeyPair:
    """The class's pair, as what was typed opens it; never asked inside `writing()`.

    Raises:
        Refused: it doesn't, or too many were tried before.
    """
    wait = _seconds_to_wait(visitor)
    if wait:
        raise Refused(f"试的次数太多了，请过{-(-wait // 60)}分钟再试")
    try:
        with reading() as session:
            return opening(session)
    except (NoReader, WrongPassphrase):
        _note(visitor)
    raise Refused(wrong)


def _note(visitor: Visitor) -> None:
    for amount, seconds in _WINDOWS:
        limits.hit(_LABEL, str(visitor.staff.id), amount=amount, per_seconds=seconds)
    with writing() as session:
        record(session, "sealed_class_not_opened", by=visitor.staff.id)


def _seconds_to_wait(visitor: Visitor) -> int:
    verdicts = (
        limits.test(_LABEL, str(visitor.staff.id), amount=amount, per_seconds=seconds)
        for amount, seconds in _WINDOWS
    )
    return max((0 if one.allowed else max(1, one.retry_after) for one in verdicts), default=0)
