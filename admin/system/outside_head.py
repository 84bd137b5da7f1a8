"""A head of the chain as it stands outside the database: one line of a file or of a mail, or a
digest that somebody copies from a printed page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from portal.foundation.clock import day_of

_MARK = "huimin-head"
_LINE = re.compile(
    rf"{_MARK} (?P<on>\d{{4}}-\d\d-\d\d) (?P<seq>\d{{1,18}}) "
    r"(?P<digest>[0-9a-f]{64}) (?P<signature>[0-9a-f]{128})"
    # Lines of before this was written have none.
    r"(?: (?P<signed_at>\d{4}-\d\d-\d\dt\d\d:\d\d:\d\d(?:\.\d{6})?\+00:00))?"
)
_DIGEST_LENGTH = 64
_HEX = re.compile(r"[0-9a-f]+")
_GROUP = 4


class NotAHead(ValueError):
    """A line begins like a head and isn't one; the text names it."""


@dataclass(frozen=True)
class OutsideHead:
    """That the chain had this digest after event `seq`. A printed page has neither number, days nor
    signature: it was signed by hand. It left `on` a Shanghai day; old lines don't tell when it was
    signed."""

    digest: bytes
    seq: int | None = None
    on: date | None = None
    signature: bytes = b""
    signed_at: datetime | None = None

    @property
    def line(self) -> str:
        """The line that is kept."""
        line = f"{_MARK} {self.on} {self.seq} {self.digest.hex()} {self.signature.hex()}"
        return f"{line} {self.signed_at.isoformat()}" if self.signed_at else line

    def was_signed_before(self, moment: datetime) -> bool:
        """Whether it was signed before a moment; by its day alone, where nothing else is known."""
        if self.signed_at is not None:
            return self.signed_at < moment
        return self.on is not None and self.on <= day_of(moment)

    @property
    def groups(self) -> str:
        """The digest as people read it out and copy it."""
        return in_groups(self.digest)


def in_groups(digest: bytes) -> str:
    """A digest in groups of four."""
    shown = digest.hex()
    return " ".join(shown[at : at + _GROUP] for at in range(0, len(shown), _GROUP))


def heads_in(text: str) -> list[OutsideHead]:
    """The heads among the lines of a text; what says something else is passed over. Where there is
    none, the digests in it that somebody copied from paper, over several lines or in one.

    Raises:
        NotAHead: a line begins like one and was cut off or changed.
    """
    lines = [" ".join(line.lower().split()) for line in text.splitlines()]
    whole = [_read(line, at) for at, line in enumerate(lines, 1) if line.startswith(_MARK)]
    return whole or list(_copied(lines))


def _copied(lines: Iterable[str]) -> Iterator[OutsideHead]:
    digits = ""
    for line in lines:
        packed = line.replace(" ", "")
        digits = digits + packed if _HEX.fullmatch(packed) else ""
        if len(digits) == _DIGEST_LENGTH:
            yield OutsideHead(bytes.fromhex(digits))
            digits = ""


def _read(line: str, number: int) -> OutsideHead:
    found = _LINE.fullmatch(line)
    if found is None:
        raise NotAHead(f"Line {number} of the heads isn't whole.")
    try:
        on = date.fromisoformat(found["on"])
        written = found["signed_at"]
        signed_at = datetime.fromisoformat(written) if written else None
    except ValueError:
        raise NotAHead(f"Line {number} of the heads has no such day.") from None
    return OutsideHead(
        bytes.fromhex(found["digest"]),
        int(found["seq"]),
        on,
        bytes.fromhex(found["signature"]),
        signed_at,
    )
