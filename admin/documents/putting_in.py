"""Putting tables and charts into a filled paper, each in the place of a paragraph.

A bar of a chart is a picture, one dot of colour drawn out to its length; its label and its number
are the paper's own text beside it. So no font has to lie on the machine, nothing has to be drawn,
and a reader's programme reads the chart aloud as a table.
"""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from admin.documents.block import Bars, Block, Grid

_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")
_COLOUR = (31, 78, 121)
# Wide tables are set smaller, or their sums would break in two.
_SIZE, _SMALL, _MANY = Pt(12), Pt(9), 6
_FIRST, _WHOLE = Mm(30), Mm(156)
_LABEL, _CHART, _NUMBER = Mm(42), Mm(84), Mm(26)
_LONGEST, _HEIGHT = Mm(78), Mm(4)


class Misplaced(ValueError):
    """A block that stands in no paragraph of its own in the text; `name` says which."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


def mark(name: str) -> str:
    """What a block's variable is filled with, until the block takes its place. People's words have
    no such signs left (see `filling`)."""
    return f"\ue000{name}\ue001"


def put_in(document: Any, blocks: Mapping[str, Block]) -> None:
    """Let every block take the place of the paragraphs that hold its mark and nothing else.

    Raises:
        Misplaced: a mark is left.
    """
    for paragraph in list(document.paragraphs):
        for name, block in blocks.items():
            if paragraph.text.strip() == mark(name):
                table = _table(document, block)
                paragraph._p.addprevious(table._tbl)
                paragraph.clear()
    for name in blocks:
        if any(mark(name) in text for text in _texts(document)):
            raise Misplaced(name)


def _texts(document: Any) -> Iterator[str]:
    for part in document.part.package.iter_parts():
        if part.partname.endswith(".xml") and hasattr(part, "element"):
            for paragraph in part.element.iter(qn("w:p")):
                yield "".join(one.text or "" for one in paragraph.iter(qn("w:t")))


def _table(document: Any, block: Block) -> Any:
    return _grid(document, block) if isinstance(block, Grid) else _bars(document, block)


def _grid(document: Any, block: Grid) -> Any:
    table = document.add_table(rows=0, cols=len(block.head))
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    _draw_lines(table)
    size = _SMALL if len(block.head) > _MANY else _SIZE
    others = (_WHOLE - _FIRST) // max(1, len(block.head) - 1)
    for place, row in enumerate((block.head, *block.rows)):
        cells = table.add_row().cells
        strong = place == 0 or (block.sums and place == len(block.rows))
        for at, (cell, text) in enumerate(zip(cells, row, strict=True)):
            cell.width = others if at else _FIRST
            _write(cell, text, size, strong=strong)
    if table.rows:
        _repeat_on_each_page(table.rows[0])
    return table


def _bars(document: Any, block: Bars) -> Any:
    table = document.add_table(rows=0, cols=3)
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    most = max((one.number for one in block.rows), default=0)
    for one in block.rows:
        cells = table.add_row().cells
        for cell, width in zip(cells, (_LABEL, _CHART, _NUMBER), strict=True):
            cell.width = width
        _write(cells[0], one.label, _SIZE)
        _write(cells[2], one.text, _SIZE)
        if one.number:
            length = max(1, round(_LONGEST * one.number / most))
            run = cells[1].paragraphs[0].add_run()
            run.add_picture(io.BytesIO(_dot()), width=length, height=_HEIGHT)
            _say(run, f"{one.label}{one.text}")
    return table


def _write(cell: Any, text: str, size: Pt, *, strong: bool = False) -> None:
    run = cell.paragraphs[0].add_run(text)
    run.font.size, run.bold = size, strong
    run.font.name = "仿宋"
    run._element.rPr.rFonts.set(qn("w:eastAsia"), "仿宋")


def _say(run: Any, text: str) -> None:
    """What is read aloud for a picture."""
    for described in run._element.iter(qn("wp:docPr")):
        described.set("descr", text)


def _draw_lines(table: Any) -> None:
    """Lines of its own, since a template may have no style for tables."""
    borders = OxmlElement("w:tblBorders")
    for side in _SIDES:
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", "808080")):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    table._tbl.tblPr.append(borders)


def _repeat_on_each_page(row: Any) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


@cache
def _dot() -> bytes:
    """A PNG of one dot."""
    header = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    dot = zlib.compress(bytes((0, *_COLOUR)), 9)
    parts = ((b"IHDR", header), (b"IDAT", dot), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in parts
    )
