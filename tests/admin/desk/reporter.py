"""What the holder of a query code reads on his page."""

from __future__ import annotations

import re

from tests.admin.desk.people import Desks
from tests.intake.pages.journey import Page, opened


def page_of(desks: Desks, code: str) -> Page:
    """His page."""
    client = desks.deployment.citizen()
    return opened(client.post("/progress", data={"query_code": code}))


def adds(desks: Desks, code: str, words: str, number: str = "") -> Page:
    """His page after he added words, to the case of that number where there are several."""
    client = desks.deployment.citizen()
    page = opened(client.post("/progress", data={"query_code": code}))
    typed = page.fields | {"words": words} | ({"case_number": number} if number else {})
    return opened(client.post("/progress/words", data=typed))


def objects(desks: Desks, code: str, words: str) -> Page:
    """His page after he objected to an answer."""
    client = desks.deployment.citizen()
    page = opened(client.post("/progress", data={"query_code": code}))
    typed = page.fields | {"objection": words}
    return opened(client.post("/progress/object", data=typed))


def choices(page: Page) -> list[str]:
    """The numbers of the cases that words can be added to, where there are several."""
    return re.findall(r'name="case_number"\s+value="([A-Z0-9]+)"', page.html)
