"""Lists of recipients (分配结果公示): what each is about, never who stands in it.

The rows are asked for nothing here: a name that is typed finds no list.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import select

from portal.foundation import clock
from portal.foundation.formats import day_with_year, month_key, month_name
from portal.pages.search.finding import Finding, Group, shown
from portal.pages.search.sought import Sought
from portal.published.distribution import Distribution, standing_on
from portal.published.paid_period import period_words

_WHAT = "谁领了多少，分配结果公示，发放名单"
_READ = (
    Distribution.number,
    Distribution.policy_code,
    Distribution.place_code,
    Distribution.paid_from,
    Distribution.paid_to,
    Distribution.shown_until,
    Distribution.sample,
)


def lists(sought: Sought) -> Group:
    """What stands today and fits by its policy, unit, street or time, latest release first."""
    newest_first = (Distribution.released_at.desc(), Distribution.number.desc())
    standing = select(*_READ).where(standing_on(clock.today()))
    rows = sought.session.execute(standing.order_by(*newest_first))
    # One that is newer than the book in hand is found with the next click.
    fitting = [one for one in rows if one.policy_code in sought.found.policies]
    fitting = [one for one in fitting if _fits(one, sought)]
    policies = {one.policy_code for one in fitting}
    return Group(
        "lists",
        "谁领了多少",
        "份",
        shown(fitting, lambda one: _finding(one, sought)),
        len(fitting),
        (sought.links.distributions(min(policies) if len(policies) == 1 else ""), "谁领了多少"),
    )


def _fits(one: Any, sought: Sought) -> bool:
    found = sought.found
    policy, place = found.policies[one.policy_code], found.places[one.place_code]
    unit = found.units[policy.unit_code]
    return sought.fits(
        [policy.name, *policy.aliases, place.name, *place.aliases],
        [unit.name, period_words(one.paid_from, one.paid_to), _WHAT, *_months(one)],
    )


def _months(one: Any) -> Iterator[str]:
    """Each month for which was paid, also those between the first and the last."""
    month = one.paid_from.replace(day=1)
    while month <= one.paid_to:
        yield month_name(month)
        yield month_key(month)
        month = date(month.year + month.month // 12, month.month % 12 + 1, 1)


def _finding(one: Any, sought: Sought) -> Finding:
    found = sought.found
    place, policy = found.places[one.place_code], found.policies[one.policy_code]
    return Finding(
        f"{place.name}，{policy.name}，{period_words(one.paid_from, one.paid_to)}",
        sought.links.distribution(one.number),
        line=f"公示到{day_with_year(one.shown_until)}",
        kind="样例" if one.sample else "",
        tone="warn",
    )
