"""Units × months (月报总览): what came of which unit, towards whoever reads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy.orm import Session

from admin.accounts.access import Access
from admin.returns.contradictions import Contradicted, contradicted, is_nil
from admin.returns.counts import Households
from admin.returns.expected import Expected, expected_in, opened
from admin.returns.finding_little import finding_little
from admin.returns.monthly_return import MonthlyReturn, ReturnState
from admin.returns.newest import by_period, standing_version
from admin.returns.sight import may_see, visible
from admin.returns.standing import Standing, Way, standing_of
from admin.returns.too_few import FoundTooLittle
from portal.campaign.book import Book
from portal.campaign.return_rule import Period
from portal.campaign.unit import Unit


@dataclass(frozen=True)
class Line:
    """One expected return as its reader finds it. `nil`, `accepted` and `found` are of the version
    that counts; the last two are for the office alone."""

    expected: Expected
    standing: Standing
    nil: bool = False
    accepted: bool = False
    found: int = 0
    households: Households = field(default_factory=Households)
    contradicted: Contradicted | None = None
    little: FoundTooLittle | None = None

    @property
    def words(self) -> list[tuple[str, str]]:
        """What there is of it, each with its tone."""
        way, said = self.standing.way, []
        if self.contradicted:
            said.append(("零报送有矛盾", "danger"))
        if self.little:
            said.append(("查出的偏少", "danger"))
        if way is Way.CAME:
            said.append(("零报送", "warn") if self.nil else ("报了", "action"))
        else:
            tone = {Way.NOTHING: "danger", Way.SENT_BACK: "warn"}.get(way, "plain")
            said.append((way.plain, tone))
        if self.standing.days_late:
            said.append(("晚报", "warn"))
        if self.accepted:
            said.append(("已接收", "done"))
        return said


@dataclass(frozen=True)
class Cell:
    """What one unit returned in one month, to one or several receivers."""

    period: Period
    lines: tuple[Line, ...]

    @property
    def words(self) -> list[tuple[str, str]]:
        """How often each word is true, with its tone; a single return needs no number."""
        counted = Counter(word for line in self.lines for word in line.words)
        several = len(self.lines) > 1
        return [
            (f"{text}{number}" if several else text, tone)
            for (text, tone), number in counted.items()
        ]


@dataclass(frozen=True)
class Matrix:
    """Months, newest first, and units in the order of the campaign, each with a cell a month."""

    periods: Sequence[Period]
    rows: Sequence[tuple[Unit, Sequence[Cell]]]

    def striking(self, period: Period | None) -> list[Line]:
        """What the office looks at first in a month: contradicted, or found too little."""
        return [
            line
            for _, cells in self.rows
            for cell in cells
            for line in cell.lines
            if cell.period == period and (line.contradicted or line.little)
        ]

    @property
    def silent(self) -> list[tuple[Unit, list[Line]]]:
        """Whom to call: the units of which something of the newest month hasn't come."""
        left = (
            (unit, [one for one in cells[0].lines if one.standing.way is not Way.CAME])
            for unit, cells in self.rows
        )
        return [(unit, lines) for unit, lines in left if lines]


def read_matrix(session: Session, access: Access, book: Book, today: date) -> Matrix:
    """What a receiver, or the office, finds of every month that has been opened."""
    periods = opened(book, today)
    lines = read_lines(session, access, book, periods, today)
    towards = [one for one in lines if access.as_office or one.expected.receiver in access.desks]
    cells: dict[str, dict[Period, list[Line]]] = {}
    for line in towards:
        cells.setdefault(line.expected.unit, {}).setdefault(line.expected.period, []).append(line)
    rows = [
        (unit, [Cell(p, tuple(cells[code].get(p, ()))) for p in periods])
        for code, unit in book.units.items()
        if code in cells
    ]
    return Matrix(periods, rows)


def read_lines(
    session: Session, access: Access, book: Book, periods: Sequence[Period], today: date
) -> list[Line]:
    """Every expected return of some periods that this person may know of."""
    if not periods:
        return []
    came = by_period(session, periods, visible(access))
    against = contradicted(session, access, book, came)
    found = []
    for period in periods:
        pairs = came.get(period, {})
        little = finding_little(access, book, period, pairs)
        for one in expected_in(book, period):
            if may_see(access, one):
                versions = pairs.get((one.unit, one.receiver), [])
                found.append(_line(one, versions, today, against, little))
    return found


@dataclass(frozen=True)
class NilCount:
    """How many returns of a month are nil, and how many of those something contradicts."""

    period: Period
    nil: int
    contradicted: int


def count_nil(session: Session, access: Access, book: Book, today: date) -> list[NilCount]:
    """The nil returns of every month that has been opened, newest first; for the office."""
    periods = opened(book, today)
    came = by_period(session, periods) if periods else {}
    against = Counter(one.period for one in contradicted(session, access, book, came))
    return [
        NilCount(period, sum(map(is_nil, came.get(period, {}).values())), against[period])
        for period in periods
    ]


def _line(
    one: Expected,
    versions: Sequence[MonthlyReturn],
    today: date,
    against: Mapping[Expected, Contradicted],
    little: Mapping[Expected, FoundTooLittle],
) -> Line:
    standing = standing_of(one.period, versions, today)
    stands = standing_version(versions)
    if stands is None:
        return Line(one, standing)
    said = stands.said
    return Line(
        one,
        standing,
        nil=said.nil,
        accepted=stands.state is ReturnState.ACCEPTED,
        found=len(said.total.found),
        households=said.households,
        contradicted=against.get(one),
        little=little.get(one),
    )
