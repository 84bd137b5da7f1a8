"""Where a request came from, and where a sign-in may lead to."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from flask import request

from admin.accounts.cookie import settings

HOME = "/staff/"
# A path of the staff site: no second slash, no backslash, no host, nothing unescaped.
_STAFF_PATH = re.compile(r"/staff/(?!/)[A-Za-z0-9\-._~%!$&'()*+,;=:@/?]*", re.ASCII)


def sent_from_elsewhere() -> bool:
    """Whether the browser says that another site sent this form.

    Every browser that can be made to send one says so in `Sec-Fetch-Site` or in `Origin`; programs
    without either attack nobody but themselves.
    """
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
        return True
    origin = request.headers.get("Origin")
    if origin is None:
        return False
    return urlsplit(origin).netloc not in {request.host, urlsplit(settings().staff_url).netloc}


def safe_path(wanted: str | None) -> str:
    """The wanted path if it lies on the staff site, else its first page: never another host."""
    if wanted and _STAFF_PATH.fullmatch(wanted) and "//" not in wanted:
        return wanted
    return HOME


def this_path() -> str:
    """Path and query of this request, to come back to."""
    return request.full_path.rstrip("?")
