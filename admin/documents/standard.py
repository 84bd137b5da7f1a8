"""What stands in the form when a document is begun: the usual legal basis and remedies, with the
names of the bodies that they speak of."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from intake.cases.case import Case
from intake.document_text import DocumentText
from intake.rules.formal_documents import DocumentKind
from portal.campaign.book import Book
from portal.campaign.kinds import Kind
from portal.foundation.formats import day_with_year

_FILE = Path(__file__).with_name("standard_texts.toml")
# 条例 that allows to extend; a complaint's extension is the line's own promise.
_EXTENDED_BY = {
    Kind.PETITION: "《信访工作条例》第三十四条",
    Kind.DISCLOSURE_REQUEST: "《政府信息公开条例》第三十三条",
}


def standard_text(kind: DocumentKind, case: Case, book: Book) -> DocumentText:
    """The text that a document of this kind begins with. Whom it is for stays empty: the name is
    opened elsewhere, with a reason, and typed."""
    unit = book.units[case.unit_code]
    above = next(book.above(unit.code), book.units[book.campaign.superior_code])
    names = {
        "unit": unit.name,
        "above": above.name,
        "telephone": unit.telephone or book.campaign.hotline,
        "came": f"您{day_with_year(case.registered_on)}通过{case.channel.official}提出",
    }
    filled = {part: text.strip().format(**names) for part, text in _texts()[kind].items()}
    if kind is DocumentKind.EXTENSION:
        filled["basis"] = _EXTENDED_BY.get(case.kind, "")
    return DocumentText(**filled)


@cache
def _texts() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return found
