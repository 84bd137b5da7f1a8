"""Sealing what comes by a slip to the key of the office, and opening it there: the public process
can write it and not read it back."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy.orm import Session

from intake.assessing.slip_answer import SlipAnswer
from intake.vault import sealing
from intake.vault.unit_key import UnitPairs, public_keys, unit_pair


def seal_answer(session: Session, office: str, assessment_id: int, unit: str, text: str) -> bytes:
    """Seal a text to the office, bound to its assessment and street.

    Raises:
        UntrustedKey: the office's public key isn't signed by the pinned key.
    """
    public = public_keys(session, frozenset({office}))[office]
    return sealing.seal(public, text.encode(), _context(assessment_id, unit))


def open_answers(
    session: Session, office: str, rows: Iterable[SlipAnswer]
) -> list[tuple[str, str]]:
    """The texts with their streets, opened by the process as the office; needs the master key.

    Raises:
        DoesNotOpen: one was moved or changed.
    """
    pairs = UnitPairs(session)
    return [(one.unit_code, _opened(pairs, office, one).decode()) for one in rows]


def seal_anew(session: Session, office: str, row: SlipAnswer, pairs: UnitPairs) -> None:
    """Seal an answer to the office's newest pair instead of a former one.

    Raises:
        DoesNotOpen: it was moved or changed.
    """
    plain, context = _opened(pairs, office, row), _context(row.assessment_id, row.unit_code)
    row.sealed = sealing.seal_to_oneself(unit_pair(session, office), plain, context)


def _opened(pairs: UnitPairs, office: str, row: SlipAnswer) -> bytes:
    pair, context = pairs.of(office, row.sealed), _context(row.assessment_id, row.unit_code)
    return sealing.open_sealed(pair, row.sealed, context)


def _context(assessment_id: int, unit: str) -> bytes:
    return f"assessment-answer|{assessment_id}|{unit}".encode()
