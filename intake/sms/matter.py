"""What a text without a command is about: the draft that the web form would have made of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from intake.cases.case import Channel, Identity
from intake.draft import Draft
from intake.lexicon import lexicon_of
from intake.rules import reading
from intake.typed_text import telephone
from portal.campaign.book import Book
from portal.campaign.kinds import Kind

_QUESTION = re.compile(
    r"[?？]|[吗呢][。.!！~\s]*$|怎么|怎样|如何|哪[里儿个些]|多少|什么时候|能不能|可不可以|是不是|有没有"
)
# Rights hang on these, so that a text that asks for them keeps them, whomever it accuses.
_FORMAL = frozenset({Kind.PETITION, Kind.DISCLOSURE_REQUEST})


@dataclass(frozen=True)
class Inbound:
    """A text message as its provider handed it over. `sender` is E.164; nothing of it is logged."""

    provider_id: str = field(repr=False)
    sender: str = field(repr=False)
    body: str = field(repr=False)
    has_picture: bool = False


def draft_of(inbound: Inbound, words: str, book: Book) -> Draft:
    """The draft of a text. Its kind is read from its words; nobody can choose wrong, the office
    may change it.

    A text has no box "涉及谁": who names a unit as doing wrong accuses it, and it doesn't get the
    case (信访工作条例 30(3)).
    """
    said = reading.read(words, lexicon_of(book))
    kind = _kind(said.kind, words)
    accuses = bool(said.accused)
    if accuses and kind not in _FORMAL:
        kind = Kind.TIP_OFF
    return Draft(
        channel=Channel.TEXT,
        kind=kind,
        words=words,
        submission=inbound.provider_id,
        keep_from_unit=accuses and kind is Kind.PETITION,
        identity=Identity.PHONE,
        contact_phone=telephone(inbound.sender) or inbound.sender,
    )


def as_read_before(draft: Draft) -> Iterator[Draft]:
    """The draft, and what it can have been while the campaign had other words."""
    yield draft
    for kind in Kind:
        for kept in (False, True):
            yield replace(draft, kind=kind, keep_from_unit=kept)


def _kind(cue: str | None, words: str) -> Kind:
    if cue in set(Kind):
        return Kind(cue)
    return Kind.CONSULTATION if _QUESTION.search(words) else Kind.COMPLAINT
