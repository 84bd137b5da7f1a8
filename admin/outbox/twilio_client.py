"""Twilio's own client. Its library is slow to import: only the worker meets this file."""

from __future__ import annotations

import logging
from typing import Any

from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client

from intake.sms.twilio_media import API
from portal.foundation.settings import Settings


def client_of(settings: Settings, timeout: float) -> Client:
    """The client of our account, which waits so many seconds at most."""
    return Client(
        settings.twilio_account_sid,
        settings.twilio_auth_token,
        http_client=_Http(settings.twilio_api_base, timeout),
    )


class _Http(TwilioHttpClient):  # type: ignore[misc]  # twilio ships no types
    """Twilio's client with a limit on how long it waits, and with a stand-in for tests. It logs
    nothing: what it would log holds the recipient's number."""

    def __init__(self, stand_in: str, timeout: float) -> None:
        silent = logging.getLogger("huimin.twilio")
        silent.disabled = True
        super().__init__(timeout=timeout, logger=silent)
        self._stand_in = stand_in

    def request(self, method: str, url: str, *args: Any, **kwargs: Any) -> Any:
        """Ask Twilio, or whoever stands in for it."""
        address = url.replace(API, self._stand_in, 1) if self._stand_in else url
        return super().request(method, address, *args, **kwargs)
