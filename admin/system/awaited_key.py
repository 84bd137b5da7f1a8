"""Data that was restored without its key, and the key that has come."""

from __future__ import annotations

from admin.system.event_audit import BrokenChain, verify
from admin.system.set_up import bring_schema_up
from intake.vault import key_files
from intake.vault.fitting import (
    KeyDoesNotFit,
    awaited_key_has_come,
    check_fit,
    stop_awaiting,
    vault_at_hand,
)
from portal.foundation.database import Database
from portal.foundation.settings import Settings, UnusableSetting


def take_up(settings: Settings) -> None:
    """Hold restored data against the key that it waited for, as a restore with the key does, before
    anything trusts it. Nothing is done where no key is awaited.

    Raises:
        UnusableSetting: the key hasn't come, or something of the data isn't signed by it; the key
            is awaited still.
    """
    if not awaited_key_has_come(settings):
        return
    # A newer version may have come with the key.
    bring_schema_up(settings.database_url)
    database = Database(settings, vault=vault_at_hand(settings))
    try:
        with database.reading() as session:
            check_fit(session, settings)
            verify(session)
    except KeyDoesNotFit:
        raise UnusableSetting(
            f"{settings.master_key_file} opens a part only of the data that was restored here: "
            "somebody has changed it. Restore another backup."
        ) from None
    except BrokenChain as broken:
        raise UnusableSetting(
            f"The chain of events restored here is broken: {broken} Restore another backup."
        ) from None
    finally:
        database.engine.dispose()
    key_files.pin_anew(settings)
    stop_awaiting(settings)
