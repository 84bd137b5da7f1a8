"""What a draft would change in the policy list, and how that differs from what stands. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from typing import Any

from admin.policies.columns import CHECKED, NAMES
from portal.campaign.book import Book
from portal.campaign.policy_fields import as_kept, fields_of, from_kept, in_words
from portal.campaign.policy_history import FieldChange

_SHORTEST_KEPT = 4

# Everything that may differ of some policies, by their codes.
Said = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True)
class Proposal:
    """The fields to change, by the policies' codes; of a new policy all of them. `before` is what
    stood when it was drafted. `note` tells the public what changed, `holds_from` since which
    Shanghai day that holds. `as_of`: it changes what was released for that later day; None: what
    stands now."""

    changes: Said
    before: Said
    note: str
    holds_from: date
    as_of: date | None = None

    def as_kept(self) -> dict[str, Any]:
        """The proposal as JSON keeps it."""
        return {
            "changes": {code: as_kept(fields) for code, fields in self.changes.items()},
            "before": {code: as_kept(fields) for code, fields in self.before.items()},
            "note": self.note,
            "holds_from": self.holds_from.isoformat(),
            "as_of": self.as_of.isoformat() if self.as_of else None,
        }

    @classmethod
    def from_kept(cls, kept: Mapping[str, Any]) -> Proposal:
        """A proposal that `as_kept` made."""
        return cls(
            changes={code: from_kept(fields) for code, fields in kept["changes"].items()},
            before={code: from_kept(fields) for code, fields in kept["before"].items()},
            note=kept["note"],
            holds_from=date.fromisoformat(kept["holds_from"]),
            as_of=date.fromisoformat(kept["as_of"]) if kept["as_of"] else None,
        )


@dataclass(frozen=True)
class Difference:
    """What a proposal would change of one policy. `moved`: somebody changed the same fields since
    it was drafted. `ahead`: the days from which some of these fields change again."""

    code: str
    name: str
    is_new: bool
    fields: tuple[FieldChange, ...]
    moved: bool
    ahead: tuple[date, ...]

    @property
    def changes_unit(self) -> bool:
        """Whether another unit, or the first one, has the policy then."""
        return any(one.name == "unit_code" for one in self.fields)


def standing(book: Book, code: str, as_of: date | None = None) -> dict[str, Any]:
    """What stands of a policy now, or what it will say on a later day, with the day of checking;
    nothing where there is none."""
    policy = book.policies.get(code)
    if policy is None:
        return {}
    fields = fields_of(policy) if as_of is None else book.histories[code].on(as_of)
    return {**fields, CHECKED: policy.checked_on}


def standing_version(book: Book, code: str, as_of: date | None = None) -> str:
    """A word that differs whenever the policy says something else."""
    return _short(sorted(standing(book, code, as_of).items()))


def proposed(
    wanted: Said, book: Book, *, note: str, holds_from: date, as_of: date | None = None
) -> Proposal:
    """The proposal after which these fields say so; what stands already is left out of it."""
    changes, before = {}, {}
    for code, fields in wanted.items():
        now = standing(book, code, as_of)
        differing = {name: v for name, v in fields.items() if not now or now[name] != v}
        if differing:
            changes[code] = differing
            before[code] = {name: now[name] for name in differing if now}
    return Proposal(changes, before, note, holds_from, as_of)


def differences(proposal: Proposal, book: Book) -> list[Difference]:
    """What the proposal would change in the list as it stands now."""
    found = []
    for code, fields in proposal.changes.items():
        now = standing(book, code, proposal.as_of)
        changed = tuple(
            FieldChange(name, now.get(name), fields[name])
            for name in NAMES
            if name in fields and (not now or now[name] != fields[name])
        )
        if changed:
            found.append(_difference(proposal, book, code, changed))
    return found


def _difference(
    proposal: Proposal, book: Book, code: str, changed: tuple[FieldChange, ...]
) -> Difference:
    now, before = standing(book, code, proposal.as_of), proposal.before[code]
    history = book.histories.get(code)
    names = {one.name for one in changed}
    days = [
        one.holds_from
        for one in (history.versions if history else ())
        if one.waits and one.holds_from and names & one.fields.keys()
    ]
    return Difference(
        code=code,
        name=proposal.changes[code].get("name") or now["name"],
        is_new=not now,
        fields=changed,
        moved=any(before.get(name) != now[name] for name in names) if now else bool(before),
        ahead=tuple(day for day in sorted(days) if day > proposal.holds_from),
    )


def digest_of(shown: list[Difference]) -> str:
    """A word for exactly these differences, by which a form knows what its reader has seen."""
    return _short([(one.code, one.is_new, one.fields, one.ahead) for one in shown])


def _short(said: object) -> str:
    return hashlib.blake2b(repr(said).encode(), digest_size=8).hexdigest()


def words_of(change: FieldChange, book: Book) -> tuple[str, str]:
    """What a field said and would say, as people read it."""
    return (
        in_words(change.name, change.before, book.unit_name),
        in_words(change.name, change.now, book.unit_name),
    )


def pieces(before: str, now: str) -> list[tuple[str, str]]:
    """Two texts in one: pieces that are `kept`, `gone` or `new`, in their order. A character or two
    that happen to stand in both aren't torn out of what changed."""
    blocks = SequenceMatcher(None, before, now, autojunk=False).get_matching_blocks()
    cut: list[tuple[str, str]] = []
    old = new = 0
    for block in blocks:
        is_end = block.a + block.size == len(before) and block.b + block.size == len(now)
        if block.size < _SHORTEST_KEPT and not is_end:
            continue
        cut += [("gone", before[old : block.a]), ("new", now[new : block.b])]
        cut.append(("kept", before[block.a : block.a + block.size]))
        old, new = block.a + block.size, block.b + block.size
    return [piece for piece in cut if piece[1]]
