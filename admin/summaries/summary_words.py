"""The sentences of a summary, and what belongs to them: sealed to the office."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.publishing.leak_check import Leak
from admin.publishing.located import Answer, Located, answers_as_kept, as_located, kept_answers
from admin.summaries.number import Row
from admin.summaries.summary import Summary
from intake.vault.compartment import Compartment, new_compartment, open_compartment

_NAME = "summary"
# The sentences that the office writes, in the order of the paper: what each is called.
SECTIONS = {
    "work": "主要做法",
    "experience": "典型做法和经验",
    "difficulties": "存在的困难和问题",
    "next": "下一步打算和建议",
}
NEEDED = ("work", "next")
# Into which section each sentence of a unit's part is taken over.
TAKEN_INTO = {
    "work": "work",
    "experience": "experience",
    "difficulties": "difficulties",
    "suggestions": "next",
}


@dataclass(frozen=True, kw_only=True)
class SummaryWords:
    """`texts` by the keys of SECTIONS; `writers` had a hand in them; `found` is what the leak check
    found when they were frozen (text, sort, passage)."""

    texts: Mapping[str, str] = field(default_factory=dict)
    writers: frozenset[int] = frozenset()
    found: tuple[tuple[str, str, str], ...] = ()

    def text(self, name: str) -> str:
        """One section."""
        return self.texts.get(name, "")

    def with_writer(self, staff_id: int) -> SummaryWords:
        """The same with one more writer."""
        return replace(self, writers=self.writers | {staff_id})

    def findings(self, answers: Mapping[str, Answer]) -> list[Located]:
        """What was found, with the answers that were given."""
        return as_located(
            ((SECTIONS[name], Leak(leak), passage) for name, leak, passage in self.found), answers
        )

    @property
    def kept(self) -> str:
        """As one text, to be sealed."""
        content = {
            "texts": dict(self.texts),
            "writers": sorted(self.writers),
            "found": self.found,
        }
        return json.dumps(content, ensure_ascii=False)

    @classmethod
    def of(cls, kept: str) -> SummaryWords:
        """Read back."""
        said = json.loads(kept)
        return cls(
            texts=said["texts"],
            writers=frozenset(said["writers"]),
            found=tuple((name, leak, passage) for name, leak, passage in said["found"]),
        )


def make_box(session: Session, found: Summary, office: str) -> None:
    """Make the compartment of a new revision."""
    new_compartment(session, label=found.label, name=_NAME, holders=frozenset({office}))
    session.flush()


def seal(session: Session, found: Summary, column: str, text: str) -> bytes:
    """A text sealed for one of its columns."""
    return _box(session, found).seal(text, column)


def words_of(session: Session, found: Summary, office: str) -> SummaryWords:
    """Its sentences, opened as the office.

    Raises:
        DoesNotOpen: it isn't what was sealed.
    """
    return SummaryWords.of(_open(session, found, "words", found.words, office))


def answers_of(session: Session, found: Summary, office: str) -> dict[str, Answer]:
    """What was written about the findings, by their keys."""
    if found.answers is None:
        return {}
    return kept_answers(json.loads(_open(session, found, "answers", found.answers, office)))


def seal_answers(session: Session, found: Summary, answers: Mapping[str, Answer]) -> None:
    """Keep what was written about the findings."""
    kept = json.dumps(answers_as_kept(answers), ensure_ascii=False)
    found.answers = seal(session, found, "answers", kept)


def reason_of(session: Session, found: Summary, office: str) -> str:
    """Why it was sent back; empty where it wasn't."""
    return _open(session, found, "reason", found.reason, office) if found.reason else ""


def rows_behind(session: Session, found: Summary, key: str, office: str) -> tuple[Row, ...]:
    """The list behind a frozen number, as it was."""
    if found.behind is None:
        return ()
    kept = json.loads(_open(session, found, "behind", found.behind, office))
    return tuple(map(Row.of, kept.get(key, ())))


def _open(session: Session, found: Summary, column: str, blob: bytes, office: str) -> str:
    box = _box(session, found)
    return box.open(open_compartment(session, box, frozenset({office})), blob, column)


def _box(session: Session, found: Summary) -> Compartment:
    wanted = select(Compartment).where(Compartment.label == found.label, Compartment.name == _NAME)
    return session.scalars(wanted).one()
