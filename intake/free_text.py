"""What a text without a form is about: the draft that the web form would have made of it."""

from __future__ import annotations

from intake.cases.case import Channel, Identity
from intake.draft import Draft
from intake.lexicon import lexicon_of
from intake.rules import reading
from portal.campaign.book import Book
from portal.campaign.kinds import Kind


def draft_of_text(
    words: str,
    channel: Channel,
    book: Book,
    *,
    submission: str = "",
    identity: Identity = Identity.ANONYMOUS,
    contact_phone: str = "",
) -> Draft:
    """The draft of a text. Its kind is read from its words; nobody can choose wrong, the office
    may change it.

    A text has no box "涉及谁": who names a unit as doing wrong accuses it, and it doesn't get the
    case (信访工作条例 30(3)).
    """
    said = reading.read(words, lexicon_of(book))
    return Draft(
        channel=channel,
        # Thanks and advertising are registered too: a person closes them, not a machine.
        kind=Kind(said.kind) if said.kind in set(Kind) else Kind.CONSULTATION,
        words=words,
        submission=submission,
        identity=identity,
        contact_phone=contact_phone,
        kind_was_read=True,
    )
