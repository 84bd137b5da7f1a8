"""Sending the texts and mails that are due, one call to the provider at a time for each.

A message is taken in a transaction of its own before the provider is called, and put down as
unknown: whoever is killed in between leaves behind that it has to be looked up before it is sent
again. The call itself lies outside every transaction.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.outbox.clock_set_back import bring_back
from admin.outbox.provider import Outcome, Provider, Verdict
from admin.outbox.taking import Rules, Taken, take_next
from intake.cases.case import Case
from intake.outbox.addressing import forget_address
from intake.outbox.outbound_text import OutboundText
from intake.outbox.reporting import take_report
from intake.rules.sending import MAY_HAVE_GONE, MOST_TRIES, Medium, TextState, pause
from portal.foundation import clock
from portal.foundation.database import Database

_chance = secrets.SystemRandom().random


@dataclass(frozen=True)
class Post:
    """The post room: by whom messages of one medium go out, how many on one day, how long one turn
    at it lasts (in seconds), what draws by how much pauses differ, and the site that mails name."""

    provider: Provider
    ceiling: int
    medium: Medium = Medium.TEXT
    site: str = ""
    most_seconds: float = 20.0
    chance: Callable[[], float] = _chance


def send_texts(database: Database, post: Post) -> int:
    """Send what is due, and look up what was handed over without an answer; returns how many calls
    to the provider that took."""
    calls, ends_at = 0, time.monotonic() + post.most_seconds
    bring_back(database, post.medium)
    while time.monotonic() < ends_at:
        taken = take_next(database, Rules(post.medium, post.provider.name, post.ceiling, post.site))
        if taken is None:
            break
        ask = post.provider.find if taken.is_look_up else post.provider.send
        put_down(database, taken, ask(taken.opened), chance=post.chance())
        calls += 1
    return calls


def put_down(database: Database, taken: Taken, outcome: Outcome, *, chance: float) -> None:
    """Put down what came of a call. Where a report of the provider's was faster, or somebody took
    the message after its lease ran out, only what the provider said for certain still counts."""
    with database.writing() as session:
        wanted = select(OutboundText).where(OutboundText.id == taken.text_id)
        text = session.scalars(wanted.with_for_update()).one()
        if text.reference != taken.opened.reference:
            return
        if outcome.verdict is Verdict.TAKEN:
            take_report(
                session,
                text,
                outcome.state,
                provider_id=outcome.provider_id,
                code=outcome.code,
            )
        elif text.state is TextState.UNKNOWN and text.tries == taken.tries:
            _put_down_failure(session, text, taken, outcome, chance)


def _put_down_failure(
    session: Session, text: OutboundText, taken: Taken, outcome: Outcome, chance: float
) -> None:
    text.error_code = outcome.code or None
    match outcome.verdict:
        case Verdict.NEVER:
            take_report(session, text, TextState.DEAD, code=outcome.code)
        case Verdict.NOBODY:
            take_report(session, text, TextState.UNSENT)
        case Verdict.STOPPED:
            forget_address(session, session.get_one(Case, text.case_id), text.medium)
            take_report(session, text, TextState.STOPPED, code=outcome.code)
        case Verdict.NOT_THERE:
            _try_again(session, text, TextState.WAITING, outcome, chance=None)
        case Verdict.LATER:
            state = TextState.UNKNOWN if taken.is_look_up else TextState.WAITING
            _try_again(session, text, state, outcome, chance=chance)
        case _:
            _try_again(session, text, TextState.UNKNOWN, outcome, chance=chance)


def _try_again(
    session: Session,
    text: OutboundText,
    state: TextState,
    outcome: Outcome,
    *,
    chance: float | None,
) -> None:
    """Let a message wait for its next try, at once where `chance` is None; or give it up after the
    last."""
    if text.tries >= MOST_TRIES:
        may_have_gone = text.medium is Medium.MAIL and state is TextState.UNKNOWN
        code = MAY_HAVE_GONE if may_have_gone else outcome.code or "no_answer"
        take_report(session, text, TextState.DEAD, code=code)
        return
    text.state, now = state, clock.now()
    text.next_at = now if chance is None else now + pause(text.tries, chance)
