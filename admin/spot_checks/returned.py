"""What the monthly returns say for checking a unit: contradicted, nil, little coverage, too little
found (plan 五(二)2)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sqlalchemy.orm import Session

from admin.accounts.access import Access
from admin.returns.expected import opened
from admin.returns.matrix import Line, read_lines
from admin.returns.standing import Way
from admin.spot_checks.reasons import Cause, Reason
from portal.campaign.book import Book
from portal.campaign.spot_check_rule import SpotCheckRule
from portal.foundation import clock


def returned(session: Session, access: Access, book: Book) -> Iterable[Reason]:
    """The reasons of every month so far, as this person of the office may know them."""
    today = clock.today()
    lines = read_lines(session, access, book, opened(book, today), today)
    least = SpotCheckRule.of(book.campaign).coverage
    for line in lines:
        unit, month = line.expected.unit, f"{line.expected.period.last:%Y年%-m月}"
        yield from _striking(unit, month, line)
        due, visited = line.households.due, line.households.visited
        if least is not None and due and visited < least * due:
            words = f"{month}月报：应摸底{due}户，摸底了{visited}户"
            yield Reason(unit, Cause.COVERAGE, words)
    yield from _nil(lines)


def _striking(unit: str, month: str, line: Line) -> Iterator[Reason]:
    if line.contradicted:
        yield Reason(unit, Cause.CONTRADICTED, f"{month}月报：{line.contradicted.reason}")
    if line.little:
        yield Reason(unit, Cause.FEW, f"{month}月报：{line.little.reason}")


def _nil(lines: Iterable[Line]) -> Iterator[Reason]:
    """Units all of whose returns of a month that came are nil."""
    by_month: dict[tuple[str, str], list[bool]] = {}
    for line in lines:
        if line.standing.way is Way.CAME:
            month = f"{line.expected.period.last:%Y年%-m月}"
            by_month.setdefault((line.expected.unit, month), []).append(line.nil)
    for (unit, month), nil in by_month.items():
        if all(nil):
            yield Reason(unit, Cause.NIL, f"{month}月报：都是零报送")
