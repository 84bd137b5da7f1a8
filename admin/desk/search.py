"""Search over sealed words, inside what one person may see: opens and looks, newest first, a while
at a time. There is no index, since whoever had it would have the words.

Only compartments that the person's units hold are opened, and the identity never.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
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


class _Read(NamedTuple):
    """One case that was looked at. `found` is None where a word is missing."""

    case_id: int
    found: tuple[MessageKind, Snippet] | None
    unopened: int


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
    cases = _cases(session, access, wanted, place, most_scanned + 1)
    hits: list[tuple[int, MessageKind, Snippet]] = []
    scanned = unopened = last = 0
    for one in _read(session, access, wanted, cases[:most_scanned]):
        scanned, last, unopened = scanned + 1, one.case_id, unopened + one.unopened
        if one.found:
            hits.append((one.case_id, *one.found))
        if len(hits) == MOST_HITS:
            break
    more = scanned < len(cases)
    return Found(
        hits=_with_rows(session, hits),
        scanned=before + scanned,
        unopened=unopened,
        place=Place(last, before + scanned) if more else None,
    )


def _cases(
    session: Session, access: Access, wanted: Wanted, place: Place | None, most: int
) -> list[tuple[int, str]]:
    """Ids and numbers of what is to be looked through, newest first.

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
    found: list[tuple[int, str]] = []
    for scope in scopes:
        some = select(Case.id, Case.number).where(*scope, *conditions)
        rows = session.connection().execute(some.order_by(Case.id.desc()).limit(most))
        found += [(row.id, row.number) for row in rows]
    return sorted(found, reverse=True)[:most]


def _beyond_desk(access: Access) -> ColumnElement[bool]:
    """The cases that may be visible to somebody whose unit doesn't lead them, by their own
    indexes."""
    helped = select(Assistance.case_id).where(Assistance.unit_code.in_(access.desks))
    accused = select(Bar.case_id).where(Bar.unit_code.in_(access.stands_in_for))
    referred = select(Referral.case_id).where(Referral.unit_code.in_(access.desks))
    return or_(Case.id.in_(helped), Case.id.in_(accused), Case.id.in_(referred))


def _read(
    session: Session, access: Access, wanted: Wanted, cases: Sequence[tuple[int, str]]
) -> Iterator[_Read]:
    """Open and look, a few hundred cases at a time, so that little lies open at once."""
    for begin in range(0, len(cases), _AT_A_TIME):
        some = dict(cases[begin : begin + _AT_A_TIME])
        texts: dict[int, list[Text]] = {}
        for text in texts_of(session, some, access.openers, wanted.kinds):
            texts.setdefault(text.case_id, []).append(text)
        for case_id in some:
            yield _look(case_id, texts.get(case_id, ()), wanted.words)


def _look(case_id: int, texts: Sequence[Text], words: Words) -> _Read:
    """Whether every word stands somewhere in a case; the snippet is from the first text that has
    one."""
    missing = list(range(len(words.all)))
    first: tuple[MessageKind, str] | None = None
    unopened = 0
    for _, kind, text in texts:
        if text is None:
            unopened += 1
            continue
        left = words.missing_from(text, missing)
        if len(left) < len(missing):
            first, missing = first or (kind, text), left
        if not missing:
            break
    found = (first[0], words.snippet(first[1])) if first and not missing else None
    return _Read(case_id, found, unopened)


def _with_rows(session: Session, hits: Iterable[tuple[int, MessageKind, Snippet]]) -> list[Hit]:
    found = list(hits)
    shown = select(*_SHOWN).where(Case.id.in_([case_id for case_id, _, _ in found]))
    rows = {row.id: row for row in session.execute(shown)}
    return [Hit(rows[case_id], kind, snippet) for case_id, kind, snippet in found]


def _context(access: Access) -> bytes:
    return f"search|{access.staff_id}".encode()
