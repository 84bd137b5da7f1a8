"""The templates that the product brings along, made by code, so that a change of one can be read
like any other. Layout after GB/T 9704: A4, heading in the middle, 仿宋 of 16 pt."""

from __future__ import annotations

import io
import zipfile
from functools import cache
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from admin.documents.variables import OF_PART
from intake.rules.formal_documents import PARTS, DocumentKind

_BODY, _HEAD, _TITLE = "仿宋", "黑体", "宋体"
_BODY_SIZE, _TITLE_SIZE, _LINE = Pt(16), Pt(22), Pt(28)
_INDENT = Pt(32)  # Two characters of the body.
# Every entry has the same time, so that the same template is the same file.
_SAME_TIME = (1980, 1, 1, 0, 0, 0)
_HEADINGS = "一二三四五六七八"


class Sheet:
    """A template being written, line by line."""

    def __init__(self) -> None:
        self._document = Document()
        _page(self._document)

    def letterhead(self, text: str) -> None:
        """Who writes, in the middle above all else."""
        _line(self._document, text, _HEAD, align=WD_ALIGN_PARAGRAPH.CENTER)

    def title(self, text: str) -> None:
        """What it is."""
        centre = WD_ALIGN_PARAGRAPH.CENTER
        _line(self._document, text, _TITLE, size=_TITLE_SIZE, align=centre)

    def caption(self, text: str) -> None:
        """A line in the middle."""
        _line(self._document, text, align=WD_ALIGN_PARAGRAPH.CENTER)

    def heading(self, text: str) -> None:
        """What stands above a part."""
        _line(self._document, text, _HEAD, indent=True)

    def text(self, text: str) -> None:
        """A paragraph."""
        _line(self._document, text, indent=True)

    def block(self, text: str) -> None:
        """A line without an indent, such as one that becomes a table."""
        _line(self._document, text)

    def end(self, text: str) -> None:
        """Who signs, and when, at the right."""
        _line(self._document, text, align=WD_ALIGN_PARAGRAPH.RIGHT)

    def made(self) -> bytes:
        """The DOCX; the same bytes for the same lines."""
        written = io.BytesIO()
        self._document.save(written)
        return tidied(written.getvalue())


@cache
def shipped(kind: DocumentKind) -> bytes:
    """The product's own template of a kind; the same bytes at every call and in every process."""
    sheet = Sheet()
    sheet.letterhead("{{单位}}")
    sheet.title("{{标题}}")
    sheet.caption("{{文号}}")
    sheet.block("{{收件人}}：")
    sheet.text("您的来件（编号{{来件编号}}），现按规定答复如下。")
    for place, (part, label) in enumerate(PARTS[kind].items()):
        sheet.heading(f"{_HEADINGS[place]}、{label}")
        sheet.text("{{" + OF_PART[part] + "}}")
    sheet.text("联系电话：{{电话}}")
    sheet.end("{{单位}}（印章）")
    sheet.end("{{日期}}")
    return sheet.made()


def tidied(content: bytes) -> bytes:
    """The same DOCX without the moments at which its parts were written."""
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as parts,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as tidy,
    ):
        for name in parts.namelist():
            entry = zipfile.ZipInfo(name, _SAME_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            tidy.writestr(entry, parts.read(name))
    return packed.getvalue()


def _page(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    document.core_properties.author = ""
    document.core_properties.comments = ""


def _line(
    document: Any,
    text: str,
    font: str = _BODY,
    *,
    size: Pt = _BODY_SIZE,
    align: WD_ALIGN_PARAGRAPH = WD_ALIGN_PARAGRAPH.LEFT,
    indent: bool = False,
) -> None:
    paragraph = document.add_paragraph()
    layout = paragraph.paragraph_format
    layout.alignment = align
    layout.space_after = layout.space_before = Pt(0)
    layout.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    layout.line_spacing = _LINE if size == _BODY_SIZE else Pt(36)
    layout.first_line_indent = _INDENT if indent else None
    run = paragraph.add_run(text)
    run.font.size = size
    run.font.name = font
    run._element.rPr.rFonts.set(qn("w:eastAsia"), font)
