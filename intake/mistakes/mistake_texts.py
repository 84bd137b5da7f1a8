"""What was typed about a mistake on the site, and its answer: sealed in one box, which the office
holds and whoever has the query code."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.cases.site_mistake import SiteMistake
from intake.vault.compartment import (
    Compartment,
    hold_by,
    open_as_reporter,
    open_compartment,
    sealed_compartments,
)
from intake.vault.holders import REPORTER
from intake.vault.sealing import KeyPair

_BOX = "mistake"
WORDS, PAGE, ANSWER = "words", "page", "answer"


@dataclass(frozen=True)
class MistakeTexts:
    """The opened texts. `page` and `answer` are empty where there is none."""

    words: str
    page: str
    answer: str


def new_box(session: Session, label: str, *, office: str, reporter: bytes) -> Compartment:
    """A box for a new mistake, not stored yet. `reporter` is the public key that goes with the
    query code.

    Raises:
        UntrustedKey: the office's public key isn't signed by the pinned key.
    """
    holders = {_BOX: frozenset({office, REPORTER})}
    return sealed_compartments(session, label=label, holders=holders, reporter=reporter)[_BOX]


def read_as_office(session: Session, mistake: SiteMistake, office: str) -> MistakeTexts:
    """Open the texts as the office.

    Raises:
        NotAHolder: they became a case, and the office holds them there or not at all.
    """
    box = _box(session, mistake)
    return _read(mistake, box, open_compartment(session, box, frozenset({office})))


def read_as_writer(session: Session, mistake: SiteMistake, writer: KeyPair) -> MistakeTexts:
    """Open the texts with the key of whoever holds the query code.

    Raises:
        DoesNotOpen: the key isn't his.
    """
    box = _box(session, mistake)
    return _read(mistake, box, open_as_reporter(box, writer))


def seal_answer(session: Session, mistake: SiteMistake, text: str) -> bytes:
    """Seal an answer for the office and for the holder of the code."""
    return _box(session, mistake).seal(text, ANSWER)


def let_go(session: Session, mistake: SiteMistake) -> None:
    """Take the box from the office: nobody holds it any more but the writer."""
    hold_by(session, _box(session, mistake), frozenset())


def _box(session: Session, mistake: SiteMistake) -> Compartment:
    wanted = select(Compartment).where(Compartment.label == mistake.label, Compartment.name == _BOX)
    return session.scalars(wanted).one()


def _read(mistake: SiteMistake, box: Compartment, pair: KeyPair) -> MistakeTexts:
    def opened(blob: bytes | None, column: str) -> str:
        return box.open(pair, blob, column) if blob else ""

    return MistakeTexts(
        words=opened(mistake.sealed_words, WORDS),
        page=opened(mistake.sealed_page, PAGE),
        answer=opened(mistake.sealed_answer, ANSWER),
    )
