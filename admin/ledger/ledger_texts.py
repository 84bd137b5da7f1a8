"""Sealing and opening the sentences of one problem, and what opens the files that came with them,
in one compartment of office and unit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, lazyload

from admin.accounts.hand import Hand
from admin.files.evidence import Proof, attach, attached
from admin.ledger.ledger_evidence import LedgerEvidence
from admin.ledger.ledger_text import LedgerText, LedgerTextKind
from admin.ledger.problem import Problem
from admin.ledger.refusals import NeedsText
from intake.attachments.stored_file import StoredFile
from intake.vault.compartment import (
    Compartment,
    new_compartment,
    open_compartment,
    open_compartments,
)
from portal.foundation import clock

_NAME = "ledger"


@dataclass(frozen=True)
class Opened:
    """One opened text of the ledger."""

    id: int
    kind: LedgerTextKind
    text: str
    measure_id: int | None
    staff_id: int
    written_at: datetime


def make_box(session: Session, problem: Problem, office: str) -> None:
    """Make the compartment of a new problem, held by the office and whoever else may read it.

    Raises:
        UntrustedKey: a unit's public key isn't signed by the pinned key.
    """
    holders = frozenset({office, problem.unit_code, problem.found_by, problem.line_code or office})
    new_compartment(session, label=problem.label, name=_NAME, holders=holders)
    session.flush()


def write(
    session: Session,
    problem: Problem,
    kind: LedgerTextKind,
    text: str,
    *,
    by: Hand,
    measure_id: int | None = None,
) -> None:
    """Seal a text into a problem.

    Raises:
        NeedsText: there is nothing in it.
    """
    prove(session, problem, kind, Proof(text), by=by, measure_id=measure_id)


def prove(
    session: Session,
    problem: Problem,
    kind: LedgerTextKind,
    proof: Proof,
    *,
    by: Hand,
    measure_id: int | None = None,
) -> None:
    """Seal a text into a problem, and what opens the files that come with it.

    Raises:
        NeedsText: there is nothing in the text; files alone say too little.
    """
    refuse_empty(proof.words)
    box = _box(session, problem)
    row = LedgerText(
        problem_id=problem.id,
        measure_id=measure_id,
        kind=kind,
        sealed=box.seal(proof.words.strip(), kind),
        staff_id=by.access.staff_id,
        written_at=clock.now(),
    )
    session.add(row)
    if proof.files:
        session.flush()
        attach(session, LedgerEvidence, row.id, proof.files, box=box)


def refuse_empty(text: str) -> None:
    """Refuse a text without anything in it.

    Raises:
        NeedsText: it is one.
    """
    if not text.strip():
        raise NeedsText


def read(session: Session, problem: Problem, units: AbstractSet[str]) -> list[Opened]:
    """Every text of a problem, oldest first, opened as one of some units.

    Raises:
        NotAHolder: none of them holds it.
    """
    return read_many(session, [problem], units)[problem.id]


def read_many(
    session: Session, problems: Sequence[Problem], units: AbstractSet[str]
) -> Mapping[int, list[Opened]]:
    """The same of several problems by their ids, for lists: each compartment is opened once.

    Raises:
        NotAHolder: of one of them none of the units holds the key.
    """
    ids = {problem.label: problem.id for problem in problems}
    wanted = select(Compartment).where(Compartment.label.in_(ids), Compartment.name == _NAME)
    boxes = session.scalars(wanted).all()
    pairs = open_compartments(session, boxes, frozenset(units))
    keys = {ids[box.label]: (box, pair) for box, pair in zip(boxes, pairs, strict=True)}
    found: dict[int, list[Opened]] = {problem_id: [] for problem_id in keys}
    stored = select(LedgerText).where(LedgerText.problem_id.in_(keys)).order_by(LedgerText.id)
    for row in session.scalars(stored):
        box, pair = keys[row.problem_id]
        found[row.problem_id].append(
            Opened(
                id=row.id,
                kind=row.kind,
                text=box.open(pair, row.sealed, row.kind),
                measure_id=row.measure_id,
                staff_id=row.staff_id,
                written_at=row.written_at,
            )
        )
    return found


def files_of(
    session: Session, problem: Problem, units: AbstractSet[str]
) -> dict[int, tuple[StoredFile, ...]]:
    """The files that came with the texts of a problem, by the ids of those.

    Raises:
        NotAHolder: none of the units holds the problem.
    """
    box = _box(session, problem)
    key = box, open_compartment(session, box, frozenset(units))
    texts = session.scalars(select(LedgerText.id).where(LedgerText.problem_id == problem.id))
    return attached(session, LedgerEvidence, dict.fromkeys(texts, key))


def writers(session: Session, problem: Problem) -> frozenset[int]:
    """Everybody who had a hand in a problem: found it, named people, took or reported measures."""
    rows = session.execute(
        select(LedgerText.staff_id, LedgerText.kind).where(LedgerText.problem_id == problem.id)
    ).all()
    return frozenset(staff_id for staff_id, kind in rows if kind.is_work) | {problem.opened_by}


def _box(session: Session, problem: Problem) -> Compartment:
    wanted = select(Compartment).where(
        Compartment.label == problem.label, Compartment.name == _NAME
    )
    # To write takes its public key alone.
    return session.scalars(wanted.options(lazyload(Compartment.keys))).one()
