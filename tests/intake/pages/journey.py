"""How a citizen's browser walks through the forms: it sends back what the page gave it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse


@dataclass
class Page:
    """What a test asks of a page: its fields as a browser would send them, and its text."""

    status: int
    html: str
    fields: dict[str, str] = field(default_factory=dict)

    @property
    def receipt(self) -> tuple[str, str]:
        """Case number and query code."""
        number = re.search(r'data-case-number="([^"]*)"', self.html)
        code = re.search(r'data-query-code="([^"]*)"', self.html)
        assert number is not None, self.main
        assert code is not None
        return number[1], code[1]

    @property
    def main(self) -> str:
        """The page between its frame."""
        return self.html.split("<main", 1)[1].split("</main>", 1)[0]

    @property
    def text(self) -> str:
        """The words of the main part."""
        return " ".join(re.sub(r"<[^>]*>", " ", self.main).split())

    @property
    def heading(self) -> str:
        """The h1."""
        found = re.search(r"<h1>(.*?)</h1>", self.html, re.DOTALL)
        return found[1].strip() if found else ""


def opened(answer: TestResponse) -> Page:
    """The page of an answer."""
    html = answer.get_data(as_text=True)
    reader = _Fields()
    reader.feed(html)
    return Page(answer.status_code, html, reader.fields)


def form_page(client: FlaskClient, slug: str = "complaint", query: str = "") -> Page:
    """Open the form of a kind."""
    return opened(client.get(f"/report/{slug}{query}"))


def send(client: FlaskClient, page: Page, slug: str = "complaint", **typed: str) -> Page:
    """Fill fields in and send the form. `check` and `edit` press those buttons."""
    return opened(client.post(f"/report/{slug}", data={**page.fields, **typed}))


def report(client: FlaskClient, slug: str = "complaint", **typed: str) -> Page:
    """Open the form, fill it in, send it."""
    typed.setdefault("words", "我妈的高龄津贴三个月没发了")
    return send(client, form_page(client, slug), slug, **typed)


def show(client: FlaskClient, code: str) -> Page:
    """Show a query code."""
    return opened(client.post("/progress", data={"query_code": code}))


def multipart(fields: dict[str, str], file: bytes) -> dict[str, Any]:
    """A body with a file in it, put together in memory: the test client would spool it to disk."""
    parts = [
        f'--edge\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields.items()
    ]
    head = '--edge\r\nContent-Disposition: form-data; name="files"; filename="a.jpg"\r\n\r\n'
    body = b"".join(parts) + head.encode() + file + b"\r\n--edge--\r\n"
    return {"data": body, "content_type": "multipart/form-data; boundary=edge"}


class _Fields(HTMLParser):
    """Collects what a browser would send: inputs, checked radios, chosen options, text areas."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}
        self._area: str | None = None
        self._select = ""

    def handle_starttag(self, tag: str, pairs: list[tuple[str, str | None]]) -> None:
        """Take one control in."""
        given = {name: value or "" for name, value in pairs}
        name, value = given.get("name", ""), given.get("value", "")
        if tag == "input" and (
            given.get("type") not in {"radio", "checkbox"} or "checked" in given
        ):
            self.fields[name] = value
        elif tag == "select":
            self._select, self.fields[name] = name, ""
        elif tag == "option" and "selected" in given:
            self.fields[self._select] = value
        elif tag == "textarea":
            self._area, self.fields[name] = name, ""

    def handle_endtag(self, tag: str) -> None:
        """Leave a text area."""
        if tag == "textarea" and self._area:
            # The first line break of a text area isn't part of its text.
            self.fields[self._area] = re.sub(r"\A\r?\n", "", self.fields[self._area])
            self._area = None

    def handle_data(self, data: str) -> None:
        """Take the text of a text area."""
        if self._area:
            self.fields[self._area] += data
