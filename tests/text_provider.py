"""A provider of text messages on the loopback address, which takes them and misbehaves as a test
wants: Twilio's interface under its own paths, our gateway's under `/texts`."""

from __future__ import annotations

import itertools
import json
import sys
import threading
import time
from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.utils import format_datetime
from enum import Enum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

from intake.sms.gateway_signature import Signed, is_signed
from portal.foundation import clock
from tests.text_inbox import TextInbox
from tests.twilio_description import Exchange

SECRET = "a gateway's secret for tests only"
_LATE_SECONDS = 0.5
_ids = itertools.count(1)
# What a message carries for these tests, and Twilio doesn't show.
_OURS = frozenset({"reference", "status_callback"})


class Mood(Enum):
    """What the provider does with the next message."""

    TAKE = "take"
    DROP_AFTER_TAKING = "drop after taking"
    DROP_UNTAKEN = "drop untaken"
    HANG_AFTER_TAKING = "hang after taking"
    HANG_UNTAKEN = "hang untaken"
    BABBLE = "take and answer what is no JSON"
    LATE = "take and answer late"


_TAKING = frozenset(
    {Mood.TAKE, Mood.DROP_AFTER_TAKING, Mood.HANG_AFTER_TAKING, Mood.BABBLE, Mood.LATE}
)


@dataclass(frozen=True)
class Refusal:
    """A refusal with its status and code."""

    status: int
    code: str


@dataclass
class TextProvider:
    """The provider. `taken` is what it will deliver: nobody may find the same message there
    twice."""

    taken: list[dict[str, Any]] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)
    moods: deque[Mood | Refusal] = field(default_factory=deque)
    look_up_moods: deque[Mood | Refusal] = field(default_factory=deque)
    called: threading.Event = field(default_factory=threading.Event)
    let_go: threading.Event = field(default_factory=threading.Event)
    inbox: TextInbox = field(default_factory=TextInbox)
    exchanges: list[Exchange] = field(default_factory=list)
    url: str = ""

    @property
    def bodies(self) -> list[str]:
        """What it will deliver."""
        return [one["body"] for one in self.taken]

    @property
    def gateway_url(self) -> str:
        """Where it takes messages in our own format."""
        return f"{self.url}/texts"

    def take(self, **said: Any) -> dict[str, Any]:
        """Put a message with the others; the gateway knows one by our own id."""
        known = [one for one in self.taken if one["reference"] and one["reference"] == said["id"]]
        if known:
            return known[0]
        made = {
            "sid": f"SM{next(_ids):032x}",
            "reference": said["id"],
            "to": said["to"],
            "body": said["text"],
            "status": "queued",
            "error_code": None,
            "date_created": format_datetime(clock.now()),
            "status_callback": said.get("callback", ""),
        }
        self.taken.append(made)
        return made


@contextmanager
def text_provider() -> Iterator[TextProvider]:
    """A provider that listens until the block ends."""
    provider = TextProvider()
    server = _Server(provider)
    provider.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield provider
    finally:
        provider.let_go.set()
        server.shutdown()
        server.server_close()
        thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, provider: TextProvider) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.provider = provider

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Whoever asked was killed meanwhile, which is no fault of the provider's."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    _form: Mapping[str, str] = {}

    @property
    def provider(self) -> TextProvider:
        return self.server.provider

    def do_GET(self) -> None:
        asked = parse_qs(urlsplit(self.path).query)
        inbox = self.provider.inbox
        # What we sent is looked for by our own number, too.
        if "From" not in asked:
            return self._hand_out(inbox)
        self.provider.calls.append("find")
        mood = _next(self.provider.look_up_moods)
        if mood is Mood.LATE:
            time.sleep(_LATE_SECONDS)
        elif mood is not Mood.TAKE:
            return self._misbehave(mood, None)
        found = [one for one in self.provider.taken if one["to"] == asked["To"][0]]
        return self._answer(200, {"messages": [*map(_published, found[::-1])], "page": 0})

    def _hand_out(self, inbox: TextInbox) -> None:
        reply = inbox.get(self.path, has_login="Authorization" in self.headers)
        location = reply.headers.get("Location", "")
        headers = {"Location": self.provider.url + location} if location else {}
        if isinstance(reply.said, bytes):
            return self._send(reply.status, reply.said, **headers)
        return self._answer(reply.status, reply.said)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.path.startswith("/texts"):
            return self._gateway(body)
        self.provider.calls.append("send")
        said = dict(parse_qsl(body.decode()))
        self._form = said
        named = {"id": "", "to": said["To"], "text": said["Body"]}
        return self._take({**named, "callback": said["StatusCallback"]}, 201)

    def _gateway(self, body: bytes) -> None:
        if not is_signed(SECRET, Signed.of(dict(self.headers)), body, clock.now()):
            return self._answer(403, {"error": "not_signed"})
        said = json.loads(body)
        if not self.path.endswith("/status"):
            self.provider.calls.append("send")
            return self._take(said, 202)
        self.provider.calls.append("find")
        mood = _next(self.provider.look_up_moods)
        if mood is not Mood.TAKE:
            return self._misbehave(mood, None)
        for one in self.provider.taken:
            if one["reference"] == said["id"]:
                return self._answer(200, {"state": "sent", "provider_id": one["sid"]})
        return self._answer(404, {"error": "unknown_id"})

    def _take(self, said: dict[str, Any], status: int) -> None:
        mood = _next(self.provider.moods)
        made = self.provider.take(**said) if mood in _TAKING else None
        self.provider.called.set()
        if mood is Mood.LATE:
            time.sleep(_LATE_SECONDS)
        if mood in {Mood.TAKE, Mood.LATE} and made:
            ours = {"state": "accepted", "provider_id": made["sid"]}
            return self._answer(status, ours if said["id"] else _published(made))
        return self._misbehave(mood, made)

    def _misbehave(self, mood: Mood | Refusal, made: dict[str, Any] | None) -> None:
        if isinstance(mood, Refusal):
            said = {"code": int(mood.code) if mood.code.isdigit() else mood.code}
            return self._answer(mood.status, {**said, "error": mood.code, "message": "no"})
        if mood is Mood.BABBLE:
            return self._send(201, b"<html>busy</html>")
        if mood in {Mood.HANG_AFTER_TAKING, Mood.HANG_UNTAKEN}:
            self.provider.let_go.wait(60)
        self.close_connection = True
        return None

    def _answer(self, status: int, said: Mapping[str, Any]) -> None:
        url = urlsplit(self.path)
        sent = self._form or dict(parse_qsl(url.query))
        exchange = Exchange(self.command, url.path, sent, status, said)
        self.provider.exchanges.append(exchange)
        self._send(status, json.dumps(said).encode())

    def _send(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


def _published(made: Mapping[str, Any]) -> dict[str, Any]:
    """A message as Twilio shows it."""
    return {name: value for name, value in made.items() if name not in _OURS}


def _next(moods: deque[Mood | Refusal]) -> Mood | Refusal:
    return moods.popleft() if moods else Mood.TAKE
