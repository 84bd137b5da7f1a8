"""Slowing down whoever guesses: for each name and for each client, never for everybody.

Failures count, and a refused try counts nothing, so that an attacker can delay a person but
not lock him out for good. The name is counted as it was typed, known or not. Where something
vouches for the person (a browser that he signed in with before, an open sign-in, his link), tries
are counted by that instead of name and client, so that nobody else's guesses delay him there. Where
a page mustn't tell what came of a try, each counts, also one that succeeds.

Failures are counted for the day as well, for whoever looks after the accounts: whose name it was,
or that it was nobody's; what isn't a name here is kept nowhere. The log has each, by id.
"""

from __future__ import annotations

import logging

from sqlalchemy import select

from admin.accounts.day_counts import day_counts
from admin.accounts.sign_in import tidy_name
from portal.foundation.database import reading
from portal.foundation.day_counts import NOBODY, Refused
from portal.foundation.limits import limits
from portal.foundation.staff import Staff

# Tries in so many seconds. The longer window makes the wait grow from minutes to at most an hour.
_PER_NAME = ((5, 600), (10, 3600))
_PER_CLIENT = ((30, 600),)
_VOUCHED = "sign-in-vouched"
_log = logging.getLogger("huimin")


def seconds_to_wait(name: str, vouched: str | None = None) -> int:
    """How long this name or this client has to wait before the next try; 0 when it may try now.
    `vouched` is what tries are counted by in the place of the name."""
    return max(
        (
            0 if verdict.allowed else max(1, verdict.retry_after)
            for verdict in (
                limits.test(label, key, amount=amount, per_seconds=seconds)
                for label, key, amount, seconds in _windows(name, vouched)
            )
        ),
        default=0,
    )


def count_failure(name: str, vouched: str | None = None, *, way: str) -> None:
    """Remember a failed try; `way` is what didn't fit: password, code, passkey or word."""
    count_try(name, vouched)
    note_refused(name, way=way)


def count_try(name: str, vouched: str | None = None) -> None:
    """Let a try count, whatever came of it."""
    for label, key, amount, seconds in _windows(name, vouched):
        limits.hit(label, key, amount=amount, per_seconds=seconds)


def note_refused(name: str, *, way: str) -> None:
    """Count a failure for the day, and write it into the log (ASVS 16.3.1)."""
    with reading() as session:
        known = session.scalar(select(Staff.id).where(Staff.name == tidy_name(name)))
    day_counts().add(Refused.SIGN_IN, known or NOBODY)
    _log.warning("proof refused: staff %s, by %s", known or "unknown", way)


def inside(staff_id: int) -> str:
    """What vouches for somebody who is signed in: whoever isn't can't use his tries up."""
    return f"inside|{staff_id}"


def with_link(staff_id: int) -> str:
    """What vouches for somebody who has his one-time link."""
    return f"link|{staff_id}"


def _windows(name: str, vouched: str | None) -> list[tuple[str, str, int, int]]:
    if vouched is not None:
        # Nor by the client: a neighbour behind the same address would shut everybody out.
        return [(_VOUCHED, vouched, amount, seconds) for amount, seconds in _PER_NAME]
    key, client = tidy_name(name), limits.client_key()
    return [
        *(("sign-in-name", key, amount, seconds) for amount, seconds in _PER_NAME),
        *(("sign-in-client", client, amount, seconds) for amount, seconds in _PER_CLIENT),
    ]
