"""Mail, handed to a server by SMTP. The library is imported here alone: only the worker meets this
file, and whoever tries the settings.

A server has a mail once it has said so after the end of its DATA, and perhaps where the connection
was lost between that end and the answer. SMTP can't ask what became of a mail: such a one isn't
sent again.
"""

from __future__ import annotations

import re
import smtplib
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from enum import IntEnum
from typing import Any

from admin.outbox.provider import OpenText, Outcome, Verdict
from intake.rules.sending import MAY_HAVE_GONE
from portal.foundation import clock
from portal.foundation.mail_address import is_mail_address
from portal.foundation.mail_server import MailServer
from portal.foundation.settings import Settings

_TIMEOUT_SECONDS = 15.0
_MOST_SECONDS = 55.0
_TAKEN, _GOES_ON, _REFUSED_FOR_GOOD = 2, 354, 500
_ENHANCED = re.compile(rb"([245]\.\d{1,3}\.\d{1,3})\b")


class _Step(IntEnum):
    """How far the conversation with the server is. A refusal before the recipient is named is ours
    to mend."""

    BEGINNING = 1
    RECIPIENT = 2
    SAID = 3


class _Refused(Exception):
    """The server said no; `code` is its reply code and, where it gave one, the finer one."""

    def __init__(self, status: int, said: bytes) -> None:
        super().__init__()
        finer = _ENHANCED.match(said)
        self.status = status
        self.code = f"{status} {finer[1].decode()}" if finer else str(status)


class _Line(smtplib.SMTP):
    """A line to a server that is cut after `most_seconds`, however slowly he speaks: the library
    itself waits anew for each piece of an answer."""

    def __init__(self, *where: Any, most_seconds: float, **how: Any) -> None:
        self._alarm = threading.Timer(most_seconds, self._cut)
        self._alarm.daemon = True
        self._alarm.start()
        try:
            super().__init__(*where, **how)
        except BaseException:
            self._alarm.cancel()
            raise

    def close(self) -> None:
        """Hang up."""
        self._alarm.cancel()
        super().close()

    def _cut(self) -> None:
        sock = getattr(self, "sock", None)
        with suppress(OSError):
            if sock:
                sock.shutdown(socket.SHUT_RDWR)


class _TlsLine(_Line, smtplib.SMTP_SSL):
    """The same, with TLS from the first byte."""


class MailSender:
    """A server of mail as a provider."""

    name = "smtp"

    def __init__(
        self,
        server: MailServer,
        settings: Settings,
        *,
        trusted: ssl.SSLContext | None = None,
        timeout: float = _TIMEOUT_SECONDS,
        most_seconds: float = _MOST_SECONDS,
    ) -> None:
        self._server, self._from = server, settings.mail_from
        self._trusted = trusted or ssl.create_default_context()
        self._timeout, self._most_seconds = timeout, most_seconds

    def send(self, opened: OpenText) -> Outcome:
        """Hand a mail over."""
        if not is_mail_address(opened.to):
            return Outcome(Verdict.NEVER, code="bad_address")
        step = [_Step.BEGINNING]
        try:
            with self._connected() as smtp:
                self._say(smtp, opened, step)
        except _Refused as refusal:
            for_good = refusal.status >= _REFUSED_FOR_GOOD and step[0] > _Step.BEGINNING
            return Outcome(Verdict.NEVER if for_good else Verdict.LATER, code=refusal.code)
        except (smtplib.SMTPException, OSError, ValueError) as failure:
            lost = Verdict.UNKNOWN if step[0] is _Step.SAID else Verdict.LATER
            return Outcome(lost, code=_name_of(failure))
        return Outcome(Verdict.TAKEN)

    def find(self, opened: OpenText) -> Outcome:
        """Nobody can be asked: the server may have it, so that it isn't handed over again."""
        return Outcome(Verdict.NEVER, code=MAY_HAVE_GONE)

    def lacks(self) -> str:
        """Why the server wouldn't take a mail from us, as far as it says before a recipient is
        named; empty where it would. Nothing is sent."""
        try:
            with self._connected() as smtp:
                _expect(*smtp.mail(self._from), 250)
        except _Refused as refusal:
            return refusal.code
        except (smtplib.SMTPException, OSError, ValueError) as failure:
            return _name_of(failure)
        return ""

    @contextmanager
    def _connected(self) -> Iterator[smtplib.SMTP]:
        """A server that knows us."""
        smtp = self._called()
        try:
            self._introduce(smtp)
            yield smtp
            with suppress(smtplib.SMTPException, OSError, ValueError):
                smtp.quit()
        finally:
            smtp.close()

    def _called(self) -> smtplib.SMTP:
        server = self._server
        how: dict[str, Any] = {
            "local_hostname": self._from.rpartition("@")[2],
            "timeout": self._timeout,
            "most_seconds": self._most_seconds,
        }
        if server.is_tls:
            return _TlsLine(server.host, server.port, context=self._trusted, **how)
        return _Line(server.host, server.port, **how)

    def _introduce(self, smtp: smtplib.SMTP) -> None:
        """Begin TLS, before anything else is said, and sign in."""
        if self._server.needs_starttls:
            # Raises where it isn't offered, and where the certificate doesn't fit.
            _expect(*smtp.starttls(context=self._trusted), 220)
        smtp.ehlo_or_helo_if_needed()
        if self._server.user:
            smtp.login(self._server.user, self._server.password)

    def _say(self, smtp: smtplib.SMTP, opened: OpenText, step: list[_Step]) -> None:
        said = self._written(opened)
        _expect(*smtp.mail(self._from), 250)
        step[0] = _Step.RECIPIENT
        _expect(*smtp.rcpt(opened.to), 250, 251)
        _expect(*smtp.docmd("data"), _GOES_ON)
        smtp.send(said)
        # Without its end no server may take a mail.
        step[0] = _Step.SAID
        smtp.send(b".\r\n")
        status, answer = smtp.getreply()
        if status // 100 in {4, 5}:
            raise _Refused(status, answer)
        if status // 100 != _TAKEN:
            raise smtplib.SMTPServerDisconnected

    def _written(self, opened: OpenText) -> bytes:
        """The mail itself. Its id is ours of the message, so that one that came twice is seen to be
        one; machines are told not to answer."""
        mail = EmailMessage(SMTP)
        mail["From"], mail["To"], mail["Subject"] = self._from, opened.to, opened.subject
        mail["Date"] = format_datetime(clock.now())
        mail["Message-ID"] = f"<{opened.reference}@{self._from.rpartition('@')[2]}>"
        mail["Auto-Submitted"] = "auto-generated"
        mail["X-Auto-Response-Suppress"] = "All"
        mail.set_content(opened.body, cte="base64")
        # A line of one dot would end it; in base64 there is none, and nobody has to rely on that.
        return re.sub(rb"(?m)^\.", b"..", bytes(mail))


def _expect(status: int, said: bytes, *good: int) -> None:
    if status not in good:
        raise _Refused(status, said)


def _name_of(failure: Exception) -> str:
    """A failure as an administrator may read it: what a server says can name the recipient."""
    if isinstance(failure, smtplib.SMTPResponseException):
        return str(failure.smtp_code)
    return type(failure).__name__
