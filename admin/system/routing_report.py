"""`flask routing`: how a text is routed, and how well a file of labelled texts is."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any

from admin.system.routing_lines import OUT_OF_SCOPE, channel_named, channel_of, is_among, lines_of
from intake.explain import Explanation, explain
from intake.lexicon import lexicon_of
from intake.rules.words import find
from portal.campaign.book import Book


@dataclass(frozen=True)
class _Judged:
    """One line, routed and held against its labels."""

    unit: bool
    kind: bool
    problem: bool
    office: bool
    leak: bool
    names_policy: bool
    seconds: float


def explained(text: str, channel: str, book: Book, today: date) -> dict[str, Any]:
    """The decision on a text as one JSON object; units by their names.

    Raises:
        Refusal: there is no such channel.
    """
    found = explain(text, channel_named(channel), book, today)
    decision = found.decision
    return {
        "kind": found.kind,
        "problem": decision.problem,
        "policy": decision.policy,
        "unit": book.units[decision.unit].name,
        "accused": _names(decision.accused_by_reporter | decision.accused_by_words, book),
        "barred": _names(decision.barred, book),
        "confidence": round(decision.confidence, 2),
        "out_of_scope": found.out_of_scope,
        "because": [*decision.because, *decision.evidence, *decision.recused],
        "candidates": [
            {"unit": book.units[code].name, "score": round(score, 2)}
            for code, score in decision.candidates
        ],
    }


def evaluated(file: Path, book: Book, today: date, say: Any = None) -> dict[str, int | float]:
    """How well a file of labelled lines is routed, in numbers. `say` takes a line for each text.

    Raises:
        Refusal: a line is no JSON object, or lacks a label.
    """
    judged = []
    for number, line in enumerate(lines_of(file), start=1):
        began = time.perf_counter()
        found = explain(line["text"], channel_of(line), book, today)
        judged.append(_judge(line, found, book, time.perf_counter() - began))
        if say:
            say(_as_text(number, line, found, judged[-1], book))
    return {
        "n": len(judged),
        "unit_correct": sum(one.unit for one in judged),
        "to_office": sum(one.office for one in judged),
        "kind_correct": sum(one.kind for one in judged),
        "problem_correct": sum(one.problem for one in judged),
        "names_policy": sum(one.names_policy for one in judged),
        "to_office_named": sum(one.names_policy and one.office for one in judged),
        "leaks": sum(one.leak for one in judged),
        "p50_ms": round(median(one.seconds for one in judged) * 1000, 2) if judged else 0.0,
    }


def _judge(line: Mapping[str, Any], found: Explanation, book: Book, seconds: float) -> _Judged:
    chosen = book.units[found.decision.unit]
    units = {line["unit"], *line["acceptable_units"]}
    barred = set(line["must_not_units"])
    return _Judged(
        unit=chosen.name in units or (found.out_of_scope and OUT_OF_SCOPE in units),
        kind=found.kind in {line["kind"], *line.get("acceptable_kinds", ())},
        problem=found.decision.problem in {line["problem"], *line.get("acceptable_problems", ())},
        office=chosen.code == book.campaign.office_code,
        leak=is_among(chosen, barred),
        names_policy=not barred and bool(find(line["text"], lexicon_of(book).policies)),
        seconds=seconds,
    )


def _as_text(
    number: int, line: Mapping[str, Any], found: Explanation, judged: _Judged, book: Book
) -> str:
    wrong = [
        name
        for name, right in (
            ("unit", judged.unit),
            ("kind", judged.kind),
            ("problem", judged.problem),
        )
        if not right
    ]
    verdict = "LEAK" if judged.leak else f"wrong {', '.join(wrong)}" if wrong else "right"
    unit = book.units[found.decision.unit].name
    return f"{number}: {verdict}: {found.kind}, {found.decision.problem}, {unit} <- {line['unit']}"


def _names(codes: Iterable[str], book: Book) -> list[str]:
    return [book.units[code].name for code in sorted(codes)]
