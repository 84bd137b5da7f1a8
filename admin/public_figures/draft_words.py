"""What is typed beside a month's figures: sealed for the office while it isn't published."""

from __future__ import annotations

import json
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.public_figures.figures_draft import FiguresDraft
from admin.publishing.desk import NeedsText
from admin.publishing.inside import beside_cases
from admin.publishing.leak_check import Leak, find
from intake.vault.compartment import Compartment, new_compartment, open_compartment
from portal.campaign.book import Book

_NAME = "publishing"


class NotForThePublic(Exception):
    """A text that the public will read holds what may be somebody's; `leaks` says of what sort, and
    the exception's text what to do."""

    def __init__(self, leaks: frozenset[Leak]) -> None:
        what = "、".join(sorted(leak.plain for leak in leaks))
        super().__init__(f"公众会看到这几句，里面像是有{what}，请改掉")
        self.leaks = leaks


@dataclass(frozen=True)
class DraftWords:
    """`note` is published with the figures, `sent_back_because` only the desk reads."""

    note: str = ""
    sent_back_because: str = ""


def checked(text: str, book: Book) -> str:
    """A text for the public without spaces around. That it repeats no case is asked before.

    Raises:
        NeedsText: it is empty.
        NotForThePublic: a number or an address stands in it.
    """
    tidy = text.strip()
    if not tidy:
        raise NeedsText
    found = find(tidy, beside_cases(book))
    if found:
        raise NotForThePublic(frozenset(one.leak for one in found))
    return tidy


def seal(session: Session, draft: FiguresDraft, words: DraftWords, office: str) -> None:
    """Keep what was typed with a draft."""
    box = _box(session, draft) or new_compartment(
        session, label=_label(draft), name=_NAME, holders=frozenset({office})
    )
    content = {"note": words.note, "sent_back_because": words.sent_back_because}
    draft.sealed = box.seal(json.dumps(content, ensure_ascii=False), _column(draft))


def unseal(session: Session, draft: FiguresDraft, office: str) -> DraftWords:
    """What was typed, opened as the office.

    Raises:
        DoesNotOpen: it isn't what was sealed.
    """
    box = _box(session, draft)
    if draft.sealed is None or box is None:
        return DraftWords()
    pair = open_compartment(session, box, frozenset({office}))
    return DraftWords(**json.loads(box.open(pair, draft.sealed, _column(draft))))


def _label(draft: FiguresDraft) -> str:
    return f"figures-{draft.month:%Y-%m}"


def _column(draft: FiguresDraft) -> str:
    return f"draft-{draft.id}"


def _box(session: Session, draft: FiguresDraft) -> Compartment | None:
    return session.scalars(
        select(Compartment).where(Compartment.label == _label(draft), Compartment.name == _NAME)
    ).first()
