"""The numbers of a summary, each with its list: which there are, and how each is picked out of the
facts. A number that isn't here is in no summary."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from admin.annexes.entry import Entry
from admin.ledger.counting import IN_HAND
from admin.ledger.problem import Source
from admin.summaries.fact_reading import Facts
from admin.summaries.number import Measure, Number, Row, RowKind
from admin.summaries.returns_count import ReturnRow
from portal.campaign.kinds import Kind
from portal.published.result import ResultState

_Pick = Callable[[Facts], Iterable[Row]]
_NAMED_SOURCES = (Source.OWN_CHECK, Source.SPOT_CHECK, Source.AUDIT, Source.VERIFICATION)


@dataclass(frozen=True)
class Kept:
    """One number that summaries have: its word in addresses, what it is called, what it is counted
    in, where its rows are."""

    key: str
    name: str
    measure: Measure
    pick: _Pick
    secret: bool = False

    def of(self, facts: Facts) -> Number:
        """The number as the facts are."""
        return Number(
            key=self.key,
            name=self.name,
            measure=self.measure,
            rows=tuple(self.pick(facts)),
            secret=self.secret,
        )


@dataclass(frozen=True)
class Section:
    """Numbers that belong together."""

    title: str
    numbers: tuple[Kept, ...]


def numbers_of(facts: Facts) -> Mapping[str, Number]:
    """Every number of a summary by its key, in the order in which one tells them."""
    return {one.key: one.of(facts) for section in SECTIONS for one in section.numbers}


def _problems(
    which: Callable[[Entry], bool] = lambda _entry: True,
    worth: Callable[[Entry], Decimal | int | None] = lambda _entry: 1,
    people: Callable[[Entry], int] = lambda _entry: 0,
) -> _Pick:
    """The problems found in the time that something is true of, as they stood on the last day; of
    sums, those that have any."""

    def pick(facts: Facts) -> Iterable[Row]:
        for one in facts.problems:
            value = Decimal(worth(one) or 0)
            if which(one) and value:
                yield Row(
                    kind=RowKind.PROBLEM,
                    key=one.number,
                    unit=one.unit,
                    problem_type=one.problem_type,
                    worth=value,
                    people=people(one),
                )

    return pick


def _in(*states: ResultState) -> _Pick:
    return _problems(lambda one: one.state in states)


def _from(*sources: Source) -> _Pick:
    return _problems(lambda one: one.source in sources)


def _cases(kind: Kind) -> _Pick:
    return lambda facts: (row for its_kind, row in facts.cases if its_kind is kind)


def _returns(which: Callable[[ReturnRow], bool] = lambda _row: True) -> _Pick:
    return lambda facts: (
        Row(
            kind=RowKind.RETURN,
            key=f"{one.period.key}/{one.unit}/{one.receiver}",
            unit=one.unit,
            on=one.period.due_on,
        )
        for one in facts.returns
        if which(one)
    )


def _rules(facts: Facts) -> Iterable[Row]:
    return (
        Row(kind=RowKind.RULE, key=str(one.rule.id), unit=one.rule.unit_code, on=one.now.issued_on)
        for one in facts.rules
    )


def _punished(entry: Entry) -> int:
    return entry.referred.people if entry.referred else 0


_OTHERS = tuple(one for one in Source if one not in _NAMED_SOURCES)
SECTIONS: Sequence[Section] = (
    Section(
        "问题和整改",
        (
            Kept("found", "发现问题", Measure.PROBLEMS, _problems()),
            Kept("struck-off", "已经整改销号", Measure.PROBLEMS, _in(ResultState.STRUCK_OFF)),
            Kept("in-hand", "正在整改", Measure.PROBLEMS, _in(*IN_HAND)),
            Kept("carried-over", "挂账", Measure.PROBLEMS, _in(ResultState.CARRIED_OVER)),
            Kept("unfounded", "查否", Measure.PROBLEMS, _in(ResultState.UNFOUNDED)),
            Kept("own-check", "自查发现", Measure.PROBLEMS, _from(Source.OWN_CHECK)),
            Kept("spot-check", "抽查发现", Measure.PROBLEMS, _from(Source.SPOT_CHECK)),
            Kept("audit", "审计发现", Measure.PROBLEMS, _from(Source.AUDIT)),
            Kept("verification", "核查发现", Measure.PROBLEMS, _from(Source.VERIFICATION)),
            Kept("elsewhere", "别处发现", Measure.PROBLEMS, _from(*_OTHERS)),
            Kept("amount", "涉及金额", Measure.YUAN, _problems(worth=lambda one: one.amount)),
            Kept("persons", "涉及人数", Measure.PEOPLE, _problems(worth=lambda one: one.persons)),
            Kept("recovered", "追回资金", Measure.YUAN, _problems(worth=lambda one: one.recovered)),
            Kept("paid-back", "补发资金", Measure.YUAN, _problems(worth=lambda one: one.paid_back)),
            Kept(
                "referred",
                "移送问题",
                Measure.PROBLEMS,
                _problems(lambda one: one.referred is not None),
                secret=True,
            ),
            Kept(
                "punished",
                "处理处分",
                Measure.PEOPLE,
                _problems(worth=_punished, people=_punished),
                secret=True,
            ),
        ),
    ),
    Section(
        "来件",
        (
            *(
                Kept(
                    kind.value.replace("_", "-"), f"{kind.official}件", Measure.CASES, _cases(kind)
                )
                for kind in Kind
                if kind is not Kind.TIP_OFF
            ),
            Kept(
                "accusing",
                "反映有人违规的来件",
                Measure.CASES,
                lambda facts: facts.accusing,
                secret=True,
            ),
            Kept(
                "answered",
                "答复来件",
                Measure.CASES,
                lambda facts: (row for _, row in facts.answered),
            ),
            Kept(
                "answered-on-time",
                "按期答复来件",
                Measure.CASES,
                lambda facts: (row for in_time, row in facts.answered if in_time),
            ),
            Kept("unanswered", "过期没有答复", Measure.CASES, lambda facts: facts.unanswered),
        ),
    ),
    Section(
        "月报",
        (
            Kept("returns-expected", "应报月报", Measure.RETURNS, _returns()),
            Kept("returns-came", "报了月报", Measure.RETURNS, _returns(lambda one: one.came)),
            Kept("returns-late", "晚报月报", Measure.RETURNS, _returns(lambda one: one.late)),
            Kept("returns-nil", "零报送", Measure.RETURNS, _returns(lambda one: one.nil)),
        ),
    ),
    Section(
        "抽查、督导",
        (
            Kept(
                "in-frame",
                "列入抽查名册",
                Measure.UNITS,
                lambda facts: (row for _, row in facts.in_frame),
            ),
            Kept(
                "drawn",
                "抽查单位",
                Measure.UNITS,
                lambda facts: (row for drawn, row in facts.in_frame if drawn),
            ),
            Kept(
                "check-problems",
                "抽查中查出",
                Measure.PROBLEMS,
                lambda facts: facts.check_problems,
            ),
            Kept("visits", "督导单位", Measure.VISITS, lambda facts: facts.visits),
            Kept(
                "round-problems",
                "督导中查出",
                Measure.PROBLEMS,
                lambda facts: facts.round_problems,
            ),
        ),
    ),
    Section(
        "主动说明、建章立制",
        (
            Kept(
                "declared",
                "主动说明",
                Measure.PEOPLE,
                lambda facts: facts.declared,
                secret=True,
            ),
            Kept(
                "refunded",
                "退赔资金",
                Measure.YUAN,
                lambda facts: facts.refunded,
                secret=True,
            ),
            Kept("rules", "建章立制", Measure.RULES, _rules),
        ),
    ),
)
