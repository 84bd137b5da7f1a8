"""An office at the turn of the year 2026, when nobody knows yet which days of 2027 are off."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from openpyxl import Workbook
from sqlalchemy import select
from werkzeug.test import TestResponse

from intake.cases.event import Event
from portal.foundation import clock
from portal.foundation.workdays import WorkCalendar
from tests.admin.desk.people import Desks, filled
from tests.pages.checks import check_html

BEFORE = datetime(2026, 12, 30, 4, 0, tzinfo=UTC)
LAST_DAY = datetime(2026, 12, 31, 4, 0, tzinfo=UTC)
CALENDAR = "/staff/office/calendar"
# Moves a date of the year to come by a day.
NEW_YEAR = "日期,是否上班,名称\n2027-01-01,否,元旦\n"
# Made up for the tests: the first is a Friday, the 9th a Saturday.
SHEET = "日期,是否上班,名称\n2027-01-01,否,元旦\n2027/1/9,是,调休上班\n"


def workbook(*rows: tuple[Any, ...]) -> bytes:
    """A workbook of these rows."""
    book = Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


@dataclass
class NewYear:
    """The desks, and what they do with the calendar."""

    desks: Desks

    def get(self, path: str = "", name: str = "office") -> str:
        """A page of the calendar."""
        answer = self.desks.get(name, CALENDAR + path)
        assert answer.status_code == 200, answer.text
        assert check_html(answer.text, thorough=False) == []
        return answer.text

    def upload(self, content: str | bytes, name: str = "office") -> TestResponse:
        """Send a spreadsheet to be looked at."""
        token = filled(self.get("/load", name))["csrf_token"]
        raw = content.encode() if isinstance(content, str) else content
        head = (
            f'--B\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n{token}\r\n'
            '--B\r\nContent-Disposition: form-data; name="file"; filename="2027"\r\n\r\n'
        )
        body = head.encode() + raw + b"\r\n--B--\r\n"
        # As bytes, since the client would spool a file itself.
        answer = self.desks.at(name).post(
            f"{CALENDAR}/load",
            input_stream=io.BytesIO(body),
            content_length=len(body),
            content_type="multipart/form-data; boundary=B",
        )
        assert check_html(answer.text, thorough=False) == []
        return answer

    def save(self, page: str, name: str = "office") -> TestResponse:
        """Load what a check page shows."""
        return self.desks.at(name).post(f"{CALENDAR}/load/save", data=filled(page))

    def load(self, content: str | bytes = SHEET) -> None:
        """Look at a spreadsheet and load it."""
        answer = self.save(self.upload(content).text)
        assert answer.status_code == 303, answer.text

    def calendar(self) -> WorkCalendar:
        """The calendar as it is stored."""
        with self.desks.deployment.database.reading() as session:
            return WorkCalendar.read(session)

    def moves(self, number: str) -> list[dict[str, Any]]:
        """What the events of moved dates say."""
        case_id = self.desks.stored(number).id
        with self.desks.deployment.database.reading() as session:
            wanted = select(Event.facts).where(
                Event.case_id == case_id, Event.name == "dates_moved"
            )
            return list(session.scalars(wanted))

    def on(self, moment: datetime, **changed: Any) -> str:
        """The number of a case that came then."""
        with clock.stopped_at(moment):
            return self.desks.case(**changed)


def listed(page: str) -> dict[str, list[str]]:
    """The cases that a check page lists, with the texts of their cells."""
    rows = re.findall(r'/staff/cases/([A-Z0-9]+)">.*?</th>(.*?)</tr>', page, re.DOTALL)
    return {n: [c.strip() for c in re.findall(r"<td>(.*?)</td>", r, re.DOTALL)] for n, r in rows}
