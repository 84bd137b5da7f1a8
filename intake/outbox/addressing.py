"""Who may be texted or mailed, and where: sealed to the worker when a case is registered or an
address left, so that nobody on the staff side opens a contact to send a notice.

Who sends 退订 loses his number here (`opt_outs` keeps it, to know him again). His cases are known
by the marks that are kept anyway; of the others, a tip-off's among them, the worker forgets it
when it is about to text it.
"""

from __future__ import annotations

import re

from sqlalchemy import Select, delete, or_, select
from sqlalchemy.orm import Session

from intake.cases.case import Case, Channel, Identity
from intake.cases.inbound_text import TEXT_SENDER, InboundText
from intake.cases.receipt import CONTACT_PHONE, RECEIPT_PHONE, Receipt
from intake.outbox.notice_address import NoticeAddress
from intake.rules.sending import Medium
from intake.typed_text import telephone
from intake.vault.vault import vault_of
from portal.campaign.kinds import Kind

_MOBILE = re.compile(r"1\d{10}")
_E164 = re.compile(r"\+[1-9]\d{6,14}")
_CHINA = "+86"


def may_be_texted(kind: Kind, channel: Channel, *, ticked: bool) -> bool:
    """Whether a telephone that was left may get texts. Who tips off has to say so, or wrote by text
    himself: operators can see texts. Whom another line sent is answered there."""
    if channel.is_order:
        return False
    return kind is not Kind.TIP_OFF or channel is Channel.TEXT or ticked


def sealed_address(session: Session, number: str, typed: str) -> bytes | None:
    """A telephone sealed to the worker, bound to the case of that number; None where it can't be
    texted, or this process doesn't know the worker's key."""
    to = as_texted(typed)
    if to is None or not vault_of(session).knows_worker:
        return None
    return vault_of(session).seal_to_worker(to.encode(), context_of_address(number, Medium.TEXT))


def sealed_mail(session: Session, number: str, address: str) -> bytes:
    """A mail address sealed to the worker, bound to the case of that number.

    Raises:
        UnusableSetting: this process doesn't know the worker's key.
    """
    return vault_of(session).seal_to_worker(
        address.encode(), context_of_address(number, Medium.MAIL)
    )


def address_of(session: Session, case: Case, sealed: bytes, medium: Medium = Medium.TEXT) -> str:
    """The telephone or mail address in full; needs the master key. Raises DoesNotOpen."""
    return (
        vault_of(session).open_as_worker(sealed, context_of_address(case.number, medium)).decode()
    )


def as_texted(typed: str) -> str | None:
    """A telephone as providers want it (E.164); None for a fixed line, and for what is none."""
    number = telephone(typed) or typed
    if _MOBILE.fullmatch(number):
        return _CHINA + number
    return number if _E164.fullmatch(number) else None


def forget_address(session: Session, case: Case, medium: Medium | None = None) -> None:
    """Never text or mail the reporter of this case again; by one medium alone where it is named."""
    forgetting = delete(NoticeAddress).where(NoticeAddress.case_id == case.id)
    if medium is not None:
        forgetting = forgetting.where(NoticeAddress.medium == medium)
    session.execute(forgetting)


def forget_number(session: Session, sender: str) -> None:
    """Forget a sender's number (退订) wherever it is known to be his."""
    his = [case.id for case in session.scalars(_cases_of(session, sender))]
    session.execute(
        delete(NoticeAddress).where(
            NoticeAddress.case_id.in_(his), NoticeAddress.medium == Medium.TEXT
        )
    )


def know_number_again(session: Session, sender: str) -> None:
    """Text a sender again (恢复) about the cases that are known to be his."""
    for case in session.scalars(_cases_of(session, sender).where(~Case.sealed)).all():
        allowed = may_be_texted(case.kind, case.channel, ticked=False)
        known = case.identity is not Identity.ANONYMOUS
        sealed = sealed_address(session, case.number, sender) if allowed and known else None
        if sealed and session.get(NoticeAddress, (case.id, Medium.TEXT)) is None:
            session.add(NoticeAddress(case_id=case.id, medium=Medium.TEXT, sealed=sealed))


def _cases_of(session: Session, sender: str) -> Select[Case]:
    """The cases that came by text from a number, or whose reporter left it; and their parts."""
    vault, phone = vault_of(session), telephone(sender) or sender
    texted = select(InboundText.case_id).where(
        InboundText.sender_mark.in_(vault.marks(TEXT_SENDER, sender)),
        InboundText.case_id.is_not(None),
    )
    left = select(Receipt.case_id).where(
        or_(
            Receipt.contact_mark.in_(vault.marks(CONTACT_PHONE, phone)),
            Receipt.phone_mark.in_(vault.marks(RECEIPT_PHONE, phone)),
        )
    )
    own = texted.union(left).subquery()
    return select(Case).where(
        or_(Case.id.in_(select(own.c.case_id)), Case.part_of_id.in_(select(own.c.case_id)))
    )


def context_of_address(number: str, medium: Medium) -> bytes:
    """What binds a sealed address to its case."""
    what = "notice-mail" if medium is Medium.MAIL else "notice-address"
    return f"{what}|{number}".encode()
