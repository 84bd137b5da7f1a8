"""Search over sealed words, inside what one person may see: opens and looks, newest first, a while
at a time. There is no index, since whoever had it would have the words.

Only compartments that the person's units hold are opened, and the identity never.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Row, or_, select
from sqlalchemy.orm import Session

from admin.accounts.access import Access, visible
from admin.desk.folded import Snippet, Words
from intake.bulk_reading import Text, texts_of
from intake.cases.assistance import Assistance
from intake.cases.bar import Bar
from intake.cases.case import Case
from intake.cases.message import MessageKind
from intake.cases.referral import Referral
from intake.opened import tell_opened
from intake.rules.lifecycle import OPEN_STATES
from intake.vault.vault import DoesNotOpen, vault_of

MOST_SCANNED = 20_000
MOST_HITS = 50
_AT_A_TIME = 500


class Where(StrEnum):
    """What is searched."""

    WORDS = "words"
    CONVERSATION = "conversation"
    NOTES = "notes"

    @property
    def official(self) -> str:
        """Its name beside the box."""
        return {
            Where.WORDS: "来件和摘要",
            Where.CONVERSATION: "往来",
            Where.NOTES: "内部记事",
        }[self]

    @property
    def kinds(self) -> tuple[MessageKind, ...]:
        """The texts that belong to it."""
        return _KINDS[self]


_KINDS = {
    Where.WORDS: (MessageKind.WORDS, MessageKind.EXTRACT, MessageKind.ACCUSED),
    Where.CONVERSATION: (MessageKind.SUPPLEMENT, MessageKind.REPLY, MessageKind.NOTICE),
    Where.NOTES: (
        MessageKind.NOTE,
        MessageKind.REASON,
        MessageKind.PART,
        MessageKind.OPINION,
        MessageKind.REPORT,
        MessageKind.VERIFICATION,
        MessageKind.VERIFIED,
        MessageKind.DRAFT,
        MessageKind.SUPERVISION,
    ),
}

_SHOWN: tuple[Any, ...] = (
    Case.id,
    Case.number,
    Case.kind,
    Case.state,
    Case.unit_code,
    Case.registered_on,
)


@dataclass(frozen=True)
class Wanted:
    """What is looked for, in what, and whether in closed cases too."""

    words: Words
    where: frozenset[Where]
    open_only: bool = True

    @property
    def kinds(self) -> list[MessageKind]:
        """The texts that are opened for it."""
        return [kind for where in Where if where in self.where for kind in where.kinds]


@dataclass(frozen=True)
class Hit:
    """A case in which every word stands; `kind` is the text that the snippet is from."""

    row: Row[Any]
    kind: MessageKind
    snippet: Snippet


@dataclass(frozen=True)
class Place:
    """How far a search has come: the case to go on before, and how many were scanned."""

    before: int
    scanned: int

    def sealed(self, session: Session, access: Access) -> str:
        """The place as a form carries it: a case's id tells how many there are, so nobody reads
        it."""
        plain = f"{self.before} {self.scanned}".encode()
        return vault_of(session).seal_under_master(plain, _context(access)).hex()

    @classmethod
    def opened(cls, session: Session, access: Access, text: str) -> Place | None:
        """The place that a form carried; None where it is none of this person's."""
        try:
            plain = vault_of(session).open_under_master(bytes.fromhex(text), _context(access))
        except (DoesNotOpen, ValueError):
            return None
        before, scanned = plain.split()
        return cls(int(before), int(scanned))


@dataclass(frozen=True)
class Found:
    """What a search found. `scanned` counts from its beginning, `unopened` the texts that didn't
    open; `place` is where to go on, None where nothing is left."""

    hits: Sequence[Hit]
    scanned: int
    unopened: int
    place: Place | None


class _There(NamedTuple):
    """A case in which every word stands, and the first text that has one."""

    case_id: int
    kind: MessageKind
    text: str


class _Looked(NamedTuple):
    """What was found in some cases, and by case how many texts didn't open."""

    there: list[_There]
    unopened: Counter[int]


def search(
    session: Session,
    access: Access,
    wanted: Wanted,
    place: Place | None = None,
    *,
    most_scanned: int = MOST_SCANNED,
) -> Found:
    """Look through a person's cases, newest first: from a place on, until so many were scanned or
    `MOST_HITS` were found."""
    before = place.scanned if place else 0
    access = access.but_sealed
    cases = _cases(session, access, wanted, place, most_scanned + 1)
    there, unopened, scanned = list[_There](), 0, 0
    # A few hundred cases at a time, so that little lies open at once.
    for begin in range(0, min(len(cases), most_scanned), _AT_A_TIME):
        some = cases[begin : min(begin + _AT_A_TIME, most_scanned)]
        looked = _look_through(session, access, wanted, some)
        found = looked.there[: MOST_HITS - len(there)]
        there += found
        full = len(there) == MOST_HITS
        done = some[: some.index(found[-1].case_id) + 1] if full else some
        scanned += len(done)
        unopened += sum(looked.unopened[one] for one in looked.unopened if one >= done[-1])
        if full:
            break
    # What was looked through and not found is shown to nobody.
    tell_opened(session, *(one.case_id for one in there))
    more = scanned < len(cases)
    return Found(
        hits=_with_rows(session, wanted.words, there),
        scanned=before + scanned,
        unopened=unopened,
        place=Place(cases[scanned - 1], before + scanned) if more else None,
    )


def _cases(
    session: Session, access: Access, wanted: Wanted, place: Place | None, most: int
) -> list[int]:
    """The ids of what is to be looked through, newest first.

    What somebody sees beyond his own desk is asked for by itself: together with the desk's, no
    index would serve.
    """
    conditions: list[ColumnElement[bool]] = (
        [Case.state.in_(OPEN_STATES)] if wanted.open_only else []
    )
    conditions += [Case.id < place.before] if place else []
    scopes = (
        [[visible(access)]]
        if access.as_office
        else [
            [visible(access, at_own_desk=True)],
            [visible(access), Case.unit_code.not_in(access.desks), _beyond_desk(access)],
        ]
    )
    found: list[int] = []
    for scope in scopes:
        some = select(Case.id).where(*scope, *conditions)
        found += session.connection().scalars(some.order_by(Case.id.desc()).limit(most))
    return sorted(found, reverse=True)[:most]


def _beyond_desk(access: Access) -> ColumnElement[bool]:
    """The cases that may be visible to somebody whose unit doesn't lead them, by their own
    indexes."""
    helped = select(Assistance.case_id).where(Assistance.unit_code.in_(access.desks))
    accused = select(Bar.case_id).where(Bar.unit_code.in_(access.stands_in_for))
    referred = select(Referral.case_id).where(Referral.unit_code.in_(access.desks))
    return or_(Case.id.in_(helped), Case.id.in_(accused), Case.id.in_(referred))


def _look_through(
    session: Session, access: Access, wanted: Wanted, cases: Sequence[int]
) -> _Looked:
    """Open the texts of some cases and look for the words, which may stand in different texts of
    one case."""
    texts: dict[int, list[Text]] = {}
    missing: dict[int, set[str]] = {}
    unopened = Counter[int]()
    for one in texts_of(session, cases, access.openers, wanted.kinds):
        if one.text is None:
            unopened[one.case_id] += 1
        elif found := wanted.words.found_in(one.text):
            texts.setdefault(one.case_id, []).append(one)
            missing.setdefault(one.case_id, set(wanted.words.all)).difference_update(found)
    there = [
        _There(case_id, texts[case_id][0].kind, texts[case_id][0].text or "")
        for case_id in cases
        if case_id in texts and not missing[case_id]
    ]
    return _Looked(there, unopened)


def _with_rows(session: Session, words: Words, there: Sequence[_There]) -> list[Hit]:
    shown = select(*_SHOWN).where(Case.id.in_([one.case_id for one in there]))
    rows = {row.id: row for row in session.execute(shown)}
    return [Hit(rows[one.case_id], one.kind, words.snippet(one.text)) for one in there]


def _context(access: Access) -> bytes:
    return f"search|{access.staff_id}".encode()
