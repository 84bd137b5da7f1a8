"""Requests as finished bytes, so that the client has nothing to do but send them."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

_HOST = "127.0.0.1"


def get(path: str, headers: Mapping[str, str] | None = None) -> bytes:
    """A GET request."""
    return _head("GET", path, headers or {})


def post(path: str, fields: Mapping[str, str], headers: Mapping[str, str] | None = None) -> bytes:
    """A POST of a form, as a browser sends one without files."""
    body = urlencode(fields).encode()
    kind = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Content-Length": str(len(body)),
    }
    return _head("POST", path, {**(headers or {}), **kind}) + body


def _head(method: str, path: str, headers: Mapping[str, str]) -> bytes:
    lines = [f"{method} {path} HTTP/1.1", f"Host: {_HOST}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()
