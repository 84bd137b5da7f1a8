"""Of Word and Excel files stays what they show; nothing that acts, leads away, tells who wrote."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import docx
import openpyxl
import pytest

from intake.attachments import office
from intake.attachments.file_type import FileType, recognise_whole
from intake.attachments.refusal import NotTaken, Refusal
from tests.intake.attachments import samples

SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def refusal_of(data: bytes, file_type: FileType = FileType.DOCX) -> Refusal:
    with pytest.raises(NotTaken) as refused:
        office.clean(data, file_type)
    return refused.value.refusal


def without_secrets(package: bytes) -> bool:
    return not any(samples.SECRET in name.encode() + part for name, part in _parts(package))


def _parts(package: bytes) -> list[tuple[str, bytes]]:
    return list(samples.parts_of(package).items())


def test_a_letter_keeps_what_it_shows() -> None:
    received = samples.letter()
    assert not without_secrets(received)
    made = office.clean(received, FileType.DOCX)
    assert without_secrets(made)
    assert recognise_whole(made) is FileType.DOCX
    word = docx.Document(io.BytesIO(made))
    assert word.paragraphs[0].text.startswith("高龄津贴没有发链接的字")
    assert "域的字" in samples.parts_of(made)["word/document.xml"].decode()
    assert len(word.inline_shapes) == 1
    assert [(one.author, one.text) for one in word.comments] == [("-", "请看这里")]


def test_a_sheet_keeps_what_it_shows() -> None:
    received = samples.sheet()
    assert not without_secrets(received)
    made = office.clean(received, FileType.XLSX)
    assert without_secrets(made)
    assert recognise_whole(made) is FileType.XLSX
    page: Any = openpyxl.load_workbook(io.BytesIO(made)).active
    assert (page["A1"].value, page["B2"].value, page["D1"].value) == ("户主", 4, "链接的字")
    assert page["B3"].value == "=SUM(B1:B2)"
    assert page["C1"].value is page["C2"].value is None
    assert page["D1"].hyperlink is None
    assert page["A1"].comment.text == "请看这里"
    assert len(page._images) == 1


def test_a_cleaned_file_is_always_the_same() -> None:
    """Its parts tell no time."""
    made = office.clean(samples.letter(), FileType.DOCX)
    with zipfile.ZipFile(io.BytesIO(made)) as opened:
        assert {one.date_time for one in opened.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert office.clean(made, FileType.DOCX)


@pytest.mark.parametrize(
    "part", ["docProps/core.xml", "docProps/thumbnail.jpeg", "customXml/item1.xml"]
)
def test_what_nothing_shown_refers_to_stays_behind(part: str) -> None:
    made = office.clean(samples.repacked(samples.letter(), {part: b"<a/>"}), FileType.DOCX)
    assert part not in samples.parts_of(made)


@pytest.mark.parametrize(
    "part", ["word/vbaProject.bin", "xl/macrosheets/sheet1.xml", "word/activeX/activeX1.xml"]
)
def test_macros_are_refused(part: str) -> None:
    assert refusal_of(samples.repacked(samples.letter(), {part: b""})) is Refusal.MACROS


def test_macros_by_another_name_are_refused() -> None:
    parts = samples.parts_of(samples.letter())
    types = parts["[Content_Types].xml"].replace(
        b"openxmlformats-officedocument.wordprocessingml.document.main+xml",
        b"ms-word.document.macroEnabled.main+xml",
    )
    renamed = samples.repacked(samples.letter(), {"[Content_Types].xml": types})
    assert refusal_of(renamed) is Refusal.MACROS
    relations = parts["word/_rels/document.xml.rels"].replace(
        b"/relationships/numbering", b"/relationships/vbaProject"
    )
    tied = samples.repacked(samples.letter(), {"word/_rels/document.xml.rels": relations})
    assert refusal_of(tied) is Refusal.MACROS


def test_an_embedded_file_leaves_its_picture() -> None:
    body = (
        f'<w:document {SPACE} xmlns:o="urn:schemas-microsoft-com:office:office" '
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
        '<w:body><w:p><w:r><w:object><o:OLEObject ProgID="Package" r:id="rId99"/>'
        '<w:t>seen</w:t></w:object></w:r><w:altChunk r:id="rId98"/></w:p></w:body></w:document>'
    )
    changed = {"word/document.xml": body.encode(), "word/embeddings/oleObject1.bin": b"MZ"}
    made = office.clean(samples.repacked(samples.letter(), changed), FileType.DOCX)
    parts = samples.parts_of(made)
    assert not any("embeddings" in name for name in parts)
    assert b"OLEObject" not in parts["word/document.xml"]
    assert b"altChunk" not in parts["word/document.xml"]
    assert b"seen" in parts["word/document.xml"]


def test_a_picture_that_is_none_leaves_a_gap() -> None:
    for fake in (b"<svg onload='x'/>", b"MZ", samples.photograph()[:300]):
        changed = {"word/media/image1.jpg": fake}
        made = office.clean(samples.repacked(samples.letter(), changed), FileType.DOCX)
        assert not any("media" in name for name in samples.parts_of(made))
        docx.Document(io.BytesIO(made))


def test_an_old_drawing_that_is_no_xml_is_left_out() -> None:
    drawing = next(one for one in samples.parts_of(samples.sheet()) if one.endswith(".vml"))
    broken = samples.repacked(samples.sheet(), {drawing: b"<xml><br></xml>"})
    made = office.clean(broken, FileType.XLSX)
    assert drawing not in samples.parts_of(made)
    page: Any = openpyxl.load_workbook(io.BytesIO(made)).active
    assert page["A1"].value == "户主"


@pytest.mark.parametrize(
    ("formula", "stays"),
    [
        ("SUM(A1:A3)", True),
        ("SUM(Table1[金额])", True),
        ("'[Book.xlsx]Sheet1'!A1", False),
        ("[1]Sheet1!A1", False),
        ("cmd|'/c calc'!A1", False),
        ("IMAGE (A1)", False),
    ],
)
def test_a_formula_stays_unless_it_fetches_something(formula: str, stays: bool) -> None:
    book = openpyxl.Workbook()
    page: Any = book.active
    page["A9"] = f"={formula}"
    file = io.BytesIO()
    book.save(file)
    made = samples.parts_of(office.clean(file.getvalue(), FileType.XLSX))
    assert (b"</f>" in made["xl/worksheets/sheet1.xml"]) is stays


def test_what_unpacks_to_too_much_is_refused() -> None:
    flood = samples.repacked(samples.letter(), {"word/media/flood.bin": bytes(70 * 1024 * 1024)})
    assert len(flood) < 1024 * 1024
    assert refusal_of(flood) is Refusal.TOO_MUCH_INSIDE
    many = {f"word/media/{number}.bin": b"" for number in range(office.MOST_PARTS)}
    assert refusal_of(samples.repacked(samples.letter(), many)) is Refusal.TOO_MUCH_INSIDE


def test_definitions_of_ones_own_are_refused() -> None:
    """With them a few letters unfold to gigabytes, or to a file of this machine."""
    laughs = f'<!DOCTYPE w [<!ENTITY a "SECRET">]><w:document {SPACE}>&a;</w:document>'
    data = samples.repacked(samples.letter(), {"word/document.xml": laughs.encode()})
    assert refusal_of(data) is Refusal.DAMAGED


def test_a_locked_part_is_refused() -> None:
    data = bytearray(samples.archive(a=b"x"))
    data[6] |= 1
    central = data.index(b"PK\x01\x02")
    data[central + 8] |= 1
    assert refusal_of(bytes(data)) is Refusal.LOCKED


def test_a_package_of_something_else_is_refused() -> None:
    assert refusal_of(samples.sheet(), FileType.DOCX) is Refusal.OLD_OFFICE
    assert refusal_of(samples.archive(a=b"x")) is Refusal.DAMAGED
    assert refusal_of(b"PK\x03\x04") is Refusal.DAMAGED


def test_names_that_lead_elsewhere_lead_nowhere() -> None:
    relations = samples.parts_of(samples.letter())["word/_rels/document.xml.rels"]
    changed = {
        "word/_rels/document.xml.rels": relations.replace(b"styles.xml", b"../../../etc/passwd"),
        "etc/passwd": b"<a/>",
        "../evil.xml": b"<a/>",
    }
    made = office.clean(samples.repacked(samples.letter(), changed), FileType.DOCX)
    assert not any("passwd" in name or ".." in name for name in samples.parts_of(made))
