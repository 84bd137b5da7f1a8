"""Who is asking, without knowing who: keys that tell clients apart and can't be turned back into an
address or a telephone number.

Every key is a keyed BLAKE2b under a salt that lives in memory only. The salt is made when this
module is imported, before the server forks, so that all workers agree on it, and is hashed forward
once a day: whoever takes the memory tomorrow can't recompute today's keys.
"""

from __future__ import annotations

import hashlib
import ipaddress
import secrets
from datetime import UTC, date, datetime, timedelta
from typing import Any, Protocol

from flask import Flask, request
from werkzeug.middleware.proxy_fix import ProxyFix

from portal.foundation import clock

_DAY_AND_A_BIT = 90_000
# Tor's own service names each circuit by an address in here (HiddenServiceExportCircuitID), and
# nobody else can have one.
_CIRCUITS = ipaddress.IPv6Network("fc00:dead:beef:4dad::/64")
_RETRY_AFTER = timedelta(seconds=10)


class Salt(Protocol):
    """Where the salt of a day comes from."""

    def of(self, day: date) -> bytes:
        """The salt of a Shanghai day, 32 bytes."""


class OwnSalt:
    """The salt of one machine: random, in memory, ratcheted by hashing."""

    def __init__(self) -> None:
        self._kept = (clock.today(), secrets.token_bytes(32))

    def of(self, day: date) -> bytes:
        """The day's salt; those before it are gone. A day that has passed gets the one in hand."""
        since, salt = self._kept
        if day > since:
            for _ in range((day - since).days):
                salt = hashlib.blake2b(salt, digest_size=32, person=b"next-day").digest()
            # One assignment, so that no thread sees a day with another day's salt.
            self._kept = (day, salt)
        return salt


class SharedSalt:
    """The salt of several machines: it lives at the address of LIMITS_URL and expires there."""

    def __init__(self, server: Any) -> None:
        self._server = server
        self._own = OwnSalt()
        self._kept: tuple[date, bytes] | None = None
        self._gave_up_at = datetime.min.replace(tzinfo=UTC)

    def of(self, day: date) -> bytes:
        """The day's salt, or this machine's own while the server doesn't answer."""
        kept = self._kept
        if kept and kept[0] == day:
            return kept[1]
        if timedelta() <= clock.now() - self._gave_up_at < _RETRY_AFTER:
            return self._own.of(day)
        try:
            salt = self._agree(day)
        except Exception:
            # Whatever the client raises: the counts fail open or closed where they are asked.
            self._gave_up_at = clock.now()
            return self._own.of(day)
        self._kept = (day, salt)
        return salt

    def _agree(self, day: date) -> bytes:
        name = f"huimin:client-salt:{day.isoformat()}"
        self._server.set(name, secrets.token_bytes(32), nx=True, ex=_DAY_AND_A_BIT)
        return bytes(self._server.get(name))


_own_salt = OwnSalt()
_salt: Salt = _own_salt


def share_salt(server: Any | None) -> None:
    """Take the salt from a Redis or Valkey client, or from this machine's memory without one."""
    global _salt
    _salt = SharedSalt(server) if server is not None else _own_salt


def keyed(purpose: str, text: str) -> str:
    """32 hexadecimal digits that stand for `text` until the day ends, other ones per purpose."""
    data = f"{purpose}\0{text}".encode()
    return hashlib.blake2b(data, key=_salt.of(clock.today()), digest_size=16).hexdigest()


def client_key() -> str:
    """The key of whoever sent the request. One IPv6 network counts as one client."""
    return keyed("client", _network(request.remote_addr or ""))


def sender_key(number: str) -> str:
    """The key of the telephone that sent a text message."""
    return keyed("sender", number)


def trust_proxies(app: Flask, hops: int) -> None:
    """Believe what exactly `hops` proxies say about address and scheme; with 0 believe nobody."""
    if hops:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=0)  # type: ignore[method-assign]


def _network(address: str) -> str:
    if ":" not in address:
        return address
    try:
        found = ipaddress.IPv6Address(address.partition("%")[0])
    except ValueError:
        return address
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    if found in _CIRCUITS:
        return str(found)
    # A household is given a whole /64 and may change its address with every request.
    return str(ipaddress.IPv6Network((found, 64), strict=False))
