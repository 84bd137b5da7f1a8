"""What people do with orders in their browsers: enter them, upload them, answer them."""

from __future__ import annotations

import io
import re
from datetime import date
from typing import Any

from openpyxl import Workbook, load_workbook
from sqlalchemy import event, select
from werkzeug.test import TestResponse

from intake.cases.case import Case, Channel
from intake.cases.event import Event
from intake.cases.order import Order
from intake.order_number import order_numbered
from tests.admin.desk.people import Desks, filled
from tests.intake.pages.journey import Page, opened
from tests.pages.markup import findings

DAY = "2022-06-20"
NUMBER = "WH-12345-0620-001"
SAID = "我妈的高龄津贴三个月没发了，问了社区两次"
HOTLINE, AUDIT = "hotline_12345", "audit"
ORDER = {
    "number": NUMBER,
    "ordered_on": DAY,
    "answer_by": "2022-06-27",
    "words": SAID,
    "policy": "MZ11",
}
HEAD = ["编号", "交办日期", "答复期限", "类别", "内容", "补贴", "姓名", "电话"]


def sound(page: Page) -> Page:
    """The page, once its markup was looked at."""
    found = findings(page.html)
    assert found == [], found
    return page


def read(desks: Desks, name: str, path: str, status: int = 200) -> Page:
    """A page, whose markup is checked on the way."""
    page = opened(desks.get(name, path))
    assert page.status == status, (path, page.status, page.text if page.html else "")
    return page if status == 404 else sound(page)


def look(desks: Desks, name: str = "office", source: str = HOTLINE, **typed: str) -> Page:
    """What an order would become, or the form with what is wrong."""
    path = f"/staff/orders/new?source={source}"
    fields = read(desks, name, path).fields | ORDER | typed
    return sound(opened(desks.at(name).post(path, data=fields | {"step": "check"})))


def enter(desks: Desks, name: str = "office", source: str = HOTLINE, **typed: str) -> TestResponse:
    """Enter an order: look at it, and register it."""
    shown = look(desks, name, source, **typed)
    assert shown.status == 200, shown.text
    path = f"/staff/orders/new?source={source}"
    return desks.at(name).post(path, data=shown.fields | {"step": "register"})


def entered(desks: Desks, name: str = "office", source: str = HOTLINE, **typed: str) -> str:
    """The number of the case that an order became."""
    answer = enter(desks, name, source, **typed)
    assert answer.status_code == 303, answer.text
    return case_of(desks, (ORDER | typed)["number"], source).number


def case_of(desks: Desks, number: str = NUMBER, source: str = HOTLINE) -> Case:
    """The case of a sender's number, whoever asks."""
    with desks.deployment.database.reading() as session:
        order = order_numbered(session, Channel(source), number)
        assert order is not None, number
        return session.get_one(Case, order.case_id)


def stored(desks: Desks, number: str) -> Order:
    """The order of a case as it is stored."""
    with desks.deployment.database.reading() as session:
        case = session.scalars(select(Case).where(Case.number == number)).one()
        return session.get_one(Order, case.id)


def how_many(desks: Desks) -> int:
    """How many cases there are."""
    with desks.deployment.database.reading() as session:
        return len(session.scalars(select(Case.id)).all())


def events(desks: Desks, number: str, *names: str) -> list[dict[str, Any]]:
    """The facts of a case's events of some names, in their order."""
    with desks.deployment.database.reading() as session:
        case = session.scalars(select(Case).where(Case.number == number)).one()
        wanted = select(Event).where(Event.case_id == case.id, Event.name.in_(names))
        return [one.facts for one in session.scalars(wanted.order_by(Event.seq))]


def workbook(*lines: list[Any], head: list[str] | None = None) -> bytes:
    """A workbook with some lines below its headings."""
    made = Workbook()
    for line in [head or HEAD, *lines]:
        made.worksheets[0].append(line)
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def line(number: str = NUMBER, **changed: Any) -> list[Any]:
    """A line that is right, but for what is changed, by heading."""
    cells: dict[str, Any] = {
        "编号": number,
        "交办日期": date(2022, 6, 20),
        "答复期限": "2022年6月27日",
        "类别": "投诉",
        "内容": SAID,
        "补贴": "MZ11",
        "姓名": "",
        "电话": "",
    }
    return [(cells | changed)[heading] for heading in HEAD]


def upload(
    desks: Desks, content: bytes, name: str = "office", source: str = HOTLINE, audit_body: str = ""
) -> TestResponse:
    """Send a spreadsheet, as bytes that the client doesn't spool itself."""
    path = f"/staff/orders/sheets?source={source}"
    token = read(desks, name, path).fields["csrf_token"]
    head = (
        f'--B\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n{token}\r\n'
        f'--B\r\nContent-Disposition: form-data; name="audit_body"\r\n\r\n{audit_body}\r\n'
        f'--B\r\nContent-Disposition: form-data; name="file"; filename="a.xlsx"\r\n\r\n'
    )
    body = head.encode() + content + b"\r\n--B--\r\n"
    return desks.at(name).post(
        path,
        input_stream=io.BytesIO(body),
        content_length=len(body),
        content_type="multipart/form-data; boundary=B",
    )


def looked_at(
    desks: Desks, content: bytes, name: str = "office", source: str = HOTLINE
) -> tuple[str, Page]:
    """The address of an uploaded spreadsheet, and its page."""
    answer = upload(desks, content, name, source)
    assert answer.status_code == 303, opened(answer).text
    return answer.location, read(desks, name, answer.location)


def confirm(desks: Desks, address: str, name: str = "office") -> TestResponse:
    """Press the button that registers a spreadsheet."""
    token = read(desks, name, address).fields["csrf_token"]
    return desks.at(name).post(f"{address}/confirm", data={"csrf_token": token})


def listed(desks: Desks, query: str = "", name: str = "office") -> list[str]:
    """The numbers on a page of the office's list, in order."""
    page = read(desks, name, f"/staff/orders?{query}")
    return re.findall(r'<th scope="row">\s*<a href="/staff/cases/([A-Z0-9]+)/order"', page.main)


def export(desks: Desks, name: str, query: str = "") -> TestResponse:
    """Press the button that exports the answers, or its like where there is none."""
    token = filled(desks.get(name, "/staff/account").text)["csrf_token"]
    path = f"/staff/orders/answers.xlsx?{query}"
    return desks.at(name).post(path, data={"csrf_token": token})


def exported(desks: Desks, query: str = "", name: str = "office") -> list[list[Any]]:
    """The lines of the exported answers, without the headings."""
    answer = export(desks, name, query)
    assert answer.status_code == 200
    sheet = load_workbook(io.BytesIO(answer.data)).worksheets[0]
    return [list(cells) for cells in sheet.iter_rows(min_row=2, values_only=True)]


def act(desks: Desks, case: str, what: str, name: str = "office", **typed: str) -> TestResponse:
    """Open the page of an act on the order of a case and send its form."""
    path = f"/staff/cases/{case}/order/{what}"
    return desks.at(name).post(path, data=read(desks, name, path).fields | typed)


def statements(desks: Desks, name: str, path: str) -> int:
    """How many statements a page costs."""
    desks.at(name)
    sent: list[str] = []
    engine = desks.deployment.staff.extensions["database"].engine
    note = lambda *given: sent.append(str(given[2]))  # noqa: E731  # Taken off again below.
    event.listen(engine, "before_cursor_execute", note)
    assert desks.get(name, path).status_code == 200
    event.remove(engine, "before_cursor_execute", note)
    return len(sent)
