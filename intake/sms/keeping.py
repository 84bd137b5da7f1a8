"""What is done with a text while the database is away: it is kept for the worker and answered as
received. Only what asks something has to be sent again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from intake.outbox.addressing import as_texted
from intake.sms import spool
from intake.sms.answers import SILENCE, Answer
from intake.sms.flood import Hears, hears
from intake.sms.grammar import Help, Query, Words
from intake.sms.matter import Inbound, asked
from intake.vault.vault import Vault
from portal.foundation import clock


def keep_for_later(vault: Vault, folder: Path, inbound: Inbound) -> Answer:
    """Keep a text, and say that it was received.

    Raises:
        OSError: it couldn't be written; nothing was kept.
        UnusableSetting: this process doesn't know the worker's key.
    """
    command = asked(inbound)
    if isinstance(command, Query | Help):
        return Answer(("busy",))
    if hears(inbound.sender) is Hears.NOT_NOW:
        spool.keep(vault, folder, replace(inbound, is_unanswered=True), on=clock.today())
        return SILENCE
    spool.keep(vault, folder, inbound, on=clock.today())
    # Where no text can go later, none is promised.
    hears_later = isinstance(command, Words) and as_texted(inbound.sender) is not None
    return Answer(("kept",) if hears_later else ("kept_to_do",))


def keep_part(vault: Vault, folder: Path, inbound: Inbound) -> Answer:
    """Keep a part of a long text until the worker has the others. Its sender hears of the whole by
    text; of a part there is nothing to say.

    Raises:
        OSError, UnusableSetting: as above.
    """
    spool.keep(vault, folder, inbound, on=clock.today())
    return SILENCE
