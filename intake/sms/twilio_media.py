"""Where Twilio keeps the pictures of a message."""

from __future__ import annotations

import re

from portal.foundation.settings import Settings

API = "https://api.twilio.com"
# The address of a picture that isn't fetched.
NOWHERE = ""
_MEDIA_ID = "ME[0-9a-f]{32}"


def media_path(path: str, message: str, settings: Settings) -> str | None:
    """A path at Twilio if it is that of a picture of this message of our account, else None: the
    account's credentials go nowhere else."""
    account = re.escape(settings.twilio_account_sid)
    form = rf"/2010-04-01/Accounts/{account}/Messages/{re.escape(message)}/Media/{_MEDIA_ID}"
    return path if re.fullmatch(form, path) else None
