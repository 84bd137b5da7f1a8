"""Say how a text would be read and routed, without registering anything."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from intake.at_work import NOBODY
from intake.cases.case import Channel
from intake.decision import Decision
from intake.free_text import draft_of_text
from intake.lexicon import lexicon_of
from intake.route import route
from intake.rules import reading
from portal.campaign.book import Book


@dataclass(frozen=True)
class Explanation:
    """What the rules make of a text. `kind` is "other" where it asks for nothing."""

    kind: str
    out_of_scope: bool
    decision: Decision


def explain(text: str, channel: Channel, book: Book, today: date) -> Explanation:
    """Read and route a text as the door of its channel would, were it sent today (Shanghai)."""
    said = reading.read(text, lexicon_of(book))
    draft = draft_of_text(text, channel, book)
    return Explanation(
        kind=said.kind if said.kind == "other" else draft.kind.value,
        out_of_scope=not said.ours,
        decision=route(draft, book, today, NOBODY),
    )
