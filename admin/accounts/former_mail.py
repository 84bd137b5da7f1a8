"""Telling the former address that somebody's mail goes elsewhere from now on, or nowhere: whoever
took his account would change that first, so as not to be noticed."""

from __future__ import annotations

from sqlalchemy.orm import Session

from intake.outbox.mail_notices import STAFF_MAIL_MOVED
from intake.outbox.outbound_text import OutboundText
from intake.outbox.queue_staff_mail import queue_staff_mail
from intake.vault.vault import vault_of


def tell_former_address(session: Session, staff_id: int, address: str) -> None:
    """Queue a mail to an address that stands nowhere else any more: it goes along, sealed under a
    key that the public process lacks, or that could have us write to addresses of its own."""
    sealed = vault_of(session).seal_under_master(address.encode(), context_of_former(staff_id))
    queue_staff_mail(session, staff_id, STAFF_MAIL_MOVED, sealed=sealed)


def former_address(session: Session, text: OutboundText) -> str:
    """To whom such a mail goes; needs the master key. Raises DoesNotOpen."""
    context = context_of_former(text.staff_id or 0)
    return vault_of(session).open_under_master(text.sealed or b"", context).decode()


def context_of_former(staff_id: int) -> bytes:
    """What binds a sealed former address to its owner."""
    return f"staff-mail-former|{staff_id}".encode()
