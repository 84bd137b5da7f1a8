"""Queueing a notice: the act that causes it does so in its own transaction, and the worker sends it
later. Queued is what happened, and never what didn't."""

from __future__ import annotations

import json
import secrets
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.cases.case import Case
from intake.outbox.mail_notices import CONFIRM, MAIL_NOTICES, mail_template_of, worded_mail
from intake.outbox.notice_address import NoticeAddress
from intake.outbox.notices import NOTICES, PROMISED, RECEIPT, Occasion, templates_of, worded
from intake.outbox.outbound_text import OutboundText
from intake.rules.sending import Medium, TextState
from intake.vault import query_codes
from intake.vault.vault import DoesNotOpen, vault_of
from portal.campaign.book import book
from portal.foundation import clock, formats


def queue_notice(
    session: Session, case: Case, occasion: Occasion, *, on: date | None = None
) -> None:
    """Tell a reporter what has happened to his case, by text and by mail, as he may be told. `on`
    is the Shanghai day that the notice names, where it names one.

    A notice that says the same and was not tried yet isn't sent twice: it is renewed.
    """
    for medium in _known_media(session, case):
        for template in _templates(medium, occasion, case):
            _queue(session, case, template, medium, on=on)


def queue_confirmation(session: Session, case: Case) -> None:
    """Mail a reporter who has just left an address that it will be used, and how to stop that."""
    _queue(session, case, CONFIRM, Medium.MAIL)


def queue_receipt(
    session: Session, case: Case, code: str, *, on: date | None, template: str = RECEIPT
) -> None:
    """Text somebody the receipt of what he said, if he may be texted: its number with the code,
    and the Shanghai day until which he is answered, where one runs."""
    if session.get(NoticeAddress, (case.id, Medium.TEXT)) is None:
        return
    session.add(_waiting(case, template, _seal(session, case, template, code=code)))
    if on:
        session.add(_waiting(case, PROMISED, _seal(session, case, PROMISED, on=on)))


def words_of(session: Session, case: Case, text: OutboundText, *, site: str = "") -> str:
    """The words of a queued message; needs the master key. Nothing in them is free: whoever writes
    into the queue can't make us send his own. A mail names the `site`'s address.

    Raises:
        DoesNotOpen: what is sealed is damaged, belongs to another message, or has another text in
            the place of a code; or no wording has that name.
    """
    by_mail = text.medium is Medium.MAIL
    if text.template not in (MAIL_NOTICES if by_mail else NOTICES):
        raise DoesNotOpen
    opened = vault_of(session).open_as_worker(
        text.sealed or b"", context_of_notice(case, text.template)
    )
    said = json.loads(opened)
    on, code = said["on"], said.get("code", "")
    if code and not query_codes.is_well_formed(code):
        raise DoesNotOpen
    values = {
        "number": case.number,
        "code": code,
        "hotline": book(session).campaign.hotline,
        "date": formats.day_with_year(date.fromisoformat(on)) if on else "",
        "site": site,
    }
    return (worded_mail if by_mail else worded)(text.template, values)


def fresh_reference() -> str:
    """An id for a message that nobody can guess."""
    return secrets.token_hex(16)


def _known_media(session: Session, case: Case) -> list[Medium]:
    known = select(NoticeAddress.medium).where(NoticeAddress.case_id == case.id)
    return list(session.scalars(known.order_by(NoticeAddress.medium.desc())))


def _templates(medium: Medium, occasion: Occasion, case: Case) -> tuple[str, ...]:
    if medium is Medium.MAIL:
        return (mail_template_of(occasion, is_tip_off=case.is_tip_off),)
    return templates_of(occasion, is_tip_off=case.is_tip_off)


def _queue(
    session: Session, case: Case, template: str, medium: Medium, *, on: date | None = None
) -> None:
    sealed = _seal(session, case, template, on=on)
    untried = _untried(session, case, template, medium)
    if untried:
        untried.sealed = sealed
    else:
        session.add(_waiting(case, template, sealed, medium))


def _waiting(
    case: Case, template: str, sealed: bytes, medium: Medium = Medium.TEXT
) -> OutboundText:
    now = clock.now()
    return OutboundText(
        reference=fresh_reference(),
        medium=medium,
        case_id=case.id,
        template=template,
        sealed=sealed,
        queued_at=now,
        next_at=now,
    )


def _untried(session: Session, case: Case, template: str, medium: Medium) -> OutboundText | None:
    """A message of the same template that still waits for its first try; the worker can't take it
    before this transaction ends."""
    wanted = select(OutboundText).where(
        OutboundText.case_id == case.id,
        OutboundText.medium == medium,
        OutboundText.template == template,
        OutboundText.state == TextState.WAITING,
        OutboundText.tries == 0,
    )
    return session.scalars(wanted.limit(1).with_for_update()).first()


def _seal(
    session: Session, case: Case, template: str, *, on: date | None = None, code: str = ""
) -> bytes:
    said = {"on": on.isoformat() if on else ""} | ({"code": code} if code else {})
    return vault_of(session).seal_to_worker(
        json.dumps(said).encode(), context_of_notice(case, template)
    )


def context_of_notice(case: Case, template: str) -> bytes:
    """What binds a sealed notice to its case and template."""
    return f"notice|{case.number}|{template}".encode()
