"""What a text without a command is about: the draft that the web form would have made of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from intake.cases.case import Channel, Identity
from intake.draft import Draft
from intake.free_text import draft_of_text
from intake.sms.grammar import Command, Help, Words, understand
from intake.typed_text import telephone, tidy
from portal.campaign.book import Book
from portal.campaign.kinds import Kind

ONLY_PICTURES = "（短信里只有图片，没有文字）"


@dataclass(frozen=True)
class Part:
    """Which part of a long text: the provider's name of the whole, the part's number from 1, and of
    how many."""

    group: str = field(repr=False)
    number: int
    of: int


@dataclass(frozen=True)
class Inbound:
    """A text message as its provider handed it over. `sender` is E.164, or what a short
    code calls itself; nothing of it is logged."""

    provider_id: str = field(repr=False)
    sender: str = field(repr=False)
    body: str = field(repr=False)
    has_picture: bool = False
    # Where its pictures lie at the provider, if they can be fetched.
    pictures: tuple[str, ...] = field(default=(), repr=False)
    # Set where it is a part of a longer one, which nobody can read by itself.
    part: Part | None = None
    # Whether its sender sends so many that he wasn't told that it came, and won't be.
    is_unanswered: bool = False
    # The Shanghai day on which it came, where it waited since.
    received_on: date | None = None

    @property
    def number(self) -> str:
        """The number at which its sender can be called; empty for a short code or a name."""
        return telephone(self.sender) or (self.sender if self.sender[0] == "+" else "")

    @property
    def loses_pictures(self) -> bool:
        """Whether it came with pictures that nobody can fetch."""
        return self.has_picture and not self.pictures

    @property
    def can_be_answered(self) -> bool:
        """Whether an answer can reach its sender: nothing can be sent to a name."""
        return not any(c.isalpha() for c in self.sender)


def asked(inbound: Inbound) -> Command:
    """What a text asks for. Pictures without a word are something for the line too."""
    command = understand(tidy(inbound.body))
    if inbound.pictures and isinstance(command, Help) and not any(map(str.isalnum, inbound.body)):
        return Words(ONLY_PICTURES)
    return command


def draft_of(inbound: Inbound, words: str, book: Book) -> Draft:
    """The draft of a text message, whose writer can be reached by his number."""
    draft = draft_of_text(
        words,
        Channel.TEXT,
        book,
        submission=inbound.provider_id,
        identity=Identity.PHONE if inbound.number else Identity.ANONYMOUS,
        contact_phone=inbound.number,
    )
    return replace(draft, received_on=inbound.received_on) if inbound.received_on else draft


def as_read_before(draft: Draft) -> Iterator[Draft]:
    """The draft, and what it can have been while the campaign had other words; of one that waited,
    what the door may have made of it before."""
    for received_on in dict.fromkeys((draft.received_on, None)):
        yield replace(draft, received_on=received_on)
        for kind in Kind:
            for kept in (False, True):
                yield replace(draft, received_on=received_on, kind=kind, keep_from_unit=kept)
