"""What people at the desks do with formal documents, in their browsers."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape

from werkzeug.test import TestResponse

from intake.cases.case import Identity
from intake.cases.formal_document import FormalDocument
from portal.campaign.kinds import Kind
from tests.admin.desk.people import COMPLAINT, Desks, filled
from tests.pages.checks import check_html

PETITION = replace(
    COMPLAINT,
    kind=Kind.PETITION,
    words="请求补发我妈三个月的高龄津贴",
    identity=Identity.REAL_NAME,
    contact_name="万秋月",
    contact_phone="13907123456",
)
OPINION = {
    "request": "补发三个月高龄津贴",
    "facts": "查明：2022年3月起没有发放。\n原因是换卡后账号没有更新。",
    "grounds": "符合高龄津贴的条件",
    "outcome": "support",
    "opinion": "补发三个月，共300元",
}
SLUG = "handling-opinion"


def at(number: str, rest: str = "") -> str:
    """An address among a case's documents."""
    return f"/staff/cases/{number}/documents{rest}"


def read(desks: Desks, name: str, path: str, status: int = 200) -> str:
    """A page, whose markup is checked on the way."""
    answer = desks.get(name, path)
    assert answer.status_code == status, (path, answer.status_code)
    if status != 404:
        assert check_html(answer.text, thorough=False) == []
    return answer.text


def fields_of(desks: Desks, name: str, path: str) -> dict[str, str]:
    """What a browser sends of a page's last form if nobody changes anything."""
    page = desks.get(name, path).text
    form = page[page.rindex("<form") :]
    fields = filled(page)
    for tag in re.findall(r"<input[^>]*>", form):
        value = re.search(r'value="([^"]*)"', tag)
        if ('type="radio"' in tag and " checked" in tag) or 'type="text"' in tag:
            fields[re.search(r'name="([^"]*)"', tag)[1]] = unescape(value[1] if value else "")  # type: ignore[index]
    return fields


def send(desks: Desks, name: str, path: str, page: str = "", **typed: str) -> TestResponse:
    """Open a page and send its last form with what is typed."""
    fields = fields_of(desks, name, page or path) | typed
    return desks.at(name).post(path, data=fields)


def drafted(
    desks: Desks, number: str, name: str = "mz-officer", slug: str = SLUG, **typed: str
) -> str:
    """Draft a document; returns its key."""
    answer = send(desks, name, at(number, f"/new/{slug}"), **(typed or OPINION))
    assert answer.status_code == 303, unescape(answer.text)
    return re.search(r"/documents/(WS[0-9A-F]+)\?", answer.location)[1]  # type: ignore[index]


def issue(desks: Desks, number: str, key: str, name: str = "mz-head") -> TestResponse:
    """Press the button that issues a document, on the page as it is now; whoever has no button
    sends the form that the page would have."""
    page = desks.get(name, at(number, f"/{key}")).text
    token = re.search(r'name="csrf_token"[^>]*value="([^"]*)"', page)
    fields = {
        "csrf_token": token[1] if token else "",
        "version": str(desks.stored(number).version),
    }
    return desks.at(name).post(at(number, f"/{key}/issue"), data=fields)


def issued(desks: Desks, number: str, **draft: str) -> str:
    """Draft and issue a handling opinion; returns its key."""
    key = drafted(desks, number, **draft)
    assert issue(desks, number, key).status_code == 303
    return key


def stored(desks: Desks, key: str) -> FormalDocument:
    """The document as it is stored."""
    with desks.deployment.database.reading() as session:
        found: FormalDocument = session.query(FormalDocument).where(FormalDocument.key == key).one()
        return found
