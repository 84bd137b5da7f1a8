"""The sentences of a draft, and the answers to what was found in them: sealed for the office."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.ledger.problem import Problem
from admin.publishing.echoes import as_kept, from_kept
from admin.publishing.leak_check import Inside
from admin.publishing.located import Answer, Located, answers_as_kept, kept_answers, located
from admin.publishing.result_draft import ResultDraft
from intake.vault.compartment import Compartment, new_compartment, open_compartment

_NAME, _COLUMN = "publishing", "draft"
FIELDS = ("summary", "measures", "progress")


@dataclass(frozen=True, kw_only=True)
class DraftTexts:
    """What the public will read, and what only the desk reads. `echoes` are passages that repeat
    words of cases, `writers` had a hand in it."""

    summary: str
    measures: str
    progress: str
    echoes: tuple[tuple[str, str], ...] = ()
    answers: dict[str, Answer] = field(default_factory=dict)
    writers: frozenset[int] = frozenset()
    sent_back_because: str = ""

    @property
    def to_check(self) -> dict[str, str]:
        """Every text that the public will read, by its name."""
        return {name: self.of(name) for name in FIELDS}

    def of(self, name: str) -> str:
        """One of the three texts of `FIELDS`."""
        return {"summary": self.summary, "measures": self.measures, "progress": self.progress}[name]


def findings(texts: DraftTexts, inside: Inside) -> list[Located]:
    """What the leak check finds in a draft, each passage once, with the answer that was given."""
    return located(texts.to_check, texts.answers, inside, texts.echoes)


def seal(session: Session, problem: Problem, texts: DraftTexts, office: str) -> bytes:
    """Seal a draft for the office."""
    content = {
        **texts.to_check,
        "echoes": as_kept(texts.echoes),
        "answers": answers_as_kept(texts.answers),
        "writers": sorted(texts.writers),
        "sent_back_because": texts.sent_back_because,
    }
    box = _box(session, problem) or new_compartment(
        session, label=problem.label, name=_NAME, holders=frozenset({office})
    )
    return box.seal(json.dumps(content, ensure_ascii=False), _COLUMN)


def unseal(session: Session, problem: Problem, draft: ResultDraft, office: str) -> DraftTexts:
    """Open a draft as the office.

    Raises:
        DoesNotOpen: it isn't what was sealed.
    """
    box = _box(session, problem)
    assert box is not None  # noqa: S101  # A draft is only ever stored sealed in it.
    pair = open_compartment(session, box, frozenset({office}))
    content = json.loads(box.open(pair, draft.sealed, _COLUMN))
    return DraftTexts(
        summary=content["summary"],
        measures=content["measures"],
        progress=content["progress"],
        echoes=from_kept(content),
        answers=kept_answers(content["answers"]),
        writers=frozenset(content["writers"]),
        sent_back_because=content["sent_back_because"],
    )


def with_writer(texts: DraftTexts, staff_id: int) -> DraftTexts:
    """The same draft with one more writer."""
    return replace(texts, writers=texts.writers | {staff_id})


def _box(session: Session, problem: Problem) -> Compartment | None:
    return session.scalars(
        select(Compartment).where(Compartment.label == problem.label, Compartment.name == _NAME)
    ).first()
