"""Twilio, by its own client.

Twilio knows no id of ours: what was handed over without an answer is looked for among the messages
to the same number.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from requests import RequestException
from twilio.base.exceptions import TwilioException, TwilioRestException

from admin.outbox.provider import OpenText, Outcome, Verdict
from admin.outbox.twilio_client import client_of
from intake.rules.sending import TextState
from intake.sms.provider_states import STOPPED_AT_TWILIO, of_twilio
from intake.sms.twilio_status import address_for
from portal.foundation.settings import Settings

_TIMEOUT_SECONDS = 20.0
# Its clock and ours may differ.
_SKEW = timedelta(minutes=2)
_MOST_LOOKED_AT = 200
_WRONG, _TOO_MANY, _BUSY = 400, 429, 503
# Our own account or settings are at fault: the message is good, once somebody mends them.
_OURS_TO_MEND = frozenset({401, 403, 404})


class TwilioSender:
    """Twilio as a provider."""

    name = "twilio"

    def __init__(self, settings: Settings, *, timeout: float = _TIMEOUT_SECONDS) -> None:
        self._number, self._public_url = settings.twilio_number, settings.public_url
        self._client = client_of(settings, timeout)

    def send(self, opened: OpenText) -> Outcome:
        """Hand a message over; Twilio reports on it at our own address."""
        try:
            made = self._client.messages.create(
                to=opened.to,
                from_=self._number,
                body=opened.body,
                status_callback=self._public_url + address_for(opened.reference),
            )
        except TwilioRestException as refusal:
            return _of_refusal(refusal)
        except (TwilioException, RequestException, ValueError, TypeError, KeyError):
            return Outcome(Verdict.UNKNOWN)
        return _taken(made) or Outcome(Verdict.UNKNOWN)

    def find(self, opened: OpenText) -> Outcome:
        """Look for a message among those to the same number since it was first handed over."""
        try:
            for one in self._sent_to(opened.to):
                if _is_it(one, opened):
                    return _taken(one) or Outcome(Verdict.UNKNOWN)
        except (TwilioException, RequestException, ValueError, TypeError, KeyError):
            return Outcome(Verdict.UNKNOWN)
        return Outcome(Verdict.NOT_THERE)

    def _sent_to(self, number: str) -> Iterator[Any]:
        return iter(
            self._client.messages.list(to=number, from_=self._number, limit=_MOST_LOOKED_AT)
        )


def _taken(message: Any) -> Outcome | None:
    """What became of a message that Twilio has; None where its answer says too little."""
    code = str(message.error_code or "")
    state = of_twilio(str(message.status or ""), code)
    if not message.sid or state is None:
        return None
    if state is TextState.STOPPED:
        return Outcome(Verdict.STOPPED, message.sid, state, code)
    return Outcome(Verdict.TAKEN, message.sid, state, code)


def _is_it(message: Any, opened: OpenText) -> bool:
    return (
        message.body == opened.body
        and message.sid not in opened.others
        and message.date_created is not None
        and message.date_created >= opened.tried_since - _SKEW
    )


def _of_refusal(refusal: TwilioRestException) -> Outcome:
    """Twilio's refusals in three sorts. After an error of its own nobody knows how far it came."""
    status, code = int(refusal.status), str(refusal.code or refusal.status)
    if code == STOPPED_AT_TWILIO:
        return Outcome(Verdict.STOPPED, code=code)
    if status in {_TOO_MANY, _BUSY} or status in _OURS_TO_MEND:
        return Outcome(Verdict.LATER, code=code)
    if _WRONG <= status < _WRONG + 100:
        return Outcome(Verdict.NEVER, code=code)
    return Outcome(Verdict.UNKNOWN, code=code)
