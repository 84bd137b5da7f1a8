"""Whether a text that is to be published repeats what somebody wrote to us: compared with the words
of every case that the office can open. Nobody reads them for it.

Names aren't compared: whoever writes a draft could ask of any name whether it is a reporter's. Nor
is a case that accuses anybody at this desk, or a unit that he serves: a finding would tell him that
there is one.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, select, true
from sqlalchemy.orm import Session

from admin.accounts.access import Access, not_barred
from admin.ledger.coinciding import LEAST, coinciding, letters
from admin.publishing.desk import PUBLISHING_ROLES
from intake.bulk_reading import texts_of
from intake.cases.case import Case
from intake.cases.message import MessageKind
from portal.campaign.book import Book
from portal.foundation.staff import Post, Staff

# Passages, each with the name of the text in which it stands.
Echoes = Sequence[tuple[str, str]]

# Whatever comes from the reporter's own hand, but who he is.
_KINDS = (
    MessageKind.WORDS,
    MessageKind.ACCUSED,
    MessageKind.SUPPLEMENT,
    MessageKind.OBJECTION,
    MessageKind.REMARK,
)
_AT_A_TIME = 500
# Whatever runs for `LEAST` letters holds a piece of so many that begins at a multiple of `_STEP`.
_PIECE = 6
_STEP = LEAST - _PIECE + 1


def echoes(session: Session, texts: Mapping[str, str], book: Book) -> Echoes:
    """The passages of some texts, given by their names, that stand in a case, too.

    It opens every case that the office can open, so it is asked before the write transaction; and
    asking leaves an event (`admin.publishing.pages.comparing`).
    """
    pieces = _pieces(texts.values())
    found: dict[tuple[str, str], None] = {}
    # Many may send the same letter; it is compared once.
    compared: set[str] = set()
    for written in _written(session, book) if pieces else ():
        if written not in compared and _may_repeat(written, pieces):
            compared.add(written)
            for name, text in texts.items():
                for start, end in coinciding(text, [written]):
                    found.setdefault((name, text[start:end]))
    return list(found)


def both(before: Echoes, now: Echoes) -> tuple[tuple[str, str], ...]:
    """What was found before and what is found now: that a case isn't compared any more mustn't
    show."""
    return tuple(dict.fromkeys([*before, *now]))


def as_kept(found: Echoes) -> list[list[str]]:
    """Passages as JSON keeps them."""
    return [list(one) for one in found]


def from_kept(content: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """The passages that a draft keeps under `echoes`; one of earlier days has none."""
    return tuple((name, passage) for name, passage in content.get("echoes", ()))


def comparable(session: Session, book: Book) -> ColumnElement[bool]:
    """The condition under which a case may be compared with a text at all: it bars nobody of those
    who can read what is found in a draft."""
    posts = select(Post.staff_id).where(
        Post.unit_code == book.campaign.office_code, Post.role.in_(PUBLISHING_ROLES)
    )
    staff = session.scalars(select(Staff).where(Staff.id.in_(posts)).order_by(Staff.id))
    return and_(true(), *(not_barred(Access.of(one, book)) for one in staff))


def _written(session: Session, book: Book) -> Iterator[str]:
    """What people wrote, of every case that the office holds and that accuses nobody at the
    desk."""
    office = book.campaign.office_code
    wanted = select(Case.id).where(comparable(session, book)).order_by(Case.id.desc())
    cases = session.connection().scalars(wanted).all()
    for begin in range(0, len(cases), _AT_A_TIME):
        some = cases[begin : begin + _AT_A_TIME]
        for one in texts_of(session, some, [office], _KINDS):
            if one.text:
                yield one.text


def _pieces(texts: Iterable[str]) -> frozenset[str]:
    """Every stretch of `_PIECE` letters in some texts."""
    plain = [letters(text).text for text in texts]
    return frozenset(one[at : at + _PIECE] for one in plain for at in range(len(one) - _PIECE + 1))


def _may_repeat(written: str, pieces: frozenset[str]) -> bool:
    """A quick look that misses nothing; what it lets through is compared letter by letter."""
    folded = unicodedata.normalize("NFKC", written).casefold()
    plain = "".join(filter(str.isalnum, folded))
    return any(plain[at : at + _PIECE] in pieces for at in range(0, len(plain) - _PIECE + 1, _STEP))
