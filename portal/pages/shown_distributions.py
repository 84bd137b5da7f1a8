"""What the public reads of the lists of recipients: which stand today, their rows, who is found by
his own name. Every question asks for the day, so that nothing shows before its time or after."""

from __future__ import annotations

from dataclasses import dataclass, fields

from sqlalchemy import Select, or_, select, tuple_
from sqlalchemy.orm import Session

from portal.campaign.book import Book
from portal.foundation import clock
from portal.published.discretion import shows_sums_only
from portal.published.distribution import Distribution, standing_on
from portal.published.distribution_row import ROWS, DistributionRow

PAGE = 20
_LATELY = 10


@dataclass(frozen=True)
class WantedLists:
    """Which lists are asked for; an empty field asks for all."""

    policy: str = ""
    street: str = ""

    def changed(self, **to: str) -> dict[str, str]:
        """The query of the same lists with some fields changed, empty ones left out."""
        kept = {one.name: getattr(self, one.name) for one in fields(self)} | to
        return {name: value for name, value in kept.items() if value}


@dataclass(frozen=True)
class Match:
    """A row that somebody's masked name fits, and the list in which it stands."""

    row: DistributionRow
    distribution: Distribution


def standing_kinds(session: Session) -> set[tuple[str, str]]:
    """The policies and streets that have a list standing today."""
    kinds = (
        select(Distribution.policy_code, Distribution.place_code)
        .where(standing_on(clock.today()))
        .distinct()
    )
    return {(row[0], row[1]) for row in session.execute(kinds)}


def standing(session: Session, wanted: WantedLists, *, after: str = "") -> list[Distribution]:
    """The wanted lists that stand today, latest release first, from behind the one numbered
    `after`. Up to `PAGE` + 1 of them: the last only tells that there are more."""
    order = (Distribution.released_at.desc(), Distribution.number.desc())
    listed = _wanted_rows(wanted).order_by(*order)
    last = session.get(Distribution, after) if after else None
    if last:
        place = tuple_(Distribution.released_at, Distribution.number)
        listed = listed.where(place < tuple_(last.released_at, last.number))
    return list(session.scalars(listed.limit(PAGE + 1)))


def lately_taken_down(session: Session) -> list[Distribution]:
    """The latest lists that no longer stand, whether or not the worker was there yet."""
    over = or_(Distribution.taken_down_on.is_not(None), Distribution.shown_until < clock.today())
    newest = select(Distribution).where(over).order_by(Distribution.released_at.desc())
    return list(session.scalars(newest.limit(_LATELY)))


def rows_of(session: Session, one: Distribution, page: int) -> list[DistributionRow]:
    """One page of a list's rows, counted from 1."""
    first = (page - 1) * ROWS + 1
    return list(
        session.scalars(
            select(DistributionRow)
            .where(
                DistributionRow.distribution_number == one.number,
                DistributionRow.position.between(first, first + ROWS - 1),
            )
            .order_by(DistributionRow.position)
        )
    )


def found_by_name(
    session: Session, found: Book, masked: str, *, number: str = "", page: int = 1
) -> list[Match]:
    """The rows that show as this masked name, in the lists that stand today or in one of them. Up
    to `PAGE` + 1 of them."""
    discreet = [code for code, one in found.policies.items() if shows_sums_only(one)]
    wanted = [
        standing_on(clock.today()),
        DistributionRow.name == masked,
        Distribution.sums_only.is_(False),
        Distribution.policy_code.not_in(discreet),
        *([Distribution.number == number] if number else []),
    ]
    rows = session.execute(
        select(DistributionRow, Distribution)
        .join(Distribution, Distribution.number == DistributionRow.distribution_number)
        .where(*wanted)
        .order_by(Distribution.released_at.desc(), Distribution.number, DistributionRow.position)
        .offset((page - 1) * PAGE)
        .limit(PAGE + 1)
    )
    return [Match(row, one) for row, one in rows]


def streets_and_policies(
    kinds: set[tuple[str, str]], found: Book
) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """The policies and the streets to choose from, as the campaign orders them."""
    policies, streets = {policy for policy, _ in kinds}, {street for _, street in kinds}
    return (
        [(one.code, one.name) for one in found.policies.values() if one.code in policies],
        [(one.code, one.name) for one in found.places.values() if one.code in streets],
    )


def _wanted_rows(wanted: WantedLists) -> Select[Distribution]:
    listed = select(Distribution).where(standing_on(clock.today()))
    if wanted.policy:
        listed = listed.where(Distribution.policy_code == wanted.policy)
    if wanted.street:
        listed = listed.where(Distribution.place_code == wanted.street)
    return listed
