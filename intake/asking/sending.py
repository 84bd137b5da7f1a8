"""Registering what a form brought: prepared before the turn at writing, and tried again where two
posts of one form ran side by side."""

from __future__ import annotations

from sqlalchemy.exc import IntegrityError

from intake.draft import Draft
from intake.prepare import prepare
from intake.register import Registered, register
from portal.foundation.database import reading, writing_soon

# A case number may be drawn twice, and two posts of one form may run side by side.
_TRIES = 3


def send(draft: Draft) -> Registered:
    """Register a draft and commit it. Sent again, it gives the same receipt again.

    Raises:
        NoCampaign: nothing is loaded.
        UntrustedKey: a unit's public key was swapped; nothing is sealed to it.
    """
    for _ in range(_TRIES - 1):
        try:
            return _send_once(draft)
        except IntegrityError:
            continue
    return _send_once(draft)


def _send_once(draft: Draft) -> Registered:
    with reading() as session:
        prepared = prepare(session, draft)
    with writing_soon() as session:
        return register(session, draft, prepared)
