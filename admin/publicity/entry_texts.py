"""What people typed about an entry: where exactly, a note, why it was withdrawn. It is sealed for
the office and the unit whose entry it is."""

from __future__ import annotations

import json
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.publicity.publicity_entry import PublicityEntry, PublicityVersion
from intake.vault.compartment import Compartment, new_compartment, open_compartment
from intake.vault.sealing import KeyPair

_NAME = "publicity"


@dataclass(frozen=True)
class EntryTexts:
    """Where it was done (a spot, or a link), and what else there is to say."""

    where: str
    note: str


class EntryBox:
    """The opened box of one entry."""

    def __init__(self, box: Compartment, pair: KeyPair) -> None:
        self._box = box
        self._pair = pair

    def texts(self, version: PublicityVersion) -> EntryTexts:
        """What one version says.

        Raises:
            DoesNotOpen: it isn't what was sealed.
        """
        sealed = self._box.open(self._pair, version.sealed, _column(version.version))
        return EntryTexts(**json.loads(sealed))

    def reason(self, entry: PublicityEntry) -> str:
        """Why it was withdrawn; empty where it wasn't."""
        return self._box.open(self._pair, entry.reason, "reason") if entry.reason else ""


def seal_texts(
    session: Session, entry: PublicityEntry, version: int, texts: EntryTexts, office: str
) -> bytes:
    """Seal what a version says; the entry's box is made with its first."""
    content = {"where": texts.where, "note": texts.note}
    box = _box_of(session, entry, office)
    return box.seal(json.dumps(content, ensure_ascii=False), _column(version))


def seal_reason(session: Session, entry: PublicityEntry, reason: str, office: str) -> bytes:
    """Seal why an entry was withdrawn."""
    return _box_of(session, entry, office).seal(reason, "reason")


def open_boxes(
    session: Session, entries: list[PublicityEntry], units: frozenset[str]
) -> dict[int, EntryBox]:
    """The boxes of some entries, opened as one of some units.

    Raises:
        NotAHolder: one of them isn't theirs to read.
    """
    by_label = {_label(entry): entry.id for entry in entries}
    wanted = select(Compartment).where(
        Compartment.label.in_(by_label.keys()), Compartment.name == _NAME
    )
    return {
        by_label[box.label]: EntryBox(box, open_compartment(session, box, units))
        for box in session.scalars(wanted)
    }


def _box_of(session: Session, entry: PublicityEntry, office: str) -> Compartment:
    label = _label(entry)
    wanted = select(Compartment).where(Compartment.label == label, Compartment.name == _NAME)
    found = session.scalars(wanted).first()
    return found or new_compartment(
        session, label=label, name=_NAME, holders=frozenset({office, entry.unit_code})
    )


def _label(entry: PublicityEntry) -> str:
    return f"publicity-{entry.id}"


def _column(version: int) -> str:
    return f"version-{version}"
