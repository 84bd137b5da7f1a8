"""A published page as finished bytes, as they are and compressed. Nothing in it is one reader's
own, so that compressing gives nothing away."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

Headers = list[tuple[str, str]]

# Anybody may keep the page, and nobody may show it without asking whether it still stands.
ASK_ALWAYS = "public, no-cache"
# What is shorter fits one packet anyway.
_FEWEST_BYTES = 1000
_TEXT = ("text/", "application/json", "application/xml", "application/atom+xml")
_VARY = ("Vary", "Accept-Encoding")
# Higher levels take longer and save a hundredth.
_LEVEL = 6


@dataclass(frozen=True)
class Bytes:
    """One form of a page."""

    body: bytes
    headers: Headers
    etag: str

    @property
    def headers_of_304(self) -> Headers:
        """What an answer without the bytes says."""
        said = [("ETag", self.etag), ("Cache-Control", ASK_ALWAYS)]
        return said + [one for one in self.headers if one[0] == "Vary"]

    def is_known_to(self, if_none_match: str | None) -> bool:
        """Whether the reader has these bytes. A proxy that compresses turns the tag into a weak
        one, which still contains it."""
        if not if_none_match:
            return False
        return self.etag in if_none_match or if_none_match == "*"


@dataclass(frozen=True)
class FinishedPage:
    """One finished answer in each of its forms. It is compressed for the first reader who can open
    that, if it is `worth_compressing`."""

    plain: Bytes
    mark: str
    worth_compressing: bool

    @classmethod
    def of(cls, body: bytes, headers: Sequence[tuple[str, str]]) -> FinishedPage:
        """The page of an answer; `headers` name its type, and no tag yet."""
        mark = hashlib.blake2b(body, digest_size=16).hexdigest()
        worth = len(body) >= _FEWEST_BYTES and _type_of(headers).startswith(_TEXT)
        said = [*headers, ("Cache-Control", ASK_ALWAYS)]
        return cls(_form(body, [*said, _VARY] if worth else said, mark), mark, worth)

    @cached_property
    def compressed(self) -> Bytes:
        """The same, compressed. Without a moment in it, a page is the same bytes in every
        process."""
        packed = gzip.compress(self.plain.body, _LEVEL, mtime=0)
        said = [one for one in self.plain.headers if one[0] != "ETag"]
        return _form(packed, [*said, ("Content-Encoding", "gzip")], f"{self.mark}-gzip")

    def for_reader(self, accept_encoding: str | None) -> Bytes:
        """The form that a reader can open."""
        if not self.worth_compressing or not accept_encoding or "gzip" not in accept_encoding:
            return self.plain
        # Nobody sends it, but the standard knows a refusal.
        return self.plain if "gzip;q=0" in accept_encoding.replace(" ", "") else self.compressed


def _form(body: bytes, headers: Headers, mark: str) -> Bytes:
    etag = f'"{mark}"'
    length = [("Content-Length", str(len(body))), ("ETag", etag)]
    return Bytes(body, [one for one in headers if one[0] != "Content-Length"] + length, etag)


def _type_of(headers: Sequence[tuple[str, str]]) -> str:
    return next((value for name, value in headers if name == "Content-Type"), "")
