"""Opening the sentences of some rows of annex 2, as they were at the end of the time."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.accounts.hand import Hand
from admin.annexes.entry import Entry, Sentences
from admin.annexes.reading import Chunk
from admin.annexes.wanted import Wanted
from admin.ledger import ledger_texts
from admin.ledger.ledger_text import LedgerTextKind as Kind
from admin.ledger.ledger_texts import Opened
from admin.ledger.measure import Measure
from admin.ledger.referring import heard_of
from portal.foundation.formats import day_with_year
from portal.published.result import ResultState

# The sentence that tells how it stands, and what it is called.
_TELLS: Mapping[ResultState, tuple[Kind, str]] = {
    ResultState.RECTIFIED: (Kind.HEADS_WORD, "单位负责人"),
    ResultState.STRUCK_OFF: (Kind.HEADS_WORD, "单位负责人"),
    ResultState.CARRIED_OVER: (Kind.CARRIED, "挂账"),
    ResultState.UNFOUNDED: (Kind.UNFOUNDED, "查否"),
}


# By the id of a measure and what sort of text it is.
_OfMeasures = Mapping[tuple[int, Kind], str]


def open_sentences(
    session: Session, chunk: Chunk, wanted: Wanted, *, by: Hand
) -> Mapping[int, Sentences]:
    """What was written about each by then, opened as one of the reader's units.

    Raises:
        NotAHolder: of one of them none of his units holds the key.
    """
    texts = ledger_texts.read_many(session, chunk.problems, by.access.fieldwork)
    measures = _measures(session, [one.id for one in chunk.problems])
    heard = _heard(session, chunk, by)
    return {
        entry.problem_id: _said(
            entry,
            [one for one in texts[entry.problem_id] if one.written_at < wanted.end],
            measures.get(entry.problem_id, ()),
            heard.get(entry.problem_id, ""),
        )
        for entry in chunk.entries
    }


def _measures(session: Session, ids: Collection[int]) -> Mapping[int, Sequence[Measure]]:
    found: dict[int, list[Measure]] = {}
    wanted = select(Measure).where(Measure.problem_id.in_(ids)).order_by(Measure.id)
    for one in session.scalars(wanted):
        found.setdefault(one.problem_id, []).append(one)
    return found


def _heard(session: Session, chunk: Chunk, by: Hand) -> Mapping[int, str]:
    """What the bodies told; few problems are referred, and each such box is opened for itself."""
    referred = {entry.problem_id for entry in chunk.entries if entry.referred}
    return {one.id: heard_of(session, one, by) for one in chunk.problems if one.id in referred}


def _said(
    entry: Entry, texts: Sequence[Opened], measures: Iterable[Measure], heard: str
) -> Sentences:
    of_measures = {(one.measure_id, one.kind): one.text for one in texts if one.measure_id}
    # A measure that was recorded later has no sentence yet.
    there = [one for one in measures if (one.id, Kind.MEASURE) in of_measures]
    return Sentences(
        what_is_wrong=_last(texts, Kind.WHAT_IS_WRONG),
        leader=_last(texts, Kind.LEADER),
        person=_last(texts, Kind.PERSON),
        measures=_numbered(_planned(one, of_measures) for one in there),
        progress="\n".join(
            filter(
                None, [_numbered(_done(one, of_measures) for one in there), _tells(entry, texts)]
            )
        ),
        heard=heard,
    )


def _last(texts: Sequence[Opened], kind: Kind) -> str:
    return next((one.text for one in reversed(texts) if one.kind is kind), "")


def _numbered(lines: Iterable[str]) -> str:
    return "\n".join(f"{place}. {line}" for place, line in enumerate(lines, start=1))


def _planned(measure: Measure, texts: _OfMeasures) -> str:
    said = [texts[measure.id, Kind.MEASURE]]
    person = texts.get((measure.id, Kind.MEASURE_PERSON))
    if person:
        said.append(f"责任人：{person}")
    if measure.due_on:
        said.append(f"时限：{day_with_year(measure.due_on)}")
    return "；".join(said)


def _done(measure: Measure, texts: _OfMeasures) -> str:
    evidence = texts.get((measure.id, Kind.EVIDENCE))
    if measure.done_on is None or evidence is None:
        return "还没有做完"
    return f"{day_with_year(measure.done_on)}完成：{evidence}"


def _tells(entry: Entry, texts: Sequence[Opened]) -> str:
    if entry.state not in _TELLS:
        return ""
    kind, name = _TELLS[entry.state]
    return f"{name}：{_last(texts, kind)}"
