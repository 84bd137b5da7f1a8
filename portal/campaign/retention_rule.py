"""What the campaign's data say about how long things are kept (保存期限): the words of a case and
its reporter's contact, by kind and, where it differs, by outcome; what was withdrawn; what was
typed beside cases; backups."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from portal.campaign.campaign import Campaign
from portal.campaign.kinds import Kind


@dataclass(frozen=True)
class KeptFor:
    """So many months after a case's end its `words` are kept, and its reporter's `contact`. It is
    of one `outcome` (`closed` or `declined`) where that is named, else of any. `source` is what it
    rests on."""

    kind: Kind
    outcome: str
    words: int
    contact: int
    source: str


class Beside(StrEnum):
    """What people type that is no case."""

    MISTAKE = "mistake"
    RIGHTS_REQUEST = "rights_request"
    ASSESSMENT = "assessment"

    @property
    def plain(self) -> str:
        """What a citizen calls it."""
        return {
            Beside.MISTAKE: "网站找错写的，和给您的答复",
            Beside.RIGHTS_REQUEST: "没有查询码提的个人信息请求",
            Beside.ASSESSMENT: "上门问效果时记下的话",
        }[self]

    @property
    def ended(self) -> str:
        """From what its months count, in the same words."""
        return "评估结束" if self is Beside.ASSESSMENT else "答复"


@dataclass(frozen=True)
class KeptBeside:
    """So many `months` after its end what was typed in one of these is kept, by a `source`."""

    what: Beside
    months: int
    source: str


@dataclass(frozen=True)
class RetentionRule:
    """What is destroyed when. What was withdrawn goes after `withdrawn_days`; nothing goes before
    it stood on the office's list for `notice_days`; a backup that still holds it is destroyed after
    `backup_days`. `source` is what these days rest on."""

    withdrawn_days: int
    notice_days: int
    backup_days: int
    source: str
    periods: tuple[KeptFor, ...]
    beside: tuple[KeptBeside, ...]

    @classmethod
    def of(cls, campaign: Campaign) -> RetentionRule | None:
        """The rule as the campaign's record keeps it; None where it says nothing, and nothing is
        destroyed by age."""
        stored: dict[str, Any] = campaign.retention
        if not stored:
            return None
        periods = tuple(
            KeptFor(Kind(one["kind"]), one["outcome"], one["words"], one["contact"], one["source"])
            for one in stored["periods"]
        )
        days = {name: stored[name] for name in ("withdrawn_days", "notice_days", "backup_days")}
        # A campaign that was loaded before there were any has none until it is loaded again.
        beside = tuple(
            KeptBeside(Beside(one["what"]), one["months"], one["source"])
            for one in stored.get("beside", ())
        )
        return cls(**days, source=stored["source"], periods=periods, beside=beside)

    def months_of(self, what: Beside) -> int | None:
        """How long what was typed beside cases is kept; None where no row says so."""
        return next((one.months for one in self.beside if one.what is what), None)

    def kept_for(self, kind: str, outcome: str) -> KeptFor | None:
        """How long a case of some kind and outcome is kept; None where no row says so."""
        rows = [one for one in self.periods if one.kind == kind and one.outcome in {outcome, ""}]
        # The row that names the outcome goes before the one that doesn't.
        return max(rows, key=lambda one: bool(one.outcome), default=None)

    @property
    def by_kind(self) -> Iterator[tuple[Kind, list[KeptFor]]]:
        """The rows of each kind, in the order of the kinds, the usual one first."""
        for kind in Kind:
            rows = [one for one in self.periods if one.kind is kind]
            yield kind, sorted(rows, key=lambda one: one.outcome)
