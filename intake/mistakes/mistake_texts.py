"""What was typed about a mistake on the site, and its answer: sealed in one box, which is held by
the unit that answers and by whoever has the query code."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.cases.earlier_answer import EarlierAnswer
from intake.cases.site_mistake import SiteMistake
from intake.vault.compartment import (
    Compartment,
    hold_by,
    open_as_reporter,
    open_compartment,
    sealed_compartments,
)
from intake.vault.fresh_box import Sealed, hold_afresh
from intake.vault.holders import REPORTER, opener_of
from intake.vault.sealing import KeyPair

_BOX = "mistake"
WORDS, PAGE, ANSWER = "words", "page", "answer"


@dataclass(frozen=True)
class MistakeTexts:
    """The opened texts. `page` and `answer` are empty where there is none."""

    words: str
    page: str
    answer: str


_NOTHING = MistakeTexts("", "", "")


def new_box(session: Session, mistake: SiteMistake, holder: str) -> Compartment:
    """A box for a new mistake, not stored yet: for `holder`, the unit that answers it or the sealed
    class, and for the key that goes with its query code.

    Raises:
        UntrustedKey: the unit's public key isn't signed by the pinned key.
    """
    label, reporter = mistake.label, mistake.public_key
    holders = {_BOX: frozenset({holder, REPORTER})}
    return sealed_compartments(session, label=label, holders=holders, reporter=reporter)[_BOX]


def read_as_answerer(session: Session, mistake: SiteMistake) -> MistakeTexts:
    """Open the texts as the unit that answers, those of the sealed class as their class.

    Raises:
        NotAHolder: they became a case, and who reads them there is the case's to say.
        ClassIsLocked: they are sealed, and nobody unlocked the class here.
    """
    if mistake.is_destroyed:
        return _NOTHING
    box = _box(session, mistake)
    return _read(mistake, box, open_compartment(session, box, _readers(mistake)))


def read_earlier(session: Session, mistake: SiteMistake, sealed: bytes) -> str:
    """Open an answer that was corrected, as the unit that answers. Raises NotAHolder."""
    box = _box(session, mistake)
    return box.open(open_compartment(session, box, _readers(mistake)), sealed, ANSWER)


def read_as_writer(session: Session, mistake: SiteMistake, writer: KeyPair) -> MistakeTexts:
    """Open the texts with the key of whoever holds the query code.

    Raises:
        DoesNotOpen: the key isn't his.
    """
    if mistake.is_destroyed:
        return _NOTHING
    box = _box(session, mistake)
    return _read(mistake, box, open_as_reporter(box, writer))


def seal_answer(session: Session, mistake: SiteMistake, text: str) -> bytes:
    """Seal an answer for the unit that answers and for the holder of the code."""
    return _box(session, mistake).seal(text, ANSWER)


def give_to(
    session: Session, mistake: SiteMistake, unit: str, *, leaves_class: bool = False
) -> None:
    """Let another unit answer: it holds the box from now on, and no other does.

    Raises:
        ClassIsLocked: it is sealed, and nobody unlocked the class here, or it isn't a reader's own
            act on it by which it `leaves_class`.
    """
    hold_by(session, _box(session, mistake), frozenset({unit}), leaves_class=leaves_class)
    mistake.unit_code, mistake.sealed = unit, False
    mistake.version += 1


def give_to_class(session: Session, mistake: SiteMistake, unit: str, holder: str) -> None:
    """Let the sealed class have it, which discipline inspection reads as `unit`: `holder` alone
    holds the box from now on, by a fresh pair."""
    box = _box(session, mistake)
    texts = [Sealed(mistake, f"sealed_{column}", column) for column in (WORDS, PAGE, ANSWER)]
    earlier = select(EarlierAnswer).where(EarlierAnswer.mistake_id == mistake.id)
    texts += [Sealed(one, "sealed", ANSWER) for one in session.scalars(earlier)]
    those = frozenset({holder, REPORTER})
    hold_afresh(session, box, those, texts, reporter=mistake.public_key)
    mistake.unit_code, mistake.sealed = unit, True
    mistake.version += 1


def let_go(session: Session, mistake: SiteMistake) -> None:
    """Take the box from the unit that answers: nobody holds it any more but the writer."""
    hold_by(session, _box(session, mistake), frozenset())


def _readers(mistake: SiteMistake) -> frozenset[str]:
    # Before the class is founded, a sealed one is its unit's.
    return frozenset({mistake.unit_code, opener_of(mistake.unit_code, sealed=mistake.sealed)})


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
