"""The shipped nginx before a running product, and citizens who come through it, each from an
address of his own."""

from __future__ import annotations

import base64
import socket
import ssl
from collections.abc import Callable
from dataclasses import dataclass, field
from ipaddress import IPv4Address

import httpx

from tests.patience import PATIENCE
from tests.running import Reporter, Running
from tests.services.nginx import PUBLIC_NAME, Nginx


@dataclass
class Front:
    """nginx and what stands behind it."""

    nginx: Nginx
    running: Running

    def citizen(self, address: str, *, asks: str = PUBLIC_NAME) -> ThroughNginx:
        """A browser that comes from this address and asks for this site."""
        return ThroughNginx(self.nginx.url, address, trust=self.nginx.trust(), site=asks)

    def line(self, address: str) -> ssl.SSLSocket:
        """A bare connection from this address, on which anything can be said."""
        plain = socket.create_connection(
            ("127.0.0.1", self.nginx.port), timeout=PATIENCE, source_address=(address, 0)
        )
        return self.nginx.trust().wrap_socket(plain, server_hostname=PUBLIC_NAME)

    def says(self, address: str, *pieces: bytes) -> bytes:
        """All that is answered on such a connection, until it is closed or a page is there."""
        answer = b""
        with self.line(address) as line:
            try:
                for piece in pieces:
                    line.sendall(piece)
                # nginx itself waits for a while for whoever doesn't stop talking.
                while b"</html>" not in answer and (heard := line.recv(65_536)):
                    answer += heard
            except (ConnectionError, ssl.SSLError):
                # It was closed before all was said.
                pass
        return answer


@dataclass
class ThroughNginx(Reporter):
    """A citizen at a browser that knows the site by its name."""

    trust: ssl.SSLContext = field(kw_only=True)
    site: str = field(kw_only=True)

    def __post_init__(self) -> None:
        transport = httpx.HTTPTransport(local_address=self.address, verify=self.trust)
        self.client = httpx.Client(
            base_url=self.url,
            transport=_Named(transport, self.site),
            headers={"Host": self.site, "Referer": f"https://{self.site}/"},
            timeout=PATIENCE,
        )


@dataclass
class _Named(httpx.BaseTransport):
    """Asks for the site's own name in TLS as well, where a browser would have looked it up."""

    inner: httpx.HTTPTransport
    site: str

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send it on under that name."""
        request.extensions = {**request.extensions, "sni_hostname": self.site}
        return self.inner.handle_request(request)

    def close(self) -> None:
        """Let go of the connections."""
        self.inner.close()


# How an address may be written down.
WAYS: dict[str, Callable[[IPv4Address], bytes]] = {
    "dotted": lambda one: str(one).encode(),
    "reversed": lambda one: one.reverse_pointer.removesuffix(".in-addr.arpa").encode(),
    "packed": lambda one: one.packed,
    "packed the other way": lambda one: one.packed[::-1],
    "hex": lambda one: one.packed.hex().encode(),
    "HEX": lambda one: one.packed.hex().upper().encode(),
    "whole number": lambda one: str(int(one)).encode(),
    "base64": lambda one: base64.b64encode(str(one).encode()).rstrip(b"="),
    "base64, packed": lambda one: base64.b64encode(one.packed).rstrip(b"="),
}


def traces(content: bytes, addresses: list[str]) -> list[str]:
    """In which ways addresses of citizens stand in a file. One in four bytes may be there by
    chance, where a file is long; those of several, who all did the same, aren't."""
    found = []
    for way, written in WAYS.items():
        there = [a for a in addresses if written(IPv4Address(a)) in content]
        if there and (len(written(IPv4Address(there[0]))) > 8 or len(there) > 1):
            found.append(f"{way}: {there}")
    return found
