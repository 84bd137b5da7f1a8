"""Taking a text from a provider's door: registered now, or kept until the database is back."""

from __future__ import annotations

from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from intake.sms.answers import Answer
from intake.sms.keeping import keep_for_later, keep_part
from intake.sms.matter import Inbound
from intake.sms.reading_first import read_first
from intake.sms.receive import receive
from intake.vault.unit_key import UntrustedKey
from portal.campaign.book import NoCampaign
from portal.foundation.database import database, reading, writing
from portal.foundation.database_busy import DatabaseBusy
from portal.foundation.logs import log_error
from portal.foundation.settings import Settings

# The same message may come twice at once, and a case number may be drawn twice.
_TRIES = 3
# A provider waits for fifteen seconds at most, and doesn't call again.
_PATIENCE_SECONDS = 4.0


def take(inbound: Inbound, settings: Settings) -> Answer:
    """Take a text, and say what to answer.

    Raises:
        OSError: neither the database nor the disk takes it; the provider must hear an error.
    """
    vault = database().session_info["vault"]
    if inbound.part:
        return keep_part(vault, settings.spool_dir, inbound)
    try:
        return _received(inbound)
    except (SQLAlchemyError, DatabaseBusy, UntrustedKey, NoCampaign) as away:
        log_error(away)
        return keep_for_later(vault, settings.spool_dir, inbound)


def _received(inbound: Inbound) -> Answer:
    for _ in range(_TRIES - 1):
        try:
            return _received_once(inbound)
        except IntegrityError:
            continue
    return _received_once(inbound)


def _received_once(inbound: Inbound) -> Answer:
    with reading() as session:
        read = read_first(session, inbound)
    with writing(within=_PATIENCE_SECONDS) as session:
        return receive(session, inbound, read)
