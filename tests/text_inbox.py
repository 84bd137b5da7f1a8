"""What a provider has of the texts that people sent to our number: its list, page by page, and the
pictures, which another address of its hands out."""

from __future__ import annotations

import itertools
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import format_datetime
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

from portal.foundation import clock
from tests.fakes import CITIZEN, message_id

_ids = itertools.count(1)


@dataclass(frozen=True)
class Reply:
    """What the provider answers to a GET: a status, headers, and a body or an object as JSON."""

    status: int
    said: Mapping[str, Any] | bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass
class TextInbox:
    """The texts that came in, and the pictures by their path. `statuses`: what to answer to the
    next requests for a picture instead, `listed` and `media_listed`: for the lists. `logins`: which
    requests named the account's password."""

    account: str = ""
    number: str = ""
    page_size: int = 1000
    texts: list[dict[str, Any]] = field(default_factory=list)
    pictures: dict[str, bytes] = field(default_factory=dict)
    statuses: deque[int] = field(default_factory=deque)
    listed: deque[int] = field(default_factory=deque)
    media_listed: deque[int] = field(default_factory=deque)
    logins: list[tuple[str, bool]] = field(default_factory=list)

    def text(
        self,
        body: str,
        *,
        sender: str = CITIZEN,
        pictures: Sequence[bytes] = (),
        came_at: datetime | None = None,
        **other: Any,
    ) -> dict[str, str]:
        """Take a text for us; gives the fields by which its door call differs from another's."""
        sid = message_id()
        paths = [self._keep(sid, picture) for picture in pictures]
        made = {
            "sid": sid,
            "direction": "inbound",
            "from": sender,
            "to": self.number,
            "body": body,
            "num_media": str(len(paths)),
            "status": "received",
            "date_sent": format_datetime(came_at or clock.now()),
            "date_created": format_datetime(came_at or clock.now()),
        }
        self.texts.append({**made, **other})
        media = {f"MediaUrl{n}": f"https://api.twilio.com{path}" for n, path in enumerate(paths)}
        types = {f"MediaContentType{n}": "image/jpeg" for n in range(len(paths))}
        return {"sid": sid, "NumMedia": str(len(paths)), **media, **types}

    def get(self, address: str, *, has_login: bool) -> Reply:
        """Answer a request for the list, for a text's pictures, or for one of them."""
        url = urlsplit(address)
        self.logins.append((url.path, has_login))
        if url.path.startswith("/cdn/"):
            return Reply(200, self.pictures[url.path.removeprefix("/cdn")])
        if url.path.endswith("/Messages.json"):
            return self._list(url.path, parse_qs(url.query))
        if url.path.endswith("/Media.json"):
            if self.media_listed:
                return Reply(self.media_listed.popleft())
            folder = url.path.removesuffix(".json") + "/"
            paths = [path for path in self.pictures if path.startswith(folder)]
            return Reply(200, {"media_list": [{"uri": f"{path}.json"} for path in paths]})
        if self.statuses:
            return Reply(self.statuses.popleft())
        if url.path not in self.pictures:
            return Reply(404)
        return Reply(307, headers={"Location": f"/cdn{url.path}"})

    def _keep(self, sid: str, picture: bytes) -> str:
        path = f"/2010-04-01/Accounts/{self.account}/Messages/{sid}/Media/ME{next(_ids):032x}"
        self.pictures[path] = picture
        return path

    def _list(self, path: str, asked: Mapping[str, list[str]]) -> Reply:
        if self.listed:
            return Reply(self.listed.popleft())
        page = int(asked.get("Page", ["0"])[0])
        first = page * self.page_size
        found = self.texts[::-1][first : first + self.page_size]
        more = first + self.page_size < len(self.texts)
        following = f"{path}?To={quote(self.number)}&Page={page + 1}" if more else None
        return Reply(200, {"messages": found, "page": page, "next_page_uri": following})
