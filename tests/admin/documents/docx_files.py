"""Templates as people make them, and as nobody should."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping

from docx import Document

from admin.documents.shipped import shipped
from admin.documents.variables import variables_of
from intake.rules.formal_documents import DocumentKind

KIND = DocumentKind.HANDLING_OPINION
DOCUMENT = "word/document.xml"
RELATIONS = "word/_rels/document.xml.rels"


def with_lines(*lines: str, without: str = "") -> bytes:
    """A template with every needed variable but `without`, and some more lines."""
    document = Document()
    for one in variables_of(KIND):
        if one.needed and one.name != without:
            document.add_paragraph("{{" + one.name + "}}")
    for line in lines:
        document.add_paragraph(line)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def changed(
    changes: Mapping[str, Callable[[bytes], bytes]], added: Mapping[str, bytes] | None = None
) -> bytes:
    """The product's own template with some of its parts changed and others added."""
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(shipped(KIND))) as parts,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        for name in parts.namelist():
            change = changes.get(name, lambda content: content)
            made.writestr(name, change(parts.read(name)))
        for name, content in (added or {}).items():
            made.writestr(name, content)
    return packed.getvalue()


def into_body(xml: str) -> bytes:
    """The product's own template with some XML at the start of its text."""
    return changed({DOCUMENT: lambda c: c.replace(b"<w:body>", f"<w:body>{xml}".encode(), 1)})


def related(relationship: str) -> bytes:
    """The product's own template with one relationship more."""
    return changed(
        {
            RELATIONS: lambda c: c.replace(
                b"</Relationships>", f"{relationship}</Relationships>".encode()
            )
        }
    )
