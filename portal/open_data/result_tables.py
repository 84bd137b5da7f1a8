"""The tables of what was put right: each published result as it stands, and every release of it
(整改情况公开公示, plan 五(二)1)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.campaign.book import Book
from portal.foundation import clock
from portal.open_data.table import Cell, Column, Table
from portal.published.result import STANDING, Result, ResultRevision, ResultState
from portal.published.result_totals import Fate, Release, day_totals

_TEXTS = (
    Column("summary", "查出什么", "", 44),
    Column("measures", "怎么改", "", 44),
    Column("progress", "改得怎样", "", 44),
)
_STATE = (
    Column("state", "进展", "、".join(f"{one.value}：{one.plain}" for one in ResultState)),
    Column("state_text", "进展（文字）", "", 18),
)
_RESULT = (
    Column("number", "编号", "公开的编号，不会改，也不会给别的用"),
    Column("problem", "问题编号", "工作方案里的14种问题"),
    Column("problem_text", "问题", "", 36),
    Column("unit", "责任单位编号", "见“单位”表"),
    Column("unit_name", "责任单位", "", 20),
    Column("place", "地方编号", "行政区划代码；空着是全区"),
    Column("place_name", "地方", "", 16),
    Column("policy", "补贴编号", "见“补贴政策”表；空着是不止一项"),
    Column("policy_name", "补贴", "", 24),
    *_STATE,
    Column("rectify_by", "要在哪天前改好"),
    Column("struck_off_on", "哪天销号"),
    *_TEXTS,
    Column("released_on", "最近公布"),
)
_RELEASE = (
    Column("number", "编号", "见“整改结果”表"),
    Column("release", "第几次公布", "从1数起"),
    Column("released_on", "哪天公布"),
    *_STATE,
    *_TEXTS,
    Column("note", "这次改了什么", "", 32),
    Column("whole", "记全了", "否：这次公布早，后面几栏没有留下，或者后来撤下了"),
    Column("problem", "问题编号", "工作方案里的14种问题"),
    Column("unit", "责任单位编号", "见“单位”表"),
    Column("place", "地方编号", "行政区划代码；记全了又空着是全区"),
    Column("policy", "补贴编号", "见“补贴政策”表；记全了又空着是不止一项"),
    Column("rectify_by", "当时的期限", "要在哪天前改好"),
    Column("struck_off_on", "哪天销号"),
    Column("withdrawn_on", "哪天撤下", "空着是没有撤下"),
    Column("withdrawn_because", "为什么撤下", "", 32),
)
_TOTALS = (
    Column("day", "哪天", "有公布或者撤下的日子"),
    Column("total", "公布的问题", "到这天晚上"),
    *(Column(fate.value, fate.plain) for fate in Fate),
)


@dataclass(frozen=True)
class Released:
    """A release, and whether its result stands today."""

    revision: ResultRevision
    stands: bool


def results(session: Session, found: Book) -> Table:
    """Every published result as it stands now."""
    stored = session.scalars(select(Result).where(STANDING).order_by(Result.number))
    rows = [tuple(_result(one, found)) for one in stored]
    return Table("results", "整改结果", "查出的问题改得怎样，现在的样子。", _RESULT, rows)


def read_releases(session: Session) -> list[Released]:
    """Every release of every result, in their order within each number. One query."""
    rows = session.execute(
        select(ResultRevision, STANDING)
        .join(Result, Result.number == ResultRevision.result_number)
        .order_by(ResultRevision.result_number, ResultRevision.revision)
    )
    return [Released(*row) for row in rows]


def releases(released: Iterable[Released]) -> Table:
    """Every release of every result that stands: what it said at the time."""
    rows = [tuple(_release(one.revision)) for one in released if one.stands]
    about = "整改结果每次公布时是怎么写的，只加不改。"
    return Table("result-releases", "整改结果的历次公布", about, _RELEASE, rows)


def totals(released: Iterable[Released]) -> Table:
    """How many results stood with each fate when a day ended; withdrawn ones counted while they
    stood."""
    rows: list[tuple[Cell, ...]] = [
        (one.day, one.total, *one.sums.values())
        for one in day_totals(Release.of(each.revision) for each in released)
    ]
    about = "每次公布或撤下以后，各有几个问题。四样加起来，就是公布的问题。"
    return Table("result-totals", "整改结果合计的变化", about, _TOTALS, rows)


def _release(one: ResultRevision) -> Iterator[Cell]:
    yield from (one.result_number, one.revision, _day(one.released_at))
    yield from (one.state.value, one.state.plain)
    yield from (one.summary, one.measures, one.progress, one.note, one.is_whole)
    yield from (one.problem_code, one.unit_code, one.place_code, one.policy_code)
    yield from (one.rectify_by, one.struck_off_on)
    yield from (one.withdrawn_on, one.withdrawn_because or None)


def _result(one: Result, found: Book) -> Iterator[Cell]:
    policy = found.policies.get(one.policy_code or "")
    yield from (one.number, one.problem_code, found.problem_types[one.problem_code].plain_text)
    yield from (one.unit_code, found.unit_name(one.unit_code))
    yield from (one.place_code, found.places[one.place_code].name if one.place_code else None)
    yield from (one.policy_code, policy.name if policy else None)
    yield from (one.state.value, one.state.plain, one.rectify_by, one.struck_off_on)
    yield from (one.summary, one.measures, one.progress, _day(one.released_at))


def _day(moment: datetime) -> date:
    return moment.astimezone(clock.SHANGHAI).date()
