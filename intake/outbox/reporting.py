"""What became of a message: said by the provider at once, by a later report of his, or by us."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.cases.event import record
from intake.outbox.mail_notices import CONFIRM
from intake.outbox.outbound_text import OutboundText
from intake.rules.sending import LOST, Medium, TextState, after_report
from portal.foundation import clock


def text_of(session: Session, reference: str) -> OutboundText | None:
    """The message of that reference, held until the transaction ends."""
    wanted = select(OutboundText).where(OutboundText.reference == reference)
    return session.scalars(wanted.with_for_update()).one_or_none()


def take_report(
    session: Session,
    text: OutboundText,
    reported: TextState,
    *,
    provider_id: str | None = None,
    code: str = "",
) -> None:
    """Put what was reported on a message. A report that comes twice, late, or about another message
    of the provider's changes nothing."""
    if provider_id and text.provider_id not in {None, provider_id}:
        return
    text.provider_id = text.provider_id or provider_id
    state = after_report(text.state, reported)
    if state is text.state:
        return
    text.state, text.settled_at, text.error_code = state, clock.now(), code[:40] or None
    if state not in LOST and (state is not TextState.SENT or text.staff_id is not None):
        # Nobody will have it sent again; of what went to staff no later report comes either.
        text.sealed = None
    if text.case_id is not None and not _is_his_own_affair(text):
        _tell_of_it(session, text)


def _is_his_own_affair(text: OutboundText) -> bool:
    """Whether it would tell who handles the case that its reporter left an address, or took it
    back."""
    stopped = text.medium is Medium.MAIL and text.state is TextState.STOPPED
    return stopped or text.template == CONFIRM


def _tell_of_it(session: Session, text: OutboundText) -> None:
    if text.state is TextState.SENT:
        record(session, f"{text.medium}_sent", case_id=text.case_id, template=text.template)
        return
    facts: dict[str, str] = {"template": text.template, "state": text.state}
    record(session, f"{text.medium}_reported", case_id=text.case_id, by=None, **facts)
