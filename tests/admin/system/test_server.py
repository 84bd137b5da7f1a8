"""The server in front of both sites, as it is set up: what it makes of odd requests, and what it
tells about itself."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Iterator
from time import monotonic, sleep

import pytest

from tests.admin.system.test_confinement import CHECKOUT
from tests.patience import PATIENCE

# It says how it was asked, so that a second request hidden in the first would be seen.
SITE = """
def app(environ, start):
    body = environ['wsgi.input'].read()
    start('200 OK', [('Content-Type', 'text/plain')])
    return [b'ASKED ' + environ['REQUEST_METHOD'].encode() + b' ' + body]
"""
HIDDEN = b"0\r\n\r\nGET /hidden HTTP/1.1\r\nHost: x\r\n\r\n"


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of a small site behind the server."""
    folder = tmp_path_factory.mktemp("site")
    (folder / "echoing_site.py").write_text(SITE)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        number: int = probe.getsockname()[1]
    server = subprocess.Popen(
        (
            *(sys.executable, "-m", "gunicorn", "-c", "admin/system/gunicorn_settings.py"),
            *("-b", f"127.0.0.1:{number}", "--pythonpath", str(folder), "echoing_site:app"),
        ),
        cwd=CHECKOUT,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for(number)
        yield number
    finally:
        server.terminate()
        server.wait(PATIENCE)


def wait_for(port: int) -> None:
    deadline = monotonic() + PATIENCE
    while monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        sleep(0.1)
    raise TimeoutError


def answers(port: int, *heads: str, body: bytes = b"") -> bytes:
    """All that comes back for one request until the server has nothing more to say."""
    head = "\r\n".join(("POST / HTTP/1.1", "Host: x", *heads, "", "")).encode()
    with socket.create_connection(("127.0.0.1", port), PATIENCE) as client:
        client.sendall(head + body)
        client.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: client.recv(4096), b""))


@pytest.mark.parametrize(
    "heads",
    [
        ("Content-Length: 6", "Transfer-Encoding: chunked"),
        ("Content-Length: 5", "Content-Length: 46"),
        ("Content-Length: 5, 46",),
        ("Transfer-Encoding: chunked, identity",),
        ("Transfer-Encoding: xchunked",),
        ("Transfer-Encoding : chunked",),
        ("Content-Length: +5",),
        ("Content-Length: 5\nTransfer-Encoding: chunked",),
    ],
)
def test_a_request_of_two_lengths_hides_no_second_one(port: int, heads: tuple[str, ...]) -> None:
    said = answers(port, *heads, body=HIDDEN)
    assert said.count(b"HTTP/1.1 ") == 1
    assert said.split(b" ")[1] in {b"400", b"501"}
    assert b"ASKED" not in said


def test_a_usual_request_is_answered_and_the_server_names_no_version(port: int) -> None:
    said = answers(port, "Content-Length: 5", "Connection: close", body=b"words")
    assert b"ASKED POST words" in said
    assert b"\r\nServer: gunicorn\r\n" in said


def test_heads_without_end_are_refused(port: int) -> None:
    assert b" 4" in answers(port, f"X-Long: {'x' * 100_000}")[:20]
    assert b" 4" in answers(port, *(f"X-{at}: y" for at in range(200)))[:20]
