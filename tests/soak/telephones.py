"""People with a telephone: their provider hands each text over, signed, until it is answered."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

import httpx

from intake.sms.gateway_signature import signed_headers
from intake.vault.query_codes import read_code
from portal.foundation import clock
from portal.foundation.settings import Settings
from tests.fakes import Twilio, answers_in
from tests.soak.browsers import Unanswered
from tests.soak.submission import Door, Submission, Told

# A provider waits no longer.
SECONDS = 15.0
_RECEIPT = re.compile(r"编号([A-Z0-9]+)。查询码：([0-9A-Z ]+)。")
_KEPT = "收到了，系统正忙"


@dataclass
class Texter:
    """Somebody who sends one submission by text."""

    client: httpx.Client
    settings: Settings
    submission: Submission

    @property
    def body(self) -> str:
        """The text."""
        case, words = self.submission.of, self.submission.words
        return f"补 {case.code} {words}" if case else words

    def send(self) -> Told:
        """Have it handed over, or handed over once more.

        Raises:
            Unanswered, httpx.HTTPError: it isn't certain that it arrived.
        """
        by_gateway = self.submission.door is Door.GATEWAY
        parts = self._by_gateway() if by_gateway else self._by_twilio()
        if not parts:
            # It was kept before, though nobody heard so, and taken in since: no more is said here.
            return self.submission.of or Told()
        if self.submission.of:
            if _KEPT in parts[0] or "您补充的话收到了" in parts[0]:
                return self.submission.of
            raise Unanswered("no word of what was added")
        return receipt_in(parts[0]) or _kept(parts[0])

    def _by_twilio(self) -> list[str]:
        twilio, one = Twilio(self.settings), self.submission
        form = twilio.form(self.body, sender=one.telephone, sid=one.provider_id)
        answer = self.client.post("/sms/twilio", data=form, headers=twilio.headers(form))
        return answers_in(_whole(answer).content)

    def _by_gateway(self) -> list[str]:
        one = self.submission
        said = {"id": one.provider_id, "from": one.telephone, "text": self.body}
        body = json.dumps(said).encode()
        headers = signed_headers(self.settings.sms_gateway_secret, body, clock.now())
        answer = self.client.post("/sms/gateway", content=body, headers=headers)
        parts: list[str] = _whole(answer).json()["answers"]
        return parts


def receipt_in(text: str) -> Told | None:
    """Number and code, where a text is a receipt."""
    found = _RECEIPT.search(text)
    return Told(found[1], read_code(found[2])) if found else None


def _kept(text: str) -> Told:
    if _KEPT not in text:
        raise Unanswered("neither a receipt nor a word that it was kept")
    return Told()


def _whole(answer: httpx.Response) -> httpx.Response:
    if answer.status_code != 200:
        raise Unanswered(f"text {answer.status_code}")
    return answer
