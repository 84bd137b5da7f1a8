"""A text, or a report on one, that its provider didn't sign so: answered alike whatever is wrong
with it, and counted."""

from __future__ import annotations

import logging

from flask import Response

from portal.foundation.day_counts import DayCounts, Refused
from portal.foundation.settings import Settings

_log = logging.getLogger("huimin")


def refused(settings: Settings, why: str) -> Response:
    """The answer to it. The day's count stands on the system administrator's page."""
    _log.warning("%s", why)
    DayCounts(settings.database_dir).add(Refused.TEXT)
    return Response("", 403, mimetype="text/plain")
