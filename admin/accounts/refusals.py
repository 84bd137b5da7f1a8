"""Pages that somebody who is signed in was told don't exist are counted, for him and the day: once
is a slip, a row of them is somebody who looks for what is kept from him. Whether what he asked for
is there makes no difference, neither in the answer nor in the count."""

from __future__ import annotations

from flask import Response

from admin.accounts.day_counts import day_counts
from admin.accounts.guard import current_sign_in
from portal.foundation.day_counts import Refused

_NOT_THERE = 404


def count_refusal(response: Response) -> Response:
    """Count an answer that shows somebody nothing."""
    if response.status_code == _NOT_THERE and (found := current_sign_in()):
        day_counts().add(Refused.PAGE, found.staff.id)
    return response
