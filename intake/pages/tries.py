"""How often one client may show a query code that isn't one; right ones aren't counted."""

from __future__ import annotations

from flask import current_app

from portal.foundation.day_counts import DayCounts, Refused
from portal.foundation.limits import limits

_DOOR = "query-code"
# With which statuses a form that needs a code comes back filled.
GIVEN_BACK = frozenset({429, 500, 503})


class TooManyTries(Exception):
    """This client showed too many wrong codes; `retry_after` is in seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__()
        self.retry_after = retry_after


def not_too_often() -> None:
    """Refuse whoever showed too many wrong codes.

    Raises:
        TooManyTries: until the window has passed.
    """
    verdict = limits.test(_DOOR, limits.client_key())
    if not verdict.allowed:
        raise TooManyTries(verdict.retry_after)


def count_wrong_code() -> None:
    """Remember that this client showed one."""
    limits.hit(_DOOR, limits.client_key())
    DayCounts(current_app.extensions["settings"].database_dir).add(Refused.QUERY_CODE)
