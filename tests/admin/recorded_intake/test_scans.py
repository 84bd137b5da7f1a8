"""A letter with its scan, and what visitors bring: taken with the words, never shown to the clerk
again."""

from __future__ import annotations

import pytest

from tests.admin.desk.people import Desks
from tests.admin.recorded_intake.clerk import SAID, form, sound
from tests.intake.pages.files import kept, photo, send_files, typed
from tests.intake.pages.journey import Page
from tests.pages.checks import check_html


def send(desks: Desks, page: Page, channel: str, *files: tuple[str, bytes], **given: str) -> Page:
    path = f"/staff/recorded/new?channel={channel}"
    fields = typed(page, **given)
    return sound(send_files(desks.at("clerk"), path, fields, *files, kept=kept(page)))


@pytest.mark.parametrize("channel", ["letter", "visit", "telephone"])
def test_scans_go_with_the_words(desks: Desks, channel: str) -> None:
    asked = form(desks, "clerk", channel)
    first = send(desks, asked, channel, ("第一页.jpg", photo()), words=SAID, step="edit")
    read_back = send(desks, first, channel, ("第二页.jpg", photo(colour="blue")), step="check")
    receipt = send(desks, read_back, channel, step="register")
    number, code = receipt.receipt
    page = desks.get("mz-officer", f"/staff/cases/{number}").text

    assert check_html(read_back.html) == check_html(receipt.html) == []
    assert "第一页.jpg、第二页.jpg" in read_back.text
    assert "材料收到了2个" in receipt.text
    assert "第一页.jpg" in page
    assert "第二页.jpg" in page
    # The clerk sees his entry afterwards, and nothing of what was in it.
    entry = desks.get("clerk", f"/staff/recorded/{number}").text
    assert "第一页" not in entry
    assert (
        desks.get(
            "clerk", f"/staff/cases/{number}/files/00000000000000000000000000000000"
        ).status_code
        == 404
    )
    # Nor does the code that he saw open them, until its holder has changed it.
    assert (
        desks.deployment.citizen().post("/progress/file", data={"query_code": code}).status_code
        != 200
    )


def test_a_scan_that_is_refused_takes_no_word_with_it(desks: Desks) -> None:
    asked = form(desks, "clerk", "letter")
    read_back = send(desks, asked, "letter", ("包.zip", b"PK\x05\x06" + bytes(18)), words=SAID)
    assert "压缩包不能收" in read_back.text
    receipt = send(desks, read_back, "letter", step="register")

    assert receipt.receipt
