"""What the tests do at the desk for lists of recipients, in either campaign on either database."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from flask.testing import FlaskClient
from openpyxl import Workbook
from sqlalchemy import select, text
from werkzeug.test import TestResponse

from admin.distributions.distribution_draft import DistributionDraft
from portal.campaign.book import Book, book
from portal.campaign.place import PlaceKind
from portal.foundation.staff import Role
from tests.deployments import Deployment
from tests.pages.checks import check_html

DESK = "/staff/publishing/distributions"
HEAD = ["姓名", "社区", "人数", "标准", "金额"]
# Of both campaigns: one whose list may name people, and one of sums only.
PLAIN = {"jianghan-2022": "MZ11", "caidian-cdpf-2022": "CL08"}
DISCREET = "MZ10"
NAMES = ("王小明", "欧阳海棠", "阿依古丽·买买提", "李娜", "万秋月", "黎世昌")


@dataclass
class Lists:
    """A deployment with people who publish, and one who doesn't."""

    deployment: Deployment
    _browsers: dict[str, FlaskClient] = field(default_factory=dict)

    def move_in(self) -> Lists:
        """Give everybody an account."""
        self.deployment.begin_with("lists", self._give_accounts)
        return self

    def _give_accounts(self) -> None:
        office = self.book.campaign.office_code
        elsewhere = next(one for one in self.book.units if one != office)
        for name, unit, role in (
            ("gong", office, Role.PUBLISHER),
            ("shi", office, Role.PUBLISHER),
            ("lu", office, Role.OFFICE_HEAD),
            ("bie", elsewhere, Role.PUBLISHER),
        ):
            self.deployment.add_staff(name, (unit, role), display=f"{name}同志")

    @property
    def book(self) -> Book:
        """The campaign."""
        with self.deployment.database.reading() as session:
            return book(session)

    @property
    def plain(self) -> str:
        """A policy whose list may name people."""
        return PLAIN[self.book.campaign.code]

    @property
    def street(self) -> str:
        """The first street."""
        places = self.book.places.values()
        return next(one.code for one in places if one.kind is PlaceKind.STREET)

    @property
    def communities(self) -> list[str]:
        """The names of its communities."""
        street = self.street
        return [one.name for one in self.book.places.values() if one.parent_code == street]

    def rows(self, names: Sequence[str] = NAMES) -> list[list[Any]]:
        """A whole sheet with these names."""
        first, second, *_ = self.communities
        return [
            HEAD,
            *(
                [name, (first, second)[at % 2], 1 + at % 2, f"每月{at + 1}00元", f"{at + 1}00.50"]
                for at, name in enumerate(names)
            ),
        ]

    def browser(self, name: str) -> FlaskClient:
        """The browser in which this person is signed in."""
        if name not in self._browsers:
            self._browsers[name] = self.deployment.officer(name)
        return self._browsers[name]

    def get(self, path: str, by: str = "gong", status: int = 200) -> str:
        """A page of the desk."""
        answer = self.browser(by).get(DESK + path)
        assert answer.status_code == status, answer.text
        assert check_html(answer.text, thorough=False) == []
        return answer.text

    def post(self, path: str, by: str = "gong", **typed: Any) -> TestResponse:
        """Send a form without a file."""
        return self.upload(path, b"", by, **typed)

    def upload(self, path: str, content: bytes, by: str = "gong", **typed: Any) -> TestResponse:
        """Send a form with a spreadsheet, as bytes that the client doesn't spool itself."""
        fields = {**self.deployment.form_token(self.browser(by)), **typed}
        body = b"".join(
            f'--B\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'.encode()
            for key, value in fields.items()
        )
        if content:
            head = '--B\r\nContent-Disposition: form-data; name="file"; filename="a.xlsx"\r\n\r\n'
            body += head.encode() + content + b"\r\n"
        body += b"--B--\r\n"
        answer = self.browser(by).post(
            DESK + path,
            input_stream=io.BytesIO(body),
            content_length=len(body),
            content_type="multipart/form-data; boundary=B",
        )
        if answer.status_code in {200, 409, 422}:
            assert check_html(answer.text, thorough=False) == [], answer.text
        return answer

    def typed(self, **said: Any) -> dict[str, Any]:
        """What is typed about a list; whatever isn't said is plausible."""
        return {
            "version": "",
            "street": self.street,
            "paid_from": "2022-05-01",
            "paid_to": "2022-05-31",
            "standard": "每人每月100元起",
            "telephone": self.book.campaign.hotline,
            "days": "7",
            "starts_on": "",
            "no_children": "y",
            **said,
        }

    def send(
        self, content: bytes | None = None, *, policy: str = "", by: str = "gong", **said: Any
    ) -> TestResponse:
        """Send the form of a new list."""
        sheet = xlsx(self.rows()) if content is None else content
        path = f"/new?policy={policy or self.plain}"
        return self.upload(path, sheet, by, **self.typed(**said))

    def drafted(self, content: bytes | None = None, **said: Any) -> str:
        """A draft; returns its number."""
        answer = self.send(content, **said)
        assert answer.status_code == 303, answer.text
        found = re.search(r"/(F\d{6})\?done=drafted", answer.location)
        assert found is not None
        return found.group(1)

    def version(self, number: str) -> str:
        """The version of a draft now."""
        return str(self.draft(number).version)

    def draft(self, number: str) -> DistributionDraft:
        """A draft as it is stored."""
        with self.deployment.database.reading() as session:
            wanted = select(DistributionDraft).where(DistributionDraft.number == number)
            return session.scalars(wanted).one()

    def act(self, number: str, act: str, by: str = "shi", **typed: Any) -> TestResponse:
        """Do something to a draft as it is now."""
        sent = {"version": self.version(number), **typed}
        return self.post(f"/{number}/{act}", by, **sent)

    def released(self, content: bytes | None = None, **said: Any) -> str:
        """A list that stands; returns its number."""
        number = self.drafted(content, **said)
        answer = self.act(number, "release")
        assert answer.status_code == 303, answer.text
        return number

    def public(self, path: str, status: int = 200) -> TestResponse:
        """A page of the public site."""
        answer = self.deployment.citizen().get(path)
        assert answer.status_code == status, answer.text
        assert check_html(answer.text, thorough=False) == []
        return answer

    def stored(self) -> bytes:
        """Everything that the deployment has stored, on disk and in its database."""
        settings = self.deployment.settings
        files = [one for one in settings.data_dir.rglob("*") if one.is_file()]
        found = b"".join(one.read_bytes() for one in files)
        if not settings.is_sqlite:
            found += self._in_postgres()
        return found

    def _in_postgres(self) -> bytes:
        found = []
        with self.deployment.database.engine.connect() as connection:
            tables = connection.execute(
                text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
            ).scalars()
            for table in tables.all():
                rows = connection.execute(text(f'SELECT t::text FROM "{table}" t')).scalars()
                found += [row.encode() for row in rows]
        return b"\n".join(found)


def holds(stored: bytes, words: str) -> bool:
    """Whether words lie in what is stored, as text, in JSON or as the hexadecimals of bytes."""
    plain = words.encode()
    escaped = words.encode("ascii", "backslashreplace")
    wide = words.encode("utf-16-le")
    return any(one in stored for one in (plain, escaped, wide, plain.hex().encode()))


def xlsx(lines: Sequence[Sequence[Any]]) -> bytes:
    """A workbook of one sheet."""
    made = Workbook()
    for line in lines:
        made.worksheets[0].append(list(line))
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def table_of(page: str) -> str:
    """The table of a page, as it is written."""
    found = re.search(r"<table.*?</table>", page, re.DOTALL)
    assert found is not None, page
    return found.group()
