"""Photographs and papers as evidence of the ledger."""

from __future__ import annotations

import re

import pytest

from admin.system.sweeping import KEPT_SECONDS, sweep_files
from intake.attachments.store import FileStore
from portal.foundation import clock
from tests.admin.conftest import NOON
from tests.admin.evidence import PHOTO, is_for, offered, send, send_again
from tests.admin.house import FOUND, PLANNED, House
from tests.intake.pages.files import RECORDING, kept
from tests.intake.pages.journey import Page

DONE = {"done_on": "2022-06-05", "evidence": "银行回单8张，号码在台账里"}
CHECKED = {
    "what_is_wrong": FOUND,
    "unit": "MZ",
    "found_by": "MZ",
    "problem_type": "1.2",
    "policy": "MZ11",
    "place": "",
    "rectify_by": "2022-07-15",
}


def measured(house: House, unit: str = "MZ", officer: str = "min") -> str:
    """The address of a problem of which a unit recorded a measure."""
    number = house.problem(house.answered_case(submission=unit), unit=unit)
    at = f"/staff/problems/{number}"
    typed = {"version": str(house.version(number)), "text": "补发", **PLANNED}
    assert house.post(officer, f"{at}/measures", **typed).status_code == 303
    return at


def version(house: House, at: str) -> str:
    return str(house.version(at.rpartition("/")[2]))


def done(house: House, at: str, *files: tuple[str, bytes], **typed: str) -> Page:
    return send(
        house, "min", f"{at}/measures/1", *files, **{"version": version(house, at), **DONE, **typed}
    )


def test_a_photograph_proves_a_measure_to_those_who_read_its_words(house_on_each: House) -> None:
    house = house_on_each
    other = measured(house, "ST05", "jie")
    typed = {"version": version(house, other), **DONE}
    send(house, "jie", f"{other}/measures/1", ("别人的.jpg", PHOTO[1]), **typed)
    at = measured(house)
    assert "没有，不挡销号" in house.get("min", at)
    house.get("min", f"{at}/measures/1")
    assert done(house, at, PHOTO).status == 303
    page = house.get("lu", at)
    [file] = offered(page)
    assert "证明材料1.jpg（图片，0.1兆）" in page
    assert "张大妈" not in page
    is_for(house, file, readers={"min", "zheng", "lu"}, others={"jie", "tui", "shen"})
    # Of another problem it isn't, though its reader sees that, too.
    elsewhere = file.replace(at.rpartition("/")[2], other.rpartition("/")[2])
    assert house.browser("lu").get(elsewhere).status_code == 404
    with clock.stopped_at(NOON.replace(day=8)):
        assert KEPT_SECONDS < 86_400
        assert sweep_files(house.deployment.database) == 0
    is_for(house, file, readers={"min"}, others=set())


def test_files_alone_prove_nothing(house: House) -> None:
    at = measured(house)
    page = done(house, at, PHOTO, evidence=" ")
    assert page.status == 422
    assert "请写完成的证明" in page.text
    assert offered(house.get("lu", at)) == []


@pytest.mark.parametrize(
    ("file", "told"),
    [(("说明.html", b"<html><body>x"), "网页文件不能收"), (PHOTO, "现在存不下文件")],
    ids=["wrong type", "disk full"],
)
def test_what_isnt_taken_holds_the_words_back(
    house: House, file: tuple[str, bytes], told: str
) -> None:
    at = measured(house)
    good = done(house, at, ("好的.mp3", RECORDING), more_files="y")
    assert good.status == 200
    app = house.deployment.staff
    room = app.extensions["files"]
    if file is PHOTO:
        app.extensions["files"] = FileStore(house.deployment.settings.files_dir, kept_free=1 << 60)
    sent = {"version": version(house, at), **DONE}
    page = send_again(house, "min", f"{at}/measures/1", kept(good), file, **sent)
    app.extensions["files"] = room
    assert page.status == 422
    assert told in page.text
    assert DONE["evidence"] in page.html
    assert len(kept(page)) == 1
    # Pressed again, it goes without the other one; a colleague's form isn't worth anything.
    assert offered(house.get("lu", at)) == []
    stolen = send_again(house, "zheng", f"{at}/measures/1", kept(page), **sent)
    assert stolen.status == 422
    assert send_again(house, "min", f"{at}/measures/1", kept(page), **sent).status == 303
    assert len(offered(house.get("lu", at))) == 1


def test_a_finding_and_the_heads_word_bring_files_once(house: House) -> None:
    house.get("min", "/staff/problems/own-check")
    sent = {**CHECKED, "once": "c" * 32}
    first = send(house, "min", "/staff/problems/own-check", PHOTO, **sent)
    assert first.status == 303
    assert send(house, "min", "/staff/problems/own-check", PHOTO, **sent).status == 303
    [number] = set(re.findall(r"/staff/problems/(JHW\d+)", house.get("lu", "/staff/problems")))
    at = f"/staff/problems/{number}"
    assert len(offered(house.get("lu", at))) == 1
    house.post("min", f"{at}/measures", version=version(house, at), text="补发", **PLANNED)
    done(house, at)
    typed = {"version": version(house, at), "word": "改到位了"}
    assert send(house, "zheng", f"{at}/rectified", PHOTO, **typed).status == 303
    page = house.get("lu", at)
    assert "报整改完成时附的" in page
    assert len(offered(page)) == 2


def test_a_problem_from_a_case_takes_no_files(house: House) -> None:
    case = house.answered_case()
    assert 'type="file"' not in house.get("chen", f"/staff/problems/new?case={case}")
