"""The versions of units' parts, and how each part of a summary stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session

from admin.accounts.access import Access
from admin.accounts.hand import Hand
from admin.returns.newest import standing_version
from admin.returns.signed_version import ReturnState
from admin.returns.standing import Standing, Way, standing_of
from admin.returns.version_steps import newest_held
from admin.summaries.contribution import Contribution
from admin.summaries.planned import Owed, Planned, owed_in
from admin.summaries.sight import may_see, visible
from portal.campaign.book import Book
from portal.foundation import clock


@dataclass(frozen=True)
class PartLine:
    """One part as its reader finds it; `counts` is the version that does."""

    owed: Owed
    standing: Standing
    counts: Contribution | None

    @property
    def has_come(self) -> bool:
        """Whether there is a part that counts."""
        return self.standing.way is Way.CAME

    @property
    def is_accepted(self) -> bool:
        """Whether the office accepted it."""
        return self.counts is not None and self.counts.state is ReturnState.ACCEPTED

    @property
    def words(self) -> list[tuple[str, str]]:
        """What there is of it, each with its tone."""
        way = self.standing.way
        tone = {Way.CAME: "action", Way.NOTHING: "danger", Way.SENT_BACK: "warn"}.get(way, "plain")
        said = [(way.plain, tone)]
        if self.standing.days_late:
            said.append((f"晚报{self.standing.days_late}天", "warn"))
        if self.is_accepted:
            said.append(("已接收", "done"))
        return said


def versions_of(session: Session, owed: Owed) -> list[Contribution]:
    """Every version of a part, newest first."""
    return list(session.scalars(_newest_first(owed)))


def newest_to_change(session: Session, owed: Owed, by: Hand) -> Contribution | None:
    """The newest version, held; None where there is none yet.

    Raises:
        ReturnChanged: it isn't the edition that the writer saw.
    """
    return newest_held(session, owed.unit, _newest_first(owed), by)


def part_lines(
    session: Session, access: Access, book: Book, planned: Iterable[Planned]
) -> list[PartLine]:
    """Every part of some summaries that this person may know of."""
    those = list(planned)
    found = _by_part(session, those, visible(access))
    return [
        _line(owed, found.get((one.key, owed.unit), []), clock.today())
        for one in those
        for owed in owed_in(book, one)
        if may_see(access, owed)
    ]


def outstanding(session: Session, book: Book, planned: Iterable[Planned]) -> list[Owed]:
    """The parts of some summaries of which nothing that counts has come, whoever asks."""
    those = list(planned)
    found = _by_part(session, those)
    lines = [
        _line(owed, found.get((one.key, owed.unit), []), clock.today())
        for one in those
        for owed in owed_in(book, one)
    ]
    return [one.owed for one in lines if not one.has_come]


def _by_part(
    session: Session, planned: Sequence[Planned], *which: ColumnElement[bool]
) -> dict[tuple[str, str], list[Contribution]]:
    found: dict[tuple[str, str], list[Contribution]] = {}
    if not planned:
        return found
    rows = session.scalars(
        select(Contribution)
        .where(Contribution.duty.in_({one.key for one in planned}), *which)
        .order_by(Contribution.version.desc())
    )
    for row in rows:
        found.setdefault((row.duty, row.unit_code), []).append(row)
    return found


def _line(owed: Owed, versions: Sequence[Contribution], today: date) -> PartLine:
    return PartLine(owed, standing_of(owed, versions, today), standing_version(versions))


def _newest_first(owed: Owed) -> Select[Contribution]:
    return (
        select(Contribution)
        .where(Contribution.unit_code == owed.unit, Contribution.duty == owed.planned.key)
        .order_by(Contribution.version.desc())
    )
