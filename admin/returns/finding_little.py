"""Which units found too little in a period (问题偏少), compared with units of the same kind that
returned to the same receiver. For the office alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from admin.accounts.access import Access
from admin.accounts.own_units import keeps_the_office_s_own
from admin.returns.expected import Expected
from admin.returns.monthly_return import MonthlyReturn
from admin.returns.newest import Pair, standing_version
from admin.returns.too_few import Found, FoundTooLittle, by_recipients, found_too_little
from portal.campaign.book import Book
from portal.campaign.return_rule import Period
from portal.campaign.unit import UnitKind


def finding_little(
    access: Access, book: Book, period: Period, came: Mapping[Pair, Sequence[MonthlyReturn]]
) -> dict[Expected, FoundTooLittle]:
    """Those of one period; none where the campaign doesn't say when it is said, and none for
    anybody but the office, nor of a unit that he serves himself, or of one near it."""
    rule = book.return_rule
    if rule is None or rule.too_few is None or not access.as_office:
        return {}
    groups: dict[tuple[UnitKind, str], dict[str, Found]] = {}
    for (unit, receiver), versions in came.items():
        standing = standing_version(versions)
        if standing is not None:
            said = standing.said
            group = groups.setdefault((book.units[unit].kind, receiver), {})
            group[unit] = Found(len(said.own.found), said.households.due)
    few = rule.too_few
    return {
        Expected(unit, receiver, period): little
        for (_, receiver), group in groups.items()
        for unit, little in found_too_little(
            *by_recipients(group, rule.recipients),
            least_expected=few.expected,
            least_peers=few.peers,
            most_chance=few.chance,
        ).items()
        if keeps_the_office_s_own(book, access, unit)
    }
