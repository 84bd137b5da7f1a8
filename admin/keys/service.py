"""Turning a key of the product itself: for storage, for stamps, for signing, the worker's, the
intake key."""

from __future__ import annotations

from collections.abc import Iterator

from admin.keys.bearers import of_purpose
from admin.keys.intake_file import put_file_right_in_turn, refuse_fixed
from admin.keys.renewing import renew
from admin.keys.ring_rows import add_key, fresh_secret, hold_ring, live_keys, pin_in_turn, pin_ring
from intake.cases.event import record
from intake.vault import key_files
from intake.vault.service_key import Purpose, public_half
from portal.foundation.database import Database
from portal.foundation.settings import Settings


def rotate_service(database: Database, settings: Settings, purpose: Purpose) -> Iterator[str]:
    """Put a new key in the place of the newest one and make anew what older ones made; or, where
    something is left of an earlier turn, only that. Each step is yielded once it is done: killed
    anywhere, the next call goes on."""
    finished = False
    for step in go_on(database, settings, purpose):
        finished = True
        yield step
    if finished:
        yield f"{purpose}: finished what was begun before"
    else:
        yield from turn(database, settings, purpose)


def turn(database: Database, settings: Settings, purpose: Purpose) -> Iterator[str]:
    """Put a new key in the place of the newest one, then make anew what older ones made.

    Raises:
        UnusableSetting: the file of the intake key can't be replaced; nothing was changed.
    """
    if purpose is Purpose.INTAKE:
        refuse_fixed(settings)
    with database.writing() as session:
        hold_ring(session)
        (former,) = (key for key in live_keys(session, purpose) if key.replaced_at is None)
        secret = fresh_secret()
        half = public_half(purpose, secret)
        if half:
            key_files.pin_made(settings, half)
        key = add_key(session, purpose, secret)
        record(session, "key_rotated", purpose=purpose, key=key.key_id, former=former.key_id)
        if purpose is Purpose.SIGNING:
            # Before anything is signed by it: the public side must be able to check that at once.
            pin_ring(session, settings)
        yield f"{purpose}: pinned" if purpose is Purpose.SIGNING else f"{purpose}: a new key"
    yield f"{purpose}: new key {key.key_id} instead of {former.key_id}"
    yield from go_on(database, settings, purpose)


def go_on(database: Database, settings: Settings, purpose: Purpose) -> Iterator[str]:
    """Make anew what older keys made, as far as anything is left."""
    # The worker's key is pinned only after it is stored: else somebody could seal to a key that a
    # killed process took with it.
    pin_in_turn(database, settings)
    # The intake key is written into its file only then, too: no mark is made by a key that nobody
    # stored. Until it is written everybody goes on with the former one.
    if purpose is Purpose.INTAKE and put_file_right_in_turn(database, settings):
        yield f"{purpose}: {settings.intake_key_file} holds it"
    with database.reading() as session:
        former = [key.key_id for key in live_keys(session, purpose) if key.replaced_at]
    for table, number in renew(database, of_purpose(purpose), former):
        yield f"{purpose}: {number} of {table} made anew"
