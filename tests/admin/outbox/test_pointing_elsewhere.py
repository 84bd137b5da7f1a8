"""Whoever takes our texts may not point us to somebody else: number, words and signature go to the
address of the settings alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from admin.outbox.gateway_sender import GatewaySender
from admin.outbox.provider import OpenText, Verdict
from portal.foundation import clock
from tests.admin.outbox.conftest import TIMEOUT, PostRoom
from tests.text_provider import TextProvider


@contextmanager
def pointing(to: str, status: int) -> Iterator[tuple[str, list[str]]]:
    """A server that points everybody elsewhere; its address, and which paths it was asked for."""
    asked: list[str] = []

    class Pointing(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked.append(self.path)
            self.send_response(status)
            self.send_header("Location", to)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_said: object) -> None:
            """It says nothing of them."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Pointing) as server:
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/texts", asked
        server.shutdown()


# After 307 the same would be sent again, after 302 a GET.
@pytest.mark.parametrize("status", [302, 307])
def test_a_gateway_that_points_elsewhere_isnt_followed(
    room: PostRoom, outside: TextProvider, status: int
) -> None:
    opened = OpenText("a-reference", "+8613800138000", "有新消息。", clock.now())
    with pointing(outside.gateway_url, status) as (here, asked):
        settings = replace(room.gateway_settings, sms_gateway_url=here)
        sender = GatewaySender(settings, timeout=TIMEOUT)
        found = [sender.send(opened).verdict, sender.find(opened).verdict]
    assert found == [Verdict.UNKNOWN, Verdict.UNKNOWN]
    assert asked == ["/texts", "/texts/status"]
    assert outside.taken == []
    assert outside.calls == []
