"""Files as people send them, with what must not stay in them. What must go says SECRET."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from typing import Any

import docx
import openpyxl
import pikepdf
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image as SheetImage
from pikepdf import Array, Dictionary, Name, Pdf, Stream
from PIL import Image

SECRET = b"SECRET"
_DEVICE, _PLACES, _NORTH, _LATITUDE = 0x010F, 0x8825, 1, 2
_FETCHES = "INCLUDEPICTURE http://SECRET.example/x"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def halves(width: int = 60, height: int = 40) -> Image.Image:
    """A picture that is red on its left and blue on its right."""
    image = Image.new("RGB", (width, height), "blue")
    image.paste("red", (0, 0, width // 2, height))
    return image


def photograph(orientation: int = 1, image: Image.Image | None = None) -> bytes:
    """A JPEG as a telephone writes it: with its device, its place, a comment and something hung
    on."""
    image = image or halves()
    exif = image.getexif()
    exif[_DEVICE] = "SECRET telephone"
    exif[0x0112] = orientation
    exif[_PLACES] = {_NORTH: "N", _LATITUDE: (30.0, 33.0, 12.0)}
    file = io.BytesIO()
    image.save(file, "JPEG", quality=95, exif=exif, comment=b"SECRET comment")
    return file.getvalue() + b"SECRET hung on"


def picture(kind: str, image: Image.Image | None = None, **options: object) -> bytes:
    """A picture in one of Pillow's formats."""
    file = io.BytesIO()
    (image or halves()).save(file, kind, **options)
    return file.getvalue()


def document(encryption: pikepdf.Encryption | None = None) -> bytes:
    """A PDF with a photograph and a stamp on its page, and with everything that must go."""
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(200, 200))
        page = pdf.pages[0].obj
        drawn = Stream(pdf, photograph())
        drawn.Type, drawn.Subtype = Name.XObject, Name.Image
        drawn.Width, drawn.Height, drawn.BitsPerComponent = 60, 40, 8
        drawn.ColorSpace, drawn.Filter = Name.DeviceRGB, Name.DCTDecode
        drawn.Metadata = pdf.make_stream(b"<x>SECRET</x>")
        drawn.PieceInfo = Dictionary(SECRET=Dictionary(Private="SECRET"))
        page.Resources = Dictionary(XObject=Dictionary(A=drawn))
        page.Contents = pdf.make_stream(b"q 60 0 0 40 10 10 cm /A Do Q")
        page.AA = Dictionary(O=_script())
        page.Annots = Array([pdf.make_indirect(_stamp(pdf)), pdf.make_indirect(_link())])
        _hang_onto(pdf)
        file = io.BytesIO()
        pdf.save(file, encryption=encryption)
    return file.getvalue()


def _hang_onto(pdf: Pdf) -> None:
    pdf.Root.OpenAction = _script()
    pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array(["a", _script()])))
    pdf.attachments["SECRET.exe"] = b"MZ SECRET"
    pdf.docinfo["/Author"] = "SECRET author"
    with pdf.open_metadata() as metadata:
        metadata["dc:title"] = "SECRET title"


def _script() -> Dictionary:
    return Dictionary(S=Name.JavaScript, JS="app.alert('SECRET')")


def _stamp(pdf: Pdf) -> Dictionary:
    shown = Stream(pdf, b"1 0 0 rg 0 0 50 50 re f")
    shown.Type, shown.Subtype, shown.BBox = Name.XObject, Name.Form, Array([0, 0, 50, 50])
    return Dictionary(
        Type=Name.Annot,
        Subtype=Name.Stamp,
        Rect=Array([100, 100, 150, 150]),
        AP=Dictionary(N=shown),
        T="SECRET who stamped",
    )


def _link() -> Dictionary:
    return Dictionary(
        Type=Name.Annot,
        Subtype=Name.Link,
        Rect=Array([0, 0, 10, 10]),
        A=Dictionary(S=Name.URI, URI="http://SECRET.example"),
    )


def letter() -> bytes:
    """A Word file with a photograph, a comment, a link, and a field that fetches a picture."""
    word = docx.Document()
    word.core_properties.author = "SECRET author"
    paragraph = word.add_paragraph("高龄津贴没有发")
    word.add_picture(io.BytesIO(photograph()))
    word.add_comment(paragraph.runs, text="请看这里", author="SECRET writer", initials="SE")
    link = word.part.relate_to("http://SECRET.example", f"{_RELATIONS}/hyperlink", is_external=True)
    for inside in (
        f'<w:hyperlink r:id="{link}"><w:r><w:t>链接的字</w:t></w:r></w:hyperlink>',
        f'<w:fldSimple w:instr="{_FETCHES}"><w:r><w:t>域的字</w:t></w:r></w:fldSimple>',
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>',
        "<w:r><w:instrText> DDE</w:instrText></w:r>",
        "<w:r><w:instrText>AUTO SECRET </w:instrText></w:r>",
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
    ):
        whole = parse_xml(f"<w:p {nsdecls('w', 'r')}>{inside}</w:p>")
        paragraph._p.append(whole[0])
    file = io.BytesIO()
    word.save(file)
    return file.getvalue()


def sheet() -> bytes:
    """An Excel file with a photograph, a note, a link, and formulas good and bad."""
    book = openpyxl.Workbook()
    book.properties.creator = "SECRET author"
    page: Any = book.active
    page["A1"], page["B1"], page["B2"] = "户主", 3, 4
    page["B3"] = "=SUM(B1:B2)"
    page["C1"] = '=WEBSERVICE("http://SECRET.example")'
    page["C2"] = "=SECRET|'/c calc'!A1"
    page["D1"] = "链接的字"
    page["D1"].hyperlink = "http://SECRET.example"
    page["A1"].comment = Comment("请看这里", "SECRET writer")
    page.add_image(SheetImage(io.BytesIO(photograph())), "F1")
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def repacked(package: bytes, new: Mapping[str, bytes]) -> bytes:
    """The package with these parts added or put in the place of others."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(file, "w", 8) as made:
        for name in old.namelist():
            if name not in new:
                made.writestr(name, old.read(name))
        for name, content in new.items():
            made.writestr(name, content)
    return file.getvalue()


def parts_of(package: bytes) -> dict[str, bytes]:
    """Every part of a package, unpacked."""
    with zipfile.ZipFile(io.BytesIO(package)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def archive(**parts: bytes) -> bytes:
    """A ZIP."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return file.getvalue()
