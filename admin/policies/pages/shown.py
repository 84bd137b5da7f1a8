"""The differences of a draft as a page shows them: each field as it is and as it would be."""

from __future__ import annotations

from dataclasses import dataclass

from admin.policies.columns import NAMES
from admin.policies.proposal import Difference, Proposal, differences, pieces, words_of
from portal.campaign.book import Book


@dataclass(frozen=True)
class ShownField:
    """One field: its heading and the pieces of its two texts, each `kept`, `gone` or `new`."""

    name: str
    heading: str
    pieces: list[tuple[str, str]]


@dataclass(frozen=True)
class Shown:
    """The differences of one policy. `needs_rule`: no rule says who is in charge as it would."""

    difference: Difference
    fields: list[ShownField]
    needs_rule: bool


def shown_of(proposal: Proposal, book: Book) -> list[Shown]:
    """What a proposal would change in the list as it stands now."""
    return [
        Shown(
            difference=one,
            fields=[
                ShownField(change.name, NAMES[change.name], pieces(*words_of(change, book)))
                for change in one.fields
                if not one.is_new or change.now not in ("", None, [])
            ],
            needs_rule=one.changes_unit,
        )
        for one in differences(proposal, book)
    ]
