"""What was typed about a declaration: the receipt's number, a note, reasons. It is sealed for the
unit, the office and discipline inspection."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.declarations.declaration import Declaration, DeclarationVersion
from admin.declarations.keeper import Keeper
from intake.vault.compartment import Compartment, new_compartment, open_compartment
from intake.vault.sealing import KeyPair

_NAME = "declaration"


@dataclass(frozen=True)
class DeclarationTexts:
    """The number of discipline inspection's receipt, a note, and why this version corrects the one
    before; each may be empty."""

    receipt: str
    note: str
    reason: str = ""


class DeclarationBox:
    """The opened box of one entry."""

    def __init__(self, box: Compartment, pair: KeyPair) -> None:
        self._box = box
        self._pair = pair

    def texts(self, version: DeclarationVersion) -> DeclarationTexts:
        """What one version says.

        Raises:
            DoesNotOpen: it isn't what was sealed.
        """
        sealed = self._box.open(self._pair, version.sealed, _column(version.version))
        return DeclarationTexts(**json.loads(sealed))

    def reason(self, entry: Declaration) -> str:
        """Why it was withdrawn; empty where it wasn't."""
        return self._box.open(self._pair, entry.reason, "reason") if entry.reason else ""


def seal_texts(session: Session, entry: Declaration, texts: DeclarationTexts, by: Keeper) -> bytes:
    """Seal what the version that holds now says; the entry's box is made with its first."""
    content = json.dumps(asdict(texts), ensure_ascii=False)
    return _box_of(session, entry, by).seal(content, _column(entry.version))


def seal_reason(session: Session, entry: Declaration, reason: str, by: Keeper) -> bytes:
    """Seal why an entry is withdrawn."""
    return _box_of(session, entry, by).seal(reason, "reason")


def open_boxes(
    session: Session, entries: list[Declaration], by: Keeper
) -> dict[int, DeclarationBox]:
    """The boxes of some entries, opened as one of the keeper's units.

    Raises:
        NotAHolder: one of them isn't his to read.
    """
    by_label = {entry.label: entry.id for entry in entries}
    wanted = select(Compartment).where(
        Compartment.label.in_(by_label.keys()), Compartment.name == _NAME
    )
    return {
        by_label[box.label]: DeclarationBox(box, open_compartment(session, box, by.units))
        for box in session.scalars(wanted)
    }


def _box_of(session: Session, entry: Declaration, by: Keeper) -> Compartment:
    wanted = select(Compartment).where(Compartment.label == entry.label, Compartment.name == _NAME)
    return session.scalars(wanted).first() or new_compartment(
        session, label=entry.label, name=_NAME, holders=by.holders_of(entry.unit_code)
    )


def _column(version: int) -> str:
    return f"version-{version}"
