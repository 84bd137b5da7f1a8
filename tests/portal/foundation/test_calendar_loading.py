"""The table of days: what the package knows, and what the office's spreadsheet adds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import chinese_calendar
import pytest
from openpyxl import Workbook
from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session

from portal.foundation.calendar_loading import load_known_years, load_spreadsheet
from portal.foundation.database import Base
from portal.foundation.refusal import Refusal
from portal.foundation.workdays import CalendarDay, WorkCalendar


@pytest.fixture
def session() -> Iterator[Session]:
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    with Session(engine) as opened:
        yield opened
    engine.dispose()


def calendar(session: Session) -> WorkCalendar:
    days = session.scalars(select(CalendarDay)).all()
    return WorkCalendar({d.day: (d.working, d.name) for d in days}, max(d.day for d in days))


def csv(folder: Path, text: str) -> Path:
    path = folder / "2027.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_every_known_day_agrees_with_the_package(session: Session) -> None:
    load_known_years(session)
    known = calendar(session)

    day = date(2018, 1, 1)
    while day <= date(2026, 12, 31):
        assert known.is_working(day) == chinese_calendar.is_workday(day), day
        day += timedelta(days=1)
    assert known.known_to == date(2026, 12, 31)
    assert known.why_off(date(2022, 10, 3)) == "国庆节"
    assert known.exceptions[date(2022, 10, 8)] == (True, "调休上班")


def test_only_days_out_of_the_ordinary_are_kept(session: Session) -> None:
    assert load_known_years(session) < 300
    assert load_known_years(session) == 0


def test_a_day_the_office_set_stays(session: Session) -> None:
    session.add(CalendarDay(day=date(2026, 1, 1), working=True, name="试", source="试"))
    load_known_years(session)
    assert session.get_one(CalendarDay, date(2026, 1, 1)).working


def test_no_day_after_the_known_years_raises(session: Session) -> None:
    load_known_years(session)
    known = calendar(session)
    assert known.is_working(date(2027, 1, 1))
    assert not known.is_known(date(2027, 1, 1))
    assert known.days_after(date(2026, 12, 30), 5) == date(2027, 1, 6)


def test_a_spreadsheet_adds_a_whole_year(session: Session, tmp_path: Path) -> None:
    load_known_years(session)
    book = Workbook()
    sheet = book.worksheets[0]
    for row in (
        ("日期", "是否上班", "名称"),
        (date(2027, 1, 1), "否", "元旦"),
        ("2027-01-03", "是", "调休上班"),
    ):
        sheet.append(row)
    book.save(tmp_path / "2027.xlsx")

    assert load_spreadsheet(session, tmp_path / "2027.xlsx") == 3
    known = calendar(session)
    assert known.why_off(date(2027, 1, 1)) == "元旦"
    assert known.is_working(date(2027, 1, 3))
    assert known.known_to == date(2027, 12, 31)
    assert load_spreadsheet(session, tmp_path / "2027.xlsx") == 0


def test_a_correction_of_a_known_day_moves_nothing_else(session: Session, tmp_path: Path) -> None:
    load_known_years(session)
    path = csv(tmp_path, "date,working,name\n2026-09-03,no,临时放假\n")
    assert load_spreadsheet(session, path) == 1
    assert calendar(session).known_to == date(2026, 12, 31)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("", "2027.csv:1: the first row must be: date, working, name"),
        ("day,working,name\n", "2027.csv:1: the first row must be"),
        ("date,working,name\n", "2027.csv: no day in it"),
        ("date,working,name\n1 Jan,no,元旦\n", "2027.csv:2: “1 Jan” is not a date"),
        ("date,working,name\n2027-01-01,maybe,元旦\n", "2027.csv:2: “maybe” must be yes or no"),
        ("date,working,name\n2027-01-01\n", "2027.csv:2: “” must be yes or no"),
        ("date,working,name\n2027-01-01,no,a\n2027-01-01,no,a\n", "2027.csv:3: 2027-01-01 stands"),
        (f"date,working,name\n2027-01-01,no,{'元' * 41}\n", "2027.csv:2: the name is longer"),
        ("date,working,name\n2029-01-01,no,元旦\n", "begins in 2029, but 2027 isn't known yet"),
    ],
)
def test_a_bad_sheet_is_refused_and_changes_nothing(
    session: Session, tmp_path: Path, text: str, what: str
) -> None:
    before = load_known_years(session)
    with pytest.raises(Refusal) as caught:
        load_spreadsheet(session, csv(tmp_path, text))
    assert what in str(caught.value)
    assert len(session.scalars(select(CalendarDay)).all()) == before


def test_something_that_is_no_spreadsheet_is_refused(session: Session, tmp_path: Path) -> None:
    (tmp_path / "2027.xlsx").write_bytes(b"PK nonsense")
    for name in ("2027.xlsx", "nowhere.xlsx", "nowhere.csv"):
        with pytest.raises(Refusal):
            load_spreadsheet(session, tmp_path / name)
