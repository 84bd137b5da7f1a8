"""A mail server on the loopback address, which takes mails and misbehaves as a test wants."""

from __future__ import annotations

import base64
import socketserver
import ssl
import subprocess
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from enum import Enum
from pathlib import Path

# Of this host a sender must not believe that it is this machine, so that he asks for TLS.
ELSEWHERE = "127.0.0.2"
USER, PASSWORD = "notice", "a mail password for tests only: %/@"


class Mood(Enum):
    """What the server does with the next mail."""

    TAKE = "take"
    REFUSE = "refuse the recipient for good"
    REFUSE_FOR_NOW = "refuse the recipient for now"
    REFUSE_SENDER = "refuse the sender"
    REFUSE_WORDS = "refuse what was said for good"
    REFUSE_WORDS_FOR_NOW = "refuse what was said for now"
    DROP_BEFORE_DATA = "drop the line before the mail is said"
    DROP_IN_DATA = "drop the line while the mail is said"
    DROP_AFTER_TAKING = "take it and drop the line"
    DROP_UNTAKEN = "hear all of it and drop the line"
    HANG_BEFORE_DATA = "say nothing before the mail is said"
    HANG_AFTER_TAKING = "take it and say nothing"
    TRICKLE = "speak so slowly that no single wait is long"
    BABBLE = "take it and answer what is no answer"


@dataclass
class MailServer:
    """The server. `taken` is what it will deliver: nobody may find the same mail there twice.
    `begun` counts the callers."""

    taken: list[bytes] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    moods: deque[Mood] = field(default_factory=deque)
    begun: int = 0
    # Whether whoever took part last was under TLS, and had signed in, when he named the sender.
    was_tls: bool = False
    was_signed_in: bool = False
    called: threading.Event = field(default_factory=threading.Event)
    let_go: threading.Event = field(default_factory=threading.Event)
    port: int = 0
    certificate: ssl.SSLContext | None = None
    is_tls: bool = False
    offers_starttls: bool = True

    @property
    def url(self) -> str:
        """Its address, without TLS."""
        return f"smtp://127.0.0.1:{self.port}"

    @property
    def mails(self) -> list[EmailMessage]:
        """What it will deliver."""
        return [message_from_bytes(one, policy=default) for one in self.taken]

    @property
    def bodies(self) -> list[str]:
        """What the mails say."""
        return [str(one.get_content()).replace("\r\n", "\n").strip() for one in self.mails]


@contextmanager
def mail_server(server: MailServer | None = None, host: str = "127.0.0.1") -> Iterator[MailServer]:
    """A server that listens until the block ends."""
    server = server or MailServer()
    listening = _Listening(server, host)
    server.port = listening.server_address[1]
    thread = threading.Thread(target=listening.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server
    finally:
        server.let_go.set()
        listening.shutdown()
        listening.server_close()
        thread.join()


@dataclass(frozen=True)
class Certificate:
    """A certificate for `ELSEWHERE` that signs itself, and its key."""

    file: Path
    key: Path

    @classmethod
    def made_in(cls, folder: Path) -> Certificate:
        """A fresh one."""
        made = cls(folder / "server.pem", folder / "server.key")
        subprocess.run(
            [
                *("openssl", "req", "-x509", "-nodes", "-days", "2", "-subj", "/CN=tests"),
                *("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"),
                *("-addext", f"subjectAltName=IP:{ELSEWHERE}"),
                *("-keyout", str(made.key), "-out", str(made.file)),
            ],
            check=True,
            capture_output=True,
        )
        return made

    def shown(self) -> ssl.SSLContext:
        """For the server."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.file, self.key)
        return context

    def trusted(self) -> ssl.SSLContext:
        """For whoever believes it."""
        return ssl.create_default_context(cafile=str(self.file))


class _Listening(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, server: MailServer, host: str) -> None:
        super().__init__((host, 0), _Conversation)
        self.mail_server = server

    def handle_error(self, request: object, client_address: object) -> None:
        """A caller who hangs up is no news."""


class _HungUp(Exception):
    """The server ends the conversation without a word."""


class _Conversation(socketserver.BaseRequestHandler):
    server: _Listening

    def handle(self) -> None:
        ours = self.ours = self.server.mail_server
        ours.begun += 1
        self.tls = self.signed_in = False
        if ours.is_tls:
            self._begin_tls()
        self.lines = self.request.makefile("rb")
        self.mood = ours.moods.popleft() if ours.moods else Mood.TAKE
        try:
            if self.mood is Mood.TRICKLE:
                self._trickle()
            self._say("220 stand-in")
            while self._answer(self.lines.readline()):
                pass
        except (_HungUp, OSError):
            return

    def finish(self) -> None:
        """Hang up."""
        if "lines" in self.__dict__:
            self.lines.close()
        self.request.close()

    def _begin_tls(self) -> None:
        assert self.ours.certificate is not None
        self.request = self.ours.certificate.wrap_socket(self.request, server_side=True)
        self.tls = True

    def _answer(self, line: bytes) -> bool:
        word, _, rest = line.decode().strip().partition(" ")
        acts = {
            "EHLO": self._hello,
            "STARTTLS": self._starttls,
            "AUTH": self._sign_in,
            "MAIL": self._sender,
            "RCPT": self._recipient,
            "DATA": self._data,
        }
        if not word or word.upper() == "QUIT":
            self._say("221 bye")
            return False
        act = acts.get(word.upper())
        if act is None:
            self._say("502 unknown")
        else:
            act(rest)
        return True

    def _hello(self, _rest: str) -> None:
        offered = ["AUTH PLAIN"]
        if self.ours.certificate and self.ours.offers_starttls and not self.tls:
            offered.append("STARTTLS")
        self._say("\r\n".join(["250-stand-in", *(f"250-{one}" for one in offered), "250 HELP"]))

    def _starttls(self, _rest: str) -> None:
        self._say("220 go on")
        self.lines.close()
        self._begin_tls()
        self.lines = self.request.makefile("rb")

    def _sign_in(self, rest: str) -> None:
        said = base64.b64decode(rest.split()[-1]).decode().split("\0")
        self.signed_in = said[1:] == [USER, PASSWORD]
        self._say("235 welcome" if self.signed_in else "535 5.7.8 who are you")

    def _sender(self, _rest: str) -> None:
        self.ours.was_tls, self.ours.was_signed_in = self.tls, self.signed_in
        self._say("550 5.7.1 not you" if self.mood is Mood.REFUSE_SENDER else "250 ok")

    def _recipient(self, rest: str) -> None:
        refusals = {
            Mood.REFUSE: f"550 5.1.1 nobody is called {rest}",
            Mood.REFUSE_FOR_NOW: "450 4.2.0 come back",
        }
        self.to = rest.partition("<")[2].rstrip(">")
        self._say(refusals.get(self.mood, "250 ok"))

    def _data(self, _rest: str) -> None:
        if self.mood is Mood.DROP_BEFORE_DATA:
            raise _HungUp
        if self.mood is Mood.HANG_BEFORE_DATA:
            self.ours.called.set()
            self.ours.let_go.wait(60)
            raise _HungUp
        self._say("354 go on")
        if self.mood is Mood.DROP_IN_DATA:
            self.lines.readline()
            raise _HungUp
        said = b"".join(iter(self.lines.readline, b".\r\n"))
        self._take(said)

    def _take(self, said: bytes) -> None:
        taking = {Mood.TAKE, Mood.DROP_AFTER_TAKING, Mood.HANG_AFTER_TAKING, Mood.BABBLE}
        if self.mood in taking:
            self.ours.taken.append(said)
            self.ours.recipients.append(self.to)
        self.ours.called.set()
        if self.mood is Mood.HANG_AFTER_TAKING:
            self.ours.let_go.wait(60)
        if self.mood in {Mood.DROP_AFTER_TAKING, Mood.DROP_UNTAKEN, Mood.HANG_AFTER_TAKING}:
            raise _HungUp
        answers = {
            Mood.REFUSE_WORDS: "554 5.6.0 no",
            Mood.REFUSE_WORDS_FOR_NOW: "451 4.3.0 later",
            Mood.BABBLE: "busy",
        }
        self._say(answers.get(self.mood, "250 2.0.0 queued"))

    def _trickle(self) -> None:
        for _ in range(600):
            self.request.sendall(b"2")
            if self.ours.let_go.wait(0.1):
                raise _HungUp

    def _say(self, answer: str) -> None:
        self.request.sendall(f"{answer}\r\n".encode())
