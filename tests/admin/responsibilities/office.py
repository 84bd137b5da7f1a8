"""What the tests do as the office: open forms, look at effects, save, read the rows."""

from __future__ import annotations

import html
import io
import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from werkzeug.test import TestResponse

from admin.responsibilities.preview import Preview, preview
from admin.responsibilities.table import Table
from portal.campaign.book import Book, book
from portal.campaign.responsibility import Responsibility
from portal.campaign.revision import new_revision
from tests.admin.house import House
from tests.pages.checks import check_html
from tests.running import hidden_fields

LIST = "/staff/responsibilities"
BASIS = "区民政局三定方案第四条"
NEW = {
    "policy": "MZ11",
    "problem": "1.2",
    "place": "",
    "kind": "",
    "actor": "",
    "unit": "TY",
    "basis": BASIS,
    "valid_from": "2022-06-06",
}
Row = tuple[str, str, date, date | None]


@dataclass
class Office:
    """The office's side of a house."""

    house: House

    def get(self, path: str = "", name: str = "chen", status: int = 200) -> str:
        """A page of the room."""
        return self.house.get(name, LIST + path, status)

    def look(self, path: str, name: str = "chen", **typed: str) -> TestResponse:
        """Send a form as its page gives it, without saving."""
        sent = {**self.main_form(self.get(path, name)), **typed}
        return self.house.post(name, LIST + path, **sent)

    def save(self, path: str, name: str = "chen", **typed: str) -> TestResponse:
        """Look at the effect and save it."""
        shown = self.look(path, name, **typed)
        assert shown.status_code == 200, shown.text
        return self.press_save(shown, path, name, **typed)

    def press_save(
        self, shown: TestResponse, path: str, name: str = "chen", **typed: str
    ) -> TestResponse:
        """Press the button beside the effect."""
        sent = {**self.main_form(shown.text), **typed, "save": "yes"}
        return self.house.post(name, LIST + path, **sent)

    def upload(self, content: bytes, file: str = "a.xlsx", name: str = "chen") -> TestResponse:
        """Send a spreadsheet to be looked at, as bytes that the client doesn't spool itself."""
        token = hidden_fields(self.get("/import", name))["csrf_token"]
        head = (
            f'--B\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n{token}\r\n'
            f'--B\r\nContent-Disposition: form-data; name="file"; filename="{file}"\r\n\r\n'
        )
        body = head.encode() + content + b"\r\n--B--\r\n"
        answer = self.house.browser(name).post(
            f"{LIST}/import",
            input_stream=io.BytesIO(body),
            content_length=len(body),
            content_type="multipart/form-data; boundary=B",
        )
        assert check_html(answer.text, thorough=False) == []
        return answer

    def take_over(self, shown: TestResponse, name: str = "chen") -> TestResponse:
        """Save the spreadsheet that the page shows."""
        return self.house.post(name, f"{LIST}/import/save", **self.main_form(shown.text))

    def export(self, kind: str) -> bytes:
        """The table as a file."""
        answer = self.house.browser("chen").get(f"{LIST}/table.{kind}")
        assert answer.status_code == 200
        assert "attachment" in answer.headers["Content-Disposition"]
        return answer.data

    def rows(self, policy: str = "MZ11", problem: str | None = "1.2") -> list[Row]:
        """The rows of a policy and problem: unit, basis, first and last day."""
        with self.house.deployment.database.reading() as session:
            found = session.scalars(
                select(Responsibility)
                .where(
                    Responsibility.policy_code == policy,
                    Responsibility.problem_code == problem
                    if problem
                    else Responsibility.problem_code.is_(None),
                )
                .order_by(Responsibility.id)
            )
            return [(r.unit_code, r.basis, r.valid_from, r.valid_to) for r in found]

    def row_id(self, policy: str = "MZ11", problem: str | None = None) -> int:
        """The number of the latest row of a policy and problem."""
        with self.house.deployment.database.reading() as session:
            rows = Table.read(session).rows
            return [r.id for r in rows if (r.policy_code, r.problem_code) == (policy, problem)][-1]

    def preview(self, change: Any, name: str = "chen") -> Preview:
        """What a change would have done to the cases that this person may see."""
        with self.house.deployment.database.reading() as session:
            access = self.house.access(session, name)
            return preview(session, access, Table.read(session), change)

    @property
    def book(self) -> Book:
        """The campaign."""
        with self.house.deployment.database.reading() as session:
            return book(session)

    def count_revision(self) -> None:
        """Publish something elsewhere."""
        with self.house.deployment.database.writing() as session:
            new_revision(session)

    def main_form(self, page: str) -> dict[str, str]:
        """The hidden fields of the page's own form."""
        main = page.split("<main", 1)[1]
        fields = hidden_fields(main)
        fields.pop("csrf_token", None)
        return {name: html.unescape(value) for name, value in fields.items()}


def numbers_on(page: str) -> list[str]:
    """The case numbers that a page links."""
    return re.findall(r'/staff/cases/([^"?]+)"', page)
