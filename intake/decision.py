"""A decision on where a draft goes, and how it is kept: in part with the words, in part for
whoever decides about the case."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Decision:
    """Where a draft goes. `natural` is the responsible unit before recusal; None where no rule
    decides. `revision` is the campaign's, `responsibility_id` the row in it that decided.

    `because` is for every officer who has the case and quotes nothing; `evidence` quotes the words
    and goes where they go; `recused` says who was taken for accused, and why, and is for whoever
    decides. `told` is the part that is safe for the citizen, `notice` what he has to be told of it
    besides. `candidates` are the units that the words speak for, each with how much, the likeliest
    first. `sealed`: the case belongs to the sealed class, and is barred from every unit but the one
    that has it. `suggested_kind` is what the words look like, where that isn't what their writer
    chose. `emptied` are units at which only people
    work whom the draft names.
    """

    unit: str
    natural: str | None
    in_triage: bool
    responsibility_id: int | None
    revision: int
    confidence: float
    accusing: bool
    accused_by_reporter: frozenset[str]
    accused_by_words: frozenset[str]
    decided: frozenset[str]
    emptied: frozenset[str]
    barred: frozenset[str]
    people_by_reporter: frozenset[int]
    people_by_words: frozenset[int]
    policy: str | None
    problem: str | None
    place: str | None
    suggested_kind: str | None
    in_ledger_scope: bool
    candidates: tuple[tuple[str, float], ...]
    because: tuple[str, ...]
    evidence: tuple[str, ...]
    recused: tuple[str, ...]
    told: str
    notice: str
    sealed: bool = False


@dataclass(frozen=True)
class Kept:
    """What is kept of a decision for whoever decides about the case: what the rules chose, by which
    row of which revision, how sure they were, and what else it might have been."""

    kind: str
    unit: str
    natural: str | None
    policy: str | None
    problem: str | None
    accused: tuple[str, ...]
    responsibility_id: int | None
    revision: int
    confidence: float
    candidates: tuple[tuple[str, float], ...]
    recused: tuple[str, ...]
    suggested_kind: str | None

    @classmethod
    def of(cls, decision: Decision, kind: str) -> Kept:
        """What is kept of a decision on a case of some kind."""
        return cls(
            kind=kind,
            unit=decision.unit,
            natural=decision.natural,
            policy=decision.policy,
            problem=decision.problem,
            accused=tuple(sorted(decision.accused_by_reporter | decision.accused_by_words)),
            responsibility_id=decision.responsibility_id,
            revision=decision.revision,
            confidence=round(decision.confidence, 2),
            candidates=tuple((unit, round(score, 2)) for unit, score in decision.candidates),
            recused=decision.recused,
            suggested_kind=decision.suggested_kind,
        )

    @classmethod
    def from_text(cls, text: str) -> Kept:
        """Read what `to_text` wrote."""
        content = json.loads(text)
        for name in ("accused", "recused"):
            content[name] = tuple(content[name])
        content["candidates"] = tuple((unit, score) for unit, score in content["candidates"])
        return cls(**content)

    def to_text(self) -> str:
        """As it is sealed."""
        return json.dumps(asdict(self), ensure_ascii=False)
