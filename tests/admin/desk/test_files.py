"""Files of a case on the staff side: for whom they are, and for whom they don't exist."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import pytest
from PIL import Image
from sqlalchemy import select
from werkzeug.test import TestResponse

from intake.attachments.file_type import FileType
from intake.attachments.stored_file import StoredFile
from intake.cases.case import Case
from intake.vault.sealed_file import fresh_key
from tests.admin.desk.people import COMPLAINT, NOISE, TIP_OFF, Desks
from tests.intake.pages.files import photo
from tests.pages.checks import check_html

SEEN = b"what the photograph shows"


def stored(desks: Desks, name: str = "存折.jpg", content: bytes = SEEN) -> StoredFile:
    """A file as it lies in the store once it was taken."""
    key = fresh_key()
    file = desks.deployment.public.extensions["files"].new(key)
    file.write(content)
    file.keep()
    return StoredFile(name, FileType.JPEG, len(content), name, file.name, key)


def with_file(desks: Desks, **changed: object) -> str:
    """A case with a file; another unit has one too."""
    desks.case(NOISE, files=(stored(desks, "别人的.jpg"),))
    return desks.case(**{"draft": COMPLAINT, "files": (stored(desks),)} | changed)  # type: ignore[arg-type]


def offered(page: str) -> list[str]:
    """The addresses of files on a page, each to save it."""
    return re.findall(r'href="[^"]*(/staff/cases/[A-Z0-9]+/files/[0-9a-f]{32})(?:/pages/1)?"', page)


def save(desks: Desks, name: str, number: str) -> TestResponse:
    """Save the one file of a case as somebody for whom the office looked up its address."""
    (address,) = offered(desks.get("office", f"/staff/cases/{number}").text)
    return desks.get(name, address)


def test_the_unit_in_charge_saves_what_came_with_the_words(desks_on_each: Desks) -> None:
    desks = desks_on_each
    number = with_file(desks)
    page = desks.get("mz-officer", f"/staff/cases/{number}").text
    (address,) = offered(page)
    answer = desks.get("mz-officer", address)

    assert check_html(page) == []
    assert "存折.jpg" in page
    assert (answer.status_code, answer.data) == (200, SEEN)
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer.headers["Content-Disposition"].startswith("attachment; filename*=UTF-8''")
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("name", ["rs-officer", "clerk", "auditor", "admin", "publisher"])
def test_for_everybody_else_it_does_not_exist(desks: Desks, name: str) -> None:
    number = with_file(desks)

    assert save(desks, name, number).status_code in {403, 404}
    assert save(desks, name, number).data != SEEN


def test_a_file_is_of_its_own_case_only(desks: Desks) -> None:
    number = with_file(desks)
    (address,) = offered(desks.get("office", f"/staff/cases/{number}").text)
    other = desks.case()

    assert desks.get("office", address.replace(number, other)).status_code == 404


def test_whom_a_tip_off_accuses_never_finds_its_file(desks: Desks) -> None:
    number = with_file(desks, draft=TIP_OFF, accused="区民政局")

    assert save(desks, "mz-officer", number).status_code == 404
    assert save(desks, "office", number).data == SEEN


def test_where_words_would_betray_a_photograph_would_too(desks: Desks) -> None:
    number = with_file(desks)
    assert save(desks, "mz-officer", number).status_code == 200
    assert desks.act("office", number, "withhold", words="有人反映没有发").status_code == 303
    page = desks.get("mz-officer", f"/staff/cases/{number}").text

    assert offered(page) == []
    assert "存折" not in page
    assert save(desks, "mz-officer", number).status_code == 404
    assert save(desks, "office", number).status_code == 200


@pytest.mark.parametrize("goes_along", [True, False])
def test_a_part_takes_along_what_the_office_chose(desks: Desks, goes_along: bool) -> None:
    number = with_file(desks, words="我妈的高龄津贴没发。我自己的灵活就业社保补贴也没有到账。")
    form = desks.get("office", f"/staff/cases/{number}/split").text
    assert check_html(form) == []
    (choice,) = re.findall(r'name="files"\s+value="([0-9a-f]{32})"', form)
    chosen = {"files": choice} if goes_along else {}
    cut = {"words": "灵活就业社保补贴没有到账", "kind": "complaint", "policy": "RS01"}
    assert desks.act("office", number, "split", **cut, **chosen).status_code == 303
    part = part_of(desks, number)
    files = offered(desks.get("rs-officer", f"/staff/cases/{part}").text)

    assert len(files) == goes_along
    assert [desks.get("rs-officer", one).data for one in files] == [SEEN] * goes_along
    assert save(desks, "rs-officer", number).status_code == 404


def test_a_photograph_is_looked_at_without_saving_it(desks: Desks) -> None:
    number = with_file(desks, files=(stored(desks, content=photo()),))
    (address,) = offered(desks.get("mz-officer", f"/staff/cases/{number}").text)
    page = desks.get("mz-officer", f"{address}/pages/1")
    picture = desks.get("mz-officer", f"{address}/pages/1/picture")

    assert check_html(page.text) == []
    assert f'src="{address}/pages/1/picture"' in page.text
    assert picture.headers["Content-Type"] == "image/jpeg"
    assert Image.open(io.BytesIO(picture.data)).size == (64, 48)
    assert desks.get("mz-officer", f"{address}/pages/2/picture").status_code == 404
    for path in (f"{address}/pages/1", f"{address}/pages/1/picture"):
        assert desks.get("rs-officer", path).status_code == 404


def part_of(desks: Desks, number: str) -> str:
    whole = desks.stored(number)
    with desks.deployment.database.reading() as session:
        found = session.scalars(select(Case.number).where(Case.part_of_id == whole.id)).one()
        return str(found)


def test_a_file_that_was_lost_says_so(desks: Desks) -> None:
    file = stored(desks)
    number = with_file(desks, files=(replace(file, key=fresh_key()),))
    answer = save(desks, "mz-officer", number)

    assert answer.status_code == 410
    assert "这个文件打不开了" in answer.text


def test_names_that_would_lead_astray_are_made_harmless(desks: Desks) -> None:
    number = with_file(desks, files=(stored(desks, '../"a\u202egpj.exe\r\nX: y'),))
    answer = save(desks, "mz-officer", number)

    assert answer.status_code == 200
    name = answer.headers["Content-Disposition"]
    assert not set(name.split("''")[1]) & set('/\\"\r\n ')
    assert "%E2%80%AE" not in name
    assert name.endswith(".jpg")
