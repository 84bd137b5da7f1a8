"""`flask routing learn`: learn from labelled texts how to read others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import create_engine
from sqlalchemy.orm import Session

import portal.records
from admin.system.routing_lines import OUT_OF_SCOPE, channel_of, is_among, lines_of
from intake import learned
from intake.explain import explain
from intake.lexicon import lexicon_of
from intake.rules.accusation import ACCUSED, SPARED
from intake.rules.learning import learn
from intake.rules.linear import LinearModel
from intake.rules.reading import NO_PROBLEM, NOT_OURS, OURS, Learned, names_in
from portal.campaign.book import Book, book
from portal.campaign.unit import UnitKind
from portal.foundation.database import Base
from portal.foundation.refusal import Problem, Refusal
from portal.loading.load import load

RECORDS = portal.records
_RESPONSIBLE = {UnitKind.DEPARTMENT, UnitKind.SECTION, UnitKind.COORDINATOR, UnitKind.OFFICE}
_NOTHING = LinearModel((ACCUSED, SPARED), (-1000, 1000), {})


@dataclass(frozen=True)
class Lesson:
    """A labelled text, and the campaign whose names it uses."""

    line: Mapping[str, Any]
    book: Book


def learn_from(folder: Path, campaigns: Path, today: date) -> dict[str, int]:
    """Learn from every file of a folder, whose name ends in its campaign's, and store what was
    learnt; returns how many examples each model saw.

    Raises:
        Refusal: a line is no JSON object or lacks a label, or a file's campaign isn't there.
    """
    lessons = list(_lessons(folder, campaigns))
    texts = [_masked(one) for one in lessons]
    found = Learned(
        kind=_learn(texts, [str(one.line["kind"]) for one in lessons]),
        problem=_learn(texts, [one.line["problem"] or NO_PROBLEM for one in lessons]),
        scope=_learn(texts, [NOT_OURS if _is_out_of_scope(one) else OURS for one in lessons]),
        accusation=_NOTHING,
        units={code: learn(list(_units(lessons, code))) for code in _campaigns(lessons)},
        problem_types=frozenset(_problem_types(lessons)),
    )
    learned.store(found)
    # Whom a text accuses is asked of the responsible unit: so the rest must be known before.
    accusations = list(_accusations(_read_anew(lessons), today))
    learned.store(replace(found, accusation=learn(accusations)))
    learned.store_origin(folder.glob("*.jsonl"))
    return {"texts": len(lessons), "accusations": len(accusations)}


def _learn(texts: Sequence[str], labels: Sequence[str]) -> LinearModel:
    return learn(list(zip(texts, labels, strict=True)))


def _campaigns(lessons: Sequence[Lesson]) -> list[str]:
    return sorted({one.book.campaign.code for one in lessons})


def _problem_types(lessons: Sequence[Lesson]) -> Iterator[tuple[str, str]]:
    """The types that the examples bear, as each plan has them."""
    for one in lessons:
        problem = one.book.problem_types.get(one.line["problem"])
        if problem:
            yield problem.code, problem.plan_text


def _is_out_of_scope(one: Lesson) -> bool:
    return str(one.line["unit"]) == OUT_OF_SCOPE


def _units(lessons: Sequence[Lesson], campaign: str) -> Iterator[tuple[str, str]]:
    """Of each text that accuses nobody the unit that it is for; the office's stand for all that
    nobody else is responsible for."""
    for one in lessons:
        if one.book.campaign.code != campaign or one.line["must_not_units"]:
            continue
        names = {unit.name: unit for unit in one.book.units.values()}
        unit = names.get(one.line["unit"], one.book.office)
        if unit.kind in _RESPONSIBLE:
            yield one.line["text"], unit.code


def _lessons(folder: Path, campaigns: Path) -> Iterator[Lesson]:
    known = {path.name: path for path in sorted(campaigns.iterdir()) if path.is_dir()}
    books: dict[str, Book] = {}
    for file in sorted(folder.glob("*.jsonl")):
        code = next((code for code in known if file.stem.endswith(code)), None)
        if code is None:
            raise Refusal([Problem(file.name, None, "its name ends in no campaign's")])
        if code not in books:
            books[code] = _book_of(known[code])
        yield from (Lesson(line, books[code]) for line in lines_of(file))


def _book_of(campaign: Path) -> Book:
    """A campaign as a book, without any deployment."""
    with TemporaryDirectory() as folder:
        engine = create_engine(f"sqlite:///{folder}/{campaign.name}.db")
        Base.metadata.create_all(engine)
        with Session(engine) as session:
            load(session, campaign)
            found = book(session)
        engine.dispose()
    return found


def _masked(one: Lesson) -> str:
    lexicon = lexicon_of(one.book)
    return names_in(one.line["text"], lexicon).masked(lexicon.standings).text


def _accusations(lessons: Sequence[Lesson], today: date) -> Iterator[tuple[str, str]]:
    """Of each text every unit that it names, the responsible one, and the office, whom people mean
    by "you": accused or spared."""
    for one in lessons:
        lexicon = lexicon_of(one.book)
        found = explain(one.line["text"], channel_of(one.line), one.book, today)
        natural, accused = found.decision.natural, _accused(one)
        names = names_in(one.line["text"], lexicon)
        office = one.book.campaign.office_code
        for unit in sorted(names.codes | {office} | ({natural} if natural else set())):
            asked = names.about(unit, lexicon.standings, responsible=unit == natural)
            yield asked.text, ACCUSED if unit in accused else SPARED


def _accused(one: Lesson) -> frozenset[str]:
    """The units that must not get a text, and everything below them."""
    named = set(one.line["must_not_units"])
    found = {unit.code for unit in one.book.units.values() if is_among(unit, named)}
    return frozenset(found).union(*(one.book.below(code) for code in found))


def _read_anew(lessons: Sequence[Lesson]) -> list[Lesson]:
    """The same lessons with fresh books, so that they are read by what has just been learnt."""
    learned.learned.cache_clear()
    fresh = {id(one.book): Book(**vars(one.book)) for one in lessons}
    return [Lesson(one.line, fresh[id(one.book)]) for one in lessons]
