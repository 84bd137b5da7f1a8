"""What a reporter's page says of mail: whether it is offered, and whether he left an address."""

from __future__ import annotations

from dataclasses import dataclass

from flask import current_app
from sqlalchemy.orm import Session

from intake.outbox.mailing import can_be_mailed, is_mailed
from intake.progress import Found
from portal.foundation.settings import Settings


@dataclass(frozen=True)
class Mailing:
    """`is_on`: he left an address. `warns`: somebody is accused, and whoever runs the mailbox sees
    that we write to it. `may_begin`: something is still to be told."""

    is_on: bool
    warns: bool
    may_begin: bool


def offers_mail() -> bool:
    """Whether this deployment sends mail."""
    settings: Settings = current_app.extensions["settings"]
    return bool(settings.mail_from)


def mailing_of(session: Session, found: Found) -> Mailing | None:
    """How it stands with the mails to a reporter; None where there is nothing to say."""
    if not offers_mail() or not can_be_mailed(session):
        return None
    if found.case.sealed:
        # The worker could open the address, and so could who has its key.
        return None
    is_on, may_begin = is_mailed(session, found.all), any(c.state.is_heard for c in found.all)
    if not (is_on or may_begin):
        return None
    return Mailing(is_on, any(case.accusing for case in found.all), may_begin)
