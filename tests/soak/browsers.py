"""People at a browser: they fill a form in once and send it until it is answered."""

from __future__ import annotations

import re
import ssl
from dataclasses import dataclass
from html import escape, unescape

import httpx

from tests.running import hidden_fields, receipt_on
from tests.soak.submission import Door, Submission, Told

# To make one takes longer than a request.
_TLS = ssl.create_default_context()
# Longer than the database is held.
_SECONDS = 90.0
# Fewer than the door lets in from one address in a minute.
_FROM_ONE_ADDRESS = 20


class Unanswered(Exception):
    """No whole answer came, or one that says to try again."""


class NotGivenBack(Unanswered):
    """The answer says to try again, and the words aren't in it."""


def browser(url: str, index: int) -> httpx.Client:
    """A browser of somebody new, at an address that he shares with a few."""
    at = index // _FROM_ONE_ADDRESS
    address = f"127.{50 + at // 62_500}.{at // 250 % 250}.{1 + at % 250}"
    transport = httpx.HTTPTransport(local_address=address, verify=_TLS)
    return httpx.Client(base_url=url, transport=transport, timeout=_SECONDS, trust_env=False)


@dataclass
class Writer:
    """Somebody who sends one submission by the form."""

    client: httpx.Client
    submission: Submission
    _fields: dict[str, str] | None = None

    def send(self) -> Told:
        """Send it, or send it once more.

        Raises:
            Unanswered, httpx.HTTPError: it isn't certain that it arrived.
        """
        if self._fields is None:
            self._fields = self._filled()
        report = self.submission.door is Door.FORM
        path = "/report/complaint" if report else "/progress/words"
        # A browser sends a form that may hold files in parts even where it holds none.
        parts = [(name, (None, value.encode())) for name, value in self._fields.items()]
        files = [("files", (name, content)) for name, content in self.submission.files]
        answer = self.client.post(path, files=[*parts, *files])
        if answer.status_code != 200:
            raise self._refused(answer)
        return _receipt(answer.text) if report else self._added(answer.text)

    def _filled(self) -> dict[str, str]:
        words = self.submission.words.replace("\n", "\r\n")
        if self.submission.of is None:
            page = self._page(self.client.get("/report/complaint"))
            telephone = self.submission.telephone.removeprefix("+86")
            known = {"identity": "phone", "contact_phone": telephone}
            return page | {"words": words, "policy": "MZ11", "problem": "1.2"} | known
        code = {"query_code": self.submission.of.code}
        return self._page(self.client.post("/progress", data=code)) | {"words": words} | code

    def _page(self, answer: httpx.Response) -> dict[str, str]:
        if answer.status_code != 200:
            raise Unanswered(f"GET {answer.status_code}")
        return {name: unescape(value) for name, value in hidden_fields(answer.text).items()}

    def _added(self, page: str) -> Told:
        if "您补充的话收到了。" not in page:
            raise Unanswered("no word of what was added")
        assert self.submission.of is not None
        return self.submission.of

    def _refused(self, answer: httpx.Response) -> Unanswered:
        given_back = escape(self.submission.words, quote=False).split("\n")[-1] in answer.text
        kind = Unanswered if given_back else NotGivenBack
        return kind(f"POST {answer.status_code}")


def _receipt(page: str) -> Told:
    number, code = receipt_on(page)
    files = re.search(r"照片和文件收到了(\d+)个", page)
    return Told(number, code, int(files[1]) if files else 0)
