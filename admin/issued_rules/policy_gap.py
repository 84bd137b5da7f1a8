"""Which published policies still say what a rule has changed (政策清单, plan 三(一)5). Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from portal.campaign.book import Book


def still_unchanged(found: Book, policies: Iterable[str], issued_on: date) -> list[str]:
    """Of the policies with these codes those that nobody has changed, or found to hold as they
    stand, since a Shanghai day."""
    return [code for code in policies if _last_looked_at(found, code) < issued_on]


def _last_looked_at(found: Book, code: str) -> date:
    checked = found.policies[code].checked_on or date.min
    # The first version only says what the list began with.
    changes = found.histories[code].versions[1:]
    return max([checked, *(one.place[0] for one in changes)])
