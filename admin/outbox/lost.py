"""Texts and mails that didn't arrive: which they are, having one sent again, and letting one go.
Whoever looks after them sees neither a number nor an address nor a case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from intake.cases.event import record
from intake.outbox.mail_notices import MAIL_TITLES
from intake.outbox.notices import TITLES
from intake.outbox.outbound_text import OutboundText
from intake.outbox.queue_notice import fresh_reference
from intake.outbox.reporting import text_of
from intake.rules.sending import LOST, MAY_HAVE_GONE, Medium, TextState
from portal.foundation import clock
from portal.foundation.clock import day_of

# A count beyond this says no more than that there are many.
MOST_COUNTED = 1000
MOST_LISTED = 100


class NotLost(Exception):
    """There is no such message, or somebody has dealt with it meanwhile."""


class Reason(StrEnum):
    """Why somebody has a message sent again, or lets it go. An event holds no words, so the reasons
    are a list."""

    PROVIDER_MENDED = "provider_mended"
    SETTINGS_MENDED = "settings_mended"
    ONCE_MORE = "once_more"
    NUMBER_IS_WRONG = "number_is_wrong"
    MAY_HAVE_GONE = "may_have_gone"
    TOO_LATE = "too_late"

    @property
    def official(self) -> str:
        """The reason in words."""
        return _REASONS[self]


_REASONS = {
    Reason.PROVIDER_MENDED: "运营商或者邮件服务器修好了",
    Reason.SETTINGS_MENDED: "我们的设置改好了",
    Reason.ONCE_MORE: "再试一次",
    Reason.NUMBER_IS_WRONG: "号码或者邮箱是错的，或者停了",
    Reason.MAY_HAVE_GONE: "也许已经送到了，不再打扰",
    Reason.TOO_LATE: "隔得太久，发了没有用",
}
FOR_SENDING_AGAIN = (Reason.PROVIDER_MENDED, Reason.SETTINGS_MENDED, Reason.ONCE_MORE)
FOR_LETTING_GO = (Reason.NUMBER_IS_WRONG, Reason.MAY_HAVE_GONE, Reason.TOO_LATE)


@dataclass(frozen=True)
class LostText:
    """A message that didn't arrive, as whoever sees no case may know it."""

    reference: str
    medium: Medium
    title: str
    state: TextState
    code: str
    tries: int
    on: date

    @property
    def became(self) -> str:
        """What is known of it, in words."""
        return "也许发出了，没有回音" if self.code == MAY_HAVE_GONE else self.state.official


def counts(session: Session, medium: Medium) -> Mapping[TextState, int]:
    """How many messages of a medium are in each state, none of them counted beyond
    `MOST_COUNTED`."""
    return {state: _count(session, medium, state) for state in TextState}


def lost_texts(session: Session) -> list[LostText]:
    """The messages that didn't arrive, the latest first, a hundred at most."""
    wanted = (
        select(OutboundText)
        .where(OutboundText.state.in_(LOST))
        .order_by(OutboundText.next_at.desc(), OutboundText.id.desc())
        .limit(MOST_LISTED)
    )
    return [_seen(text) for text in session.scalars(wanted)]


def lost_text(session: Session, reference: str) -> LostText:
    """One of them. Raises NotLost."""
    wanted = select(OutboundText).where(OutboundText.reference == reference)
    text = session.scalars(wanted).one_or_none()
    if text is None or text.state not in LOST:
        raise NotLost
    return _seen(text)


def send_again(session: Session, reference: str, *, by: int, reason: Reason) -> None:
    """Have a message sent once more, under a new id: what is still reported of the former one
    changes nothing any more.

    Raises:
        NotLost: see there.
    """
    text = _held(session, reference)
    text.reference, text.state = fresh_reference(), TextState.WAITING
    text.tries, text.next_at = 0, clock.now()
    text.first_tried_at = text.provider = text.provider_id = None
    text.error_code = text.settled_at = None
    facts = {"template": text.template, "reason": reason}
    record(session, f"{text.medium}_sent_again", case_id=text.case_id, by=by, **facts)


def let_go(session: Session, reference: str, *, by: int, reason: Reason) -> None:
    """Let a message be. Raises NotLost."""
    text = _held(session, reference)
    text.state, text.sealed, text.settled_at = TextState.LET_GO, None, clock.now()
    facts = {"template": text.template, "reason": reason}
    record(session, f"{text.medium}_let_go", case_id=text.case_id, by=by, **facts)


def _held(session: Session, reference: str) -> OutboundText:
    text = text_of(session, reference)
    if text is None or text.state not in LOST:
        raise NotLost
    return text


def _count(session: Session, medium: Medium, state: TextState) -> int:
    some = select(OutboundText.id).where(OutboundText.state == state, OutboundText.medium == medium)
    counted = select(func.count()).select_from(some.limit(MOST_COUNTED).subquery())
    return session.scalar(counted) or 0


def _seen(text: OutboundText) -> LostText:
    titles = MAIL_TITLES if text.medium is Medium.MAIL else TITLES
    return LostText(
        reference=text.reference,
        medium=text.medium,
        title=titles.get(text.template, text.template),
        state=text.state,
        code=text.error_code or "",
        tries=text.tries,
        on=day_of(text.settled_at or text.queued_at),
    )
