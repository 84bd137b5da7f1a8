"""Whether a text that is to be published repeats what somebody wrote to us: compared with the words
of every case that the office can open. Nobody reads them for it.

Names aren't compared: whoever writes a draft could ask of any name whether it is a reporter's.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.ledger.coinciding import LEAST, coinciding, letters
from intake.bulk_reading import texts_of
from intake.cases.case import Case
from intake.cases.message import MessageKind

_KINDS = (MessageKind.WORDS, MessageKind.SUPPLEMENT)
_AT_A_TIME = 500
# Whatever runs for `LEAST` letters holds a piece of so many that begins at a multiple of `_STEP`.
_PIECE = 6
_STEP = LEAST - _PIECE + 1


def echoes(session: Session, texts: Mapping[str, str], office: str) -> list[tuple[str, str]]:
    """The passages of some texts, given by their names, that stand in a case, too.

    It opens every case that the office can open, so it is asked when a draft is kept and when it
    is released, before the write transaction.
    """
    pieces = _pieces(texts.values())
    found: dict[tuple[str, str], None] = {}
    # Many may send the same letter; it is compared once.
    compared: set[str] = set()
    for written in _written(session, office) if pieces else ():
        if written not in compared and _may_repeat(written, pieces):
            compared.add(written)
            for name, text in texts.items():
                for start, end in coinciding(text, [written]):
                    found.setdefault((name, text[start:end]))
    return list(found)


def _written(session: Session, office: str) -> Iterator[str]:
    """What people wrote, of every case that the office holds."""
    cases = session.connection().scalars(select(Case.id).order_by(Case.id.desc())).all()
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
