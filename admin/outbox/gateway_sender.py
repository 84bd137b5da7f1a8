"""A gateway of a domestic provider, or an adapter before one: the format is ours, and stands in
docs/text-messages.md. It knows a message by our own id, so that the same one twice is one."""

from __future__ import annotations

import json
import re
from typing import Any

import requests

from admin.outbox.provider import OpenText, Outcome, Verdict
from intake.sms.gateway_signature import signed_headers
from intake.sms.provider_states import of_gateway
from portal.foundation import clock
from portal.foundation.settings import Settings

_TIMEOUT_SECONDS = 20.0
_TAKEN, _REFUSED = frozenset({200, 201, 202}), frozenset({400, 409, 413, 422})
_LATER = frozenset({401, 403, 404, 429, 503})
_NOT_THERE = 404
_CODE = re.compile(r"[A-Za-z0-9_.-]{1,40}")


class GatewaySender:
    """The signed gateway as a provider."""

    name = "gateway"

    def __init__(self, settings: Settings, *, timeout: float = _TIMEOUT_SECONDS) -> None:
        self._timeout = timeout
        self._url, self._secret = settings.sms_gateway_url, settings.sms_gateway_secret

    def send(self, opened: OpenText) -> Outcome:
        """Hand a message over."""
        said = {"id": opened.reference, "to": opened.to, "text": opened.body}
        status, answer = self._post(self._url, said)
        code = _code(answer, status)
        if status in _TAKEN:
            return _taken(answer)
        if status in _REFUSED:
            return Outcome(Verdict.NEVER, code=code)
        return Outcome(Verdict.LATER if status in _LATER else Verdict.UNKNOWN, code=code)

    def find(self, opened: OpenText) -> Outcome:
        """Ask by our own id whether the gateway has a message."""
        status, answer = self._post(f"{self._url}/status", {"id": opened.reference})
        if status in _TAKEN:
            return _taken(answer)
        # Only the gateway's own word counts: any server says 404 of what isn't set up.
        if status == _NOT_THERE and answer.get("error") == "unknown_id":
            return Outcome(Verdict.NOT_THERE)
        return Outcome(Verdict.UNKNOWN, code=_code(answer, status))

    def _post(self, url: str, said: dict[str, str]) -> tuple[int, dict[str, Any]]:
        """The status of an answer and what it says; 0 where none came."""
        body = json.dumps(said, ensure_ascii=False).encode()
        headers = signed_headers(self._secret, body, clock.now())
        headers["Content-Type"] = "application/json; charset=utf-8"
        try:
            got = requests.post(
                url, data=body, headers=headers, timeout=self._timeout, allow_redirects=False
            )
        except requests.RequestException:
            return 0, {}
        try:
            answer = got.json()
        except ValueError:
            answer = None
        return got.status_code, answer if isinstance(answer, dict) else {}


def _taken(answer: dict[str, Any]) -> Outcome:
    """Whether a good answer says that the gateway has the message."""
    state = of_gateway(str(answer.get("state", "")))
    if state is None:
        return Outcome(Verdict.UNKNOWN)
    provider_id = str(answer.get("provider_id") or "")[:64] or None
    return Outcome(Verdict.TAKEN, provider_id, state, _code(answer, 0))


def _code(answer: dict[str, Any], status: int) -> str:
    said = str(answer.get("error") or answer.get("code") or "")
    return said if _CODE.fullmatch(said) else str(status or "")
