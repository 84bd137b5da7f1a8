"""What a monthly return says, in one canonical text, and the SHA-256 over it. Pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from admin.returns.counts import Counts, Households


@dataclass(frozen=True)
class Part:
    """One return that another sums up: whose, which version, its SHA-256, whether it was nil."""

    unit: str
    version: int
    digest: str
    nil: bool


@dataclass(frozen=True, kw_only=True)
class Summed:
    """What lower units returned, and those of whom nothing has come."""

    counts: Counts = field(default_factory=Counts)
    households: Households = field(default_factory=Households)
    parts: tuple[Part, ...] = ()
    missing: tuple[str, ...] = ()

    @classmethod
    def of(cls, said: Mapping[str, Any]) -> Summed:
        """As it stands in a canonical text."""
        return cls(
            counts=Counts.of(said["counts"]),
            households=Households(**said["households"]),
            parts=tuple(Part(**one) for one in said["parts"]),
            missing=tuple(said["missing"]),
        )


@dataclass(frozen=True, kw_only=True)
class Said:
    """What everything that is frozen says. Days and moments are ISO texts, of Shanghai and in UTC;
    `own` is what the ledger counted of the unit until `counted_on`."""

    campaign: str
    unit: str
    receiver: str
    first: str
    last: str
    version: int
    counted_on: str
    own: Counts
    confirmed_by: int
    confirmed_at: str
    signed_by: int | None = None
    signed_at: str | None = None

    @property
    def text(self) -> str:
        """The canonical text."""
        return canonical(self._said)

    @property
    def _said(self) -> dict[str, Any]:
        return {**asdict(self), "own": self.own.said}


@dataclass(frozen=True, kw_only=True)
class Content(Said):
    """What a monthly return says. `remark` is the SHA-256 of the sealed remark, empty where there
    is none: it binds the words and tells nothing of them."""

    nil: bool
    households: Households
    summed: Summed
    remark: str

    @property
    def _said(self) -> dict[str, Any]:
        return {
            **super()._said,
            "summed": {**asdict(self.summed), "counts": self.summed.counts.said},
        }

    @classmethod
    def of(cls, text: str) -> Content:
        """Read back from its canonical text."""
        said = json.loads(text)
        return cls(
            **{
                **said,
                "own": Counts.of(said["own"]),
                "households": Households(**said["households"]),
                "summed": Summed.of(said["summed"]),
            }
        )

    @property
    def total(self) -> Counts:
        """The unit's own counts and those that it sums up."""
        return self.own + self.summed.counts

    @property
    def coverage(self) -> Households:
        """The same of the households."""
        return self.households + self.summed.households


def canonical(said: Mapping[str, Any]) -> str:
    """What is said as one text: JSON with sorted keys, no spaces, Chinese as it is, in UTF-8."""
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest_of(text: str) -> str:
    """The SHA-256 of a canonical text, as 64 hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()
