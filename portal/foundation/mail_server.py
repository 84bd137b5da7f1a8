"""Which server sends our mails, read from its address."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

_PORTS = {"smtp": 587, "smtps": 465}
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
_VISIBLE = re.compile(r"[!-~]+")


@dataclass(frozen=True)
class MailServer:
    """A server of mail. `is_tls` from the first byte, or else from STARTTLS on, unless it is this
    machine itself."""

    host: str
    port: int
    user: str
    password: str = field(repr=False)
    is_tls: bool

    @property
    def needs_starttls(self) -> bool:
        """Whether nothing may be said to it before STARTTLS: everywhere but on this machine."""
        return not self.is_tls and self.host not in _LOOPBACK


def mail_server(url: str) -> MailServer | None:
    """The server of an address `smtp://user:password@host:port`; None where it is none."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    bare = not (parts.path.strip("/") or parts.query or parts.fragment)
    if not _VISIBLE.fullmatch(url) or not bare or not parts.hostname or parts.scheme not in _PORTS:
        return None
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    if bool(user) != bool(password):
        return None
    return MailServer(
        host=parts.hostname,
        port=port or _PORTS[parts.scheme],
        user=user,
        password=password,
        is_tls=parts.scheme == "smtps",
    )
