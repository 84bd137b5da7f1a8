"""Long texts that came in parts: put together once all are there, or after a while as they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

from intake.sms.matter import Inbound
from intake.sms.mojibake import repaired

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
    texts: dict[tuple[str, ...], dict[int, Waiting]] = {}
    for one in waiting:
        texts.setdefault(_name(one), {})[one.inbound.part.number if one.inbound.part else 1] = one
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
    return replace(first, body=repaired(_with_its_pairs("".join(bodies))), part=None)


def _name(one: Waiting) -> tuple[str, ...]:
    """By what the parts of one text are known. A provider's names come round again soon, so that of
    how many parts a text is tells it from another."""
    part = one.inbound.part
    return (one.inbound.sender, part.group, str(part.of)) if part else (one.file.name,)


def _is_whole(parts: dict[int, Waiting]) -> bool:
    part = next(iter(parts.values())).inbound.part
    return part is None or set(parts) == set(range(1, part.of + 1))


def _with_its_pairs(text: str) -> str:
    """A character beyond the first 65,536 may have been cut in two where a part ended."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
