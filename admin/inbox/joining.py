"""Long texts that came in parts: put together once all are there, or after a while as they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

from intake.sms.matter import Inbound

_WAITS = timedelta(minutes=5)
_MISSING = "（中间缺一段）"


@dataclass(frozen=True)
class Waiting:
    """A text that waits in the spool, or a part of one; `since` is when it was put there (UTC)."""

    file: Path
    inbound: Inbound = field(repr=False)
    since: datetime


def whole_texts(waiting: Iterable[Waiting], now: datetime) -> Iterator[list[Waiting]]:
    """The texts whose turn has come, each with all its parts in their order; in the order in which
    they began to come."""
    texts: dict[tuple[str, str], dict[int, Waiting]] = {}
    for one in waiting:
        part = one.inbound.part
        name = part.group if part else one.file.name
        texts.setdefault((one.inbound.sender, name), {})[part.number if part else 1] = one
    for parts in texts.values():
        if _is_whole(parts) or min(one.since for one in parts.values()) <= now - _WAITS:
            yield [parts[number] for number in sorted(parts)]


def joined(parts: Sequence[Inbound]) -> Inbound:
    """One text of several parts. Where some never came, it says so."""
    first = parts[0]
    if first.part is None:
        return first
    numbers = {one.part.number: one.body for one in parts if one.part}
    bodies = (numbers.get(number, _MISSING) for number in range(1, first.part.of + 1))
    return replace(first, body="".join(bodies), part=None)


def _is_whole(parts: dict[int, Waiting]) -> bool:
    part = next(iter(parts.values())).inbound.part
    return part is None or len(parts) == part.of
