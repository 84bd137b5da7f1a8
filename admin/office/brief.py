"""The campaign on one page for the leaders (简报): what came and was answered, the ledger, what the
plan asks for. It is passed on, so that nothing that accuses anybody is counted in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from admin.figures.figures import Figures, summed, total
from admin.figures.reading import read_within
from admin.figures.scope import ACCUSES, Scope
from admin.ledger.counting import Sums, Totals, sums_of, totals_now
from admin.ledger.day_come import DayCome
from admin.ledger.problem import Problem
from admin.office.duty_status import DutyLine, near_duties
from admin.returns.return_count import ReturnCount, count_returns
from admin.returns.waiting import units_without
from admin.shirking.signs import Sign, Time, to_be_told
from portal.campaign.book import Book
from portal.campaign.kinds import Kind
from portal.foundation import clock
from portal.published.result import STANDING, Result


@dataclass(frozen=True)
class Brief:
    """What stands on the page. `kinds`: the cases by kind, tip-offs apart; `units`: those that are
    late with something, in the campaign's order, with what; `returns`: of the newest month."""

    first: date
    last: date
    kinds: tuple[tuple[str, Figures], ...]
    cases: Figures
    ledger: Totals
    sums: Sums
    late_problems: int
    results: int
    returns: ReturnCount | None
    silent: tuple[str, ...]
    duties: tuple[DutyLine, ...]
    units: tuple[tuple[str, str], ...]


def read_brief(session: Session, found: Book) -> Brief:
    """The campaign from its first Shanghai day until today."""
    first, last = found.campaign.starts_on, clock.today()
    table = read_within(session, Scope.where(~ACCUSES), first, last)
    ordinary = [kind for kind in Kind if kind is not Kind.TIP_OFF]
    kinds = summed(table, lambda _unit, kind: kind.official, ordinary)
    returns = count_returns(session, found)
    silent = units_without(session, found, last)
    late = select(func.count()).select_from(Problem).where(DayCome.LATE.on(last))
    return Brief(
        first=first,
        last=last,
        kinds=tuple(kinds),
        cases=total(kinds),
        ledger=totals_now(session),
        sums=sums_of(session),
        late_problems=session.scalar(late) or 0,
        results=session.scalar(select(func.count()).select_from(Result).where(STANDING)) or 0,
        returns=returns[max(returns)] if returns else None,
        silent=tuple(found.unit_name(code) for code in found.units if code in silent),
        duties=tuple(near_duties(session, found)),
        units=tuple(_late_units(session, found, Time(first, last))),
    )


def _late_units(session: Session, found: Book, time: Time) -> list[tuple[str, str]]:
    late = (Sign.OVERDUE, Sign.PROBLEMS_LATE, Sign.ORDERS_LATE)
    told = []
    for code, counts in to_be_told(session, found, time).items():
        words = [f"{sign.official}{counts[sign]}个" for sign in late if sign in counts]
        if words:
            told.append((found.unit_name(code), "，".join(words)))
    return told
