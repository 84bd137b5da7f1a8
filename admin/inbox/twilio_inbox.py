"""What Twilio has of the texts to our number: its list of them, and their pictures."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from http import HTTPStatus
from typing import Any

import requests
from twilio.base.exceptions import TwilioException

from admin.inbox.fetching import Fetched
from admin.inbox.reconciling import InboxIsShut, Listed
from admin.outbox.twilio_client import client_of
from intake.attachments.upload import Upload
from intake.sms.matter import Inbound
from intake.sms.mojibake import repaired
from intake.sms.signed_by_twilio import MESSAGE_ID
from intake.sms.twilio_media import API, NOWHERE, media_path
from portal.foundation.clock import day_of
from portal.foundation.settings import Settings

_TIMEOUT_SECONDS = 10.0
# For all of a picture, however slowly it comes.
_LONGEST_SECONDS = 40.0
_PAGE = 500
_PIECE = 64 * 1024
# A picture is handed over by another machine of Twilio's, at a short-lived address.
_MOST_HOPS = 4
_FAULTS = (TwilioException, requests.RequestException, ValueError, TypeError, KeyError)
_GONE = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.GONE})


class TwilioInbox:
    """Twilio's list of messages, and its store of pictures."""

    def __init__(self, settings: Settings, *, timeout: float = _TIMEOUT_SECONDS) -> None:
        self._settings, self._timeout = settings, timeout
        self._client = client_of(settings, timeout)
        self._base = settings.twilio_api_base or API
        self._session = requests.Session()
        # What the environment says of proxies and passwords is for others.
        self._session.trust_env = False

    name = "twilio"

    def since(self, moment: datetime) -> Iterator[Listed]:
        """The texts that Twilio took for us since a moment. Raises InboxIsShut."""
        number = self._settings.twilio_number
        try:
            for one in self._client.messages.stream(
                to=number, date_sent_after=moment, page_size=_PAGE
            ):
                came_at = one.date_sent or one.date_created
                if _is_a_text_in(one, number) and came_at is not None and came_at >= moment:
                    yield Listed(_inbound(one, came_at), came_at)
        except _FAULTS as error:
            raise InboxIsShut(type(error).__name__) from None

    def whole(self, inbound: Inbound) -> Inbound:
        """A text with the addresses of its pictures. Raises InboxIsShut."""
        if not inbound.has_picture:
            return inbound
        try:
            return replace(inbound, pictures=self._pictures(inbound.provider_id))
        except _FAULTS as error:
            raise InboxIsShut(type(error).__name__) from None

    def fetch(self, address: str, into: Upload) -> Fetched:
        """Fetch a picture, no more of it than is taken."""
        if address == NOWHERE:
            return Fetched.GONE
        url, login = (
            self._base + address,
            (
                self._settings.twilio_account_sid,
                self._settings.twilio_auth_token,
            ),
        )
        try:
            for hop in range(_MOST_HOPS):
                with self._get(url, login if hop == 0 else None) as answer:
                    if not answer.is_redirect:
                        return _taken(answer, into)
                    url = answer.headers["Location"]
                if not url.startswith(("https://", self._base + "/")):
                    return Fetched.LATER
        except requests.RequestException:
            pass
        return Fetched.LATER

    def _get(self, url: str, login: tuple[str, str] | None) -> requests.Response:
        # The account's credentials are for Twilio alone: nothing is followed with them.
        return self._session.get(
            url, auth=login, timeout=self._timeout, stream=True, allow_redirects=False
        )

    def _pictures(self, message: str) -> tuple[str, ...]:
        listed = (str(one.uri) for one in self._client.messages(message).media.list(limit=10))
        paths = (media_path(uri.removesuffix(".json"), message, self._settings) for uri in listed)
        return tuple(path for path in paths if path)


def _is_a_text_in(one: Any, own_number: str) -> bool:
    return (
        one.direction == "inbound"
        and bool(MESSAGE_ID.fullmatch(one.sid or ""))
        and bool(one.from_)
        and one.from_ != own_number
    )


def _inbound(one: Any, came_at: datetime) -> Inbound:
    return Inbound(
        provider_id=one.sid,
        sender=one.from_,
        body=repaired(one.body or ""),
        has_picture=str(one.num_media or "0") != "0",
        received_on=day_of(came_at),
    )


def _taken(answer: requests.Response, into: Upload) -> Fetched:
    if answer.status_code in _GONE:
        return Fetched.GONE
    if answer.status_code != HTTPStatus.OK:
        return Fetched.LATER
    last_moment = time.monotonic() + _LONGEST_SECONDS
    for piece in answer.iter_content(_PIECE):
        if time.monotonic() > last_moment:
            return Fetched.LATER
        into.write(piece)
        if into.file is None:
            # It is too large, or there is no room: the rest needn't come.
            break
    return Fetched.HERE
