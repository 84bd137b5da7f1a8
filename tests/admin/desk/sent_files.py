"""Files that staff send to a reporter, in a browser."""

from __future__ import annotations

import re

from tests.admin.desk.people import Desks, filled
from tests.intake.attachments.samples import letter, repacked
from tests.intake.pages.files import RECORDING, kept, photo, send_files
from tests.intake.pages.journey import Page, opened

FORM = ("高龄津贴申请表-李科长改.mp3", RECORDING)
SCAN = ("扫描.jpg", photo())
MACROS = ("申请表.docx", repacked(letter(), {"word/vbaProject.bin": b"VBA"}))
REPLY = "查清了，少发的三个月下周补上，见附件1"


def sends(
    desks: Desks,
    name: str,
    number: str,
    act: str,
    *files: tuple[str, bytes],
    page: Page | None = None,
    **typed: str,
) -> Page:
    """Send an act's form with files: the page that was opened for it, or that it gave back."""
    path = f"/staff/cases/{number}/{act}"
    page = page or opened(desks.get(name, f"{path}?list=tab%3Dopen"))
    no_files = {"kept_file", "dropped_file"}
    fields = {k: v for k, v in filled(page.html).items() if k not in no_files} | typed
    return send_files(desks.at(name), path, fields, *files, kept=kept(page))


def accepted(desks: Desks, **changed: object) -> tuple[str, str]:
    """The number and the code of a case that its unit has accepted."""
    registered = desks.register(**changed)  # type: ignore[arg-type]
    number = registered.case.number
    desks.through(number, ("mz-officer", "sign-for", ""), ("mz-officer", "accept", ""))
    return number, registered.query_code


def drafts(desks: Desks, number: str, *files: tuple[str, bytes], words: str = REPLY) -> Page:
    """The unit's officer drafts a reply with files."""
    page = sends(desks, "mz-officer", number, "draft", *files, words=words)
    assert page.status == 303, page.text
    return page


def offered(html: str) -> list[str]:
    """The addresses of files on a page of the staff, each to save it, in order."""
    found = re.findall(r'href="[^"]*(/staff/cases/[A-Z0-9]+/files/[0-9a-f]{32})', html)
    return list(dict.fromkeys(found))


def on_page(desks: Desks, name: str, number: str, act: str = "") -> list[str]:
    """The files on the page of a case, or of one of its acts."""
    place = f"/staff/cases/{number}" + (f"/{act}" if act else "")
    return offered(desks.get(name, place).text)
