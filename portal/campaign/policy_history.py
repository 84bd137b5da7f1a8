"""What a policy said on a day, worked out of its dated versions. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from portal.campaign.policy import Policy
from portal.campaign.policy_fields import from_kept
from portal.campaign.policy_version import PolicyVersion


@dataclass(frozen=True)
class FieldChange:
    """What a field said before, and what it says then."""

    name: str
    before: Any
    now: Any


@dataclass(frozen=True)
class PolicyChange:
    """A version with what it changed; nothing in the first, which only begins."""

    version: PolicyVersion
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True)
class PolicyHistory:
    """The versions of one policy in the order in which they hold."""

    versions: tuple[PolicyVersion, ...]

    @classmethod
    def of(cls, versions: Iterable[PolicyVersion]) -> PolicyHistory:
        """The history that some versions of one policy make."""
        return cls(tuple(sorted(versions, key=lambda one: one.place)))

    @property
    def first(self) -> PolicyVersion:
        """The version with which it begins."""
        return self.versions[0]

    @property
    def is_the_office_s(self) -> bool:
        """Whether a person of the office released any of it."""
        return any(one.released_by is not None for one in self.versions)

    def on(self, day: date) -> dict[str, Any]:
        """What it says on a Shanghai day; before its first day what it says then."""
        fields = dict(self.first.fields)
        for one in self.versions[1:]:
            if one.place[0] <= day:
                fields |= one.fields
        return from_kept(fields)

    def held_on(self, day: date) -> bool:
        """Whether there was such a policy on a Shanghai day, as far as is known."""
        ended = self.on(day)["ended_on"]
        return self.first.place[0] <= day and (ended is None or day <= ended)

    def held_in(self, year: int) -> bool:
        """Whether there was such a policy on any day of a year."""
        first, last = date(year, 1, 1), date(year, 12, 31)
        ended = self.on(last)["ended_on"]
        return self.first.place[0] <= last and (ended is None or ended >= first)

    def changes(self) -> list[PolicyChange]:
        """Every version with what it changed, the latest first."""
        told, fields = [], from_kept(self.first.fields)
        told.append(PolicyChange(self.first, ()))
        for one in self.versions[1:]:
            said = from_kept(one.fields)
            changed = (FieldChange(name, fields.get(name), now) for name, now in said.items())
            told.append(PolicyChange(one, tuple(changed)))
            fields |= said
        return told[::-1]

    def latest_day(self, names: Iterable[str], today: date) -> date | None:
        """The last day up to today from which any of these fields was changed; None: never."""
        wanted = set(names)
        days = [
            one.holds_from
            for one in self.versions[1:]
            if one.holds_from and one.holds_from <= today and wanted & one.fields.keys()
        ]
        return max(days, default=None)


def policy_as(policy: Policy, fields: Mapping[str, Any]) -> Policy:
    """The policy as other fields describe it, to be read only; no session knows it."""
    return Policy(
        code=policy.code, checked_on=policy.checked_on, position=policy.position, **fields
    )
