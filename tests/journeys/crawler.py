"""Whoever reads the whole public site: every address that any page, feed, list of pages or file
names, and what each of them answers."""

from __future__ import annotations

import io
import re
import zipfile
from collections import deque
from dataclasses import dataclass
from functools import cached_property
from html import unescape
from urllib.parse import quote, unquote, urljoin, urlsplit

import httpx

from tests.patience import PATIENCE

# Named by no page: what programs ask for, and what answers that something is wrong.
_UNNAMED = (
    "/robots.txt", "/sitemap.xml", "/feed.xml", "/healthz", "/readyz", "/no-such-page",
    "/policies/none", "/results/none", "/notices/none", "/data/none.csv", "/progress/file",
    "/report/none", "/staff", "/%00", "/search?q=%25",
)  # fmt: skip
_NAMED = re.compile(r"""(?:href|src|action)\s*=\s*["']([^"']+)["']|<loc>([^<]+)</loc>""")
# What differs by nothing but what is filled in, chosen or printed on it: the first of each stands
# for all.
_ALIKE = (
    re.compile(r"^(/report[^?]*\?(?:policy|place)=).*"),
    re.compile(r"^(/mistakes\?page=).*"),
    re.compile(r"^(/policies/[^?]*\?year=).*"),
    re.compile(r"^(/publicity/[a-z-]+/)[^/]+(\.pdf)$"),
)


@dataclass(frozen=True)
class Answer:
    """What an address answered, with its headers and with whatever is packed inside."""

    address: str
    status: int
    text: str

    def tells(self, secret: str) -> bool:
        """Whether a text stands in it, however it is written."""
        closed = re.sub(r"[\s-]", "", secret)
        return any(one in self.text for one in (secret, quote(secret))) or closed in self._closed

    @cached_property
    def _closed(self) -> str:
        return re.sub(r"<[^>]*>|[\s-]", "", unescape(unquote(self.text)))


class Crawler:
    """Reads one site from its first page on."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._client = httpx.Client(base_url=url, timeout=PATIENCE)

    def __enter__(self) -> Crawler:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def reads(self, address: str, method: str = "GET") -> Answer:
        """One answer."""
        answer = self._client.request(method, address)
        head = "\n".join(f"{name}: {value}" for name, value in answer.headers.multi_items())
        return Answer(address, answer.status_code, f"{head}\n\n{_readable(answer.content)}")

    def reads_everything(self) -> dict[str, Answer]:
        """What every address answers that can be come by, each once."""
        waiting, seen = deque(["/", *_UNNAMED]), {}
        known = set(waiting)
        while waiting:
            address = waiting.popleft()
            seen[address] = answer = self.reads(address)
            for named in self._named_in(answer):
                kind = _kind_of(named)
                if kind not in known:
                    known.add(kind)
                    waiting.append(named)
        return seen

    def _named_in(self, answer: Answer) -> list[str]:
        found = [one or other for one, other in _NAMED.findall(answer.text)]
        return [address for one in found if (address := self._ours(answer.address, unescape(one)))]

    def _ours(self, at: str, named: str) -> str:
        """An address of this site as it is asked for; "" where it leads elsewhere."""
        whole = urlsplit(urljoin(self._url + at, named))
        if f"{whole.scheme}://{whole.netloc}" != self._url:
            return ""
        return whole.path + (f"?{whole.query}" if whole.query else "")


def _kind_of(address: str) -> str:
    """What an address stands for; most stand for themselves."""
    for pattern in _ALIKE:
        found = pattern.match(address)
        if found:
            return "".join(found.groups())
    return address


def _readable(content: bytes) -> str:
    """A file's text; of a workbook, which is an archive, the texts of all its parts."""
    if content.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return "\n".join(
                archive.read(name).decode("utf-8", "replace") for name in archive.namelist()
            )
    return content.decode("utf-8", "replace")
