"""One XML part of a Word or Excel file, cleaned (in the child): who wrote it and when, links,
fields and formulas that fetch or start something, and what refers to parts that stayed behind."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import cache
from typing import Any, NamedTuple

from lxml import etree

from intake.attachments.refusal import NotTaken, Refusal

_REFERENCES = (
    "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}",
    "{http://purl.oclc.org/ooxml/officeDocument/relationships}",
)
_VML_REFERENCE = "{urn:schemas-microsoft-com:office:office}relid"
_EXCEL = ("http://schemas.openxmlformats.org/spreadsheetml/", "http://purl.oclc.org/ooxml/spread")
# These stay without what they referred to; any other element goes with it.
_STAYS_WITHOUT = frozenset({"hyperlink", "blip", "pageSetup", "chartSpace"})
_NEVER_KEPT = """
altChunk subDoc attachedTemplate mailMerge OLEObject externalData docVars rsids absPath fileSharing
dataBinding ddeLink webPublishing customProperties smartTags hlinkClick hlinkHover hlinkMouseOver
"""
_GOES = frozenset(_NEVER_KEPT.split())
# Of a list, nothing is left of these but the list.
_NOT_EMPTY = frozenset(
    {"hyperlinks", "externalReferences", "pivotCaches", "oleObjects", "controls", "tableParts"}
)
_NAMES_A_PERSON = frozenset({"author", "userName", "lastModifiedBy"})
_TELLS_MORE = frozenset({"initials", "date", "descr", "href", "userId", "providerId", "dateUtc"})
_ON_A_PICTURE = frozenset({"cNvPr", "docPr", "imagedata"})
_COUNTS_OR_REPEATS = """
PAGE NUMPAGES SECTIONPAGES SECTION TOC TC PAGEREF REF NOTEREF SEQ STYLEREF INDEX XE DATE TIME EQ
SYMBOL QUOTE = FORMTEXT FORMCHECKBOX FORMDROPDOWN
"""
_HARMLESS_FIELDS = frozenset(_COUNTS_OR_REPEATS.split())
_REACHES_OUT = re.compile(
    r"\||\[\d+\]|\.xl\w*\]"
    r"|\b(?:WEBSERVICE|FILTERXML|HYPERLINK|IMAGE|RTD|CALL|REGISTER(?:\.ID)?|EXEC|DDE\w*"
    r"|IMPORT\w+|ENCODEURL|CUBE\w+)\s*\(",
    re.I,
)


class Relation(NamedTuple):
    """What a part refers to."""

    id: str
    type: str
    target: str
    is_outside: bool


def content_types(content: bytes) -> dict[str, str]:
    """The types of a document's parts: by name without the first slash, or by `.ending`."""
    found = {}
    for one in _parsed(content):
        name, ending = one.get("PartName"), one.get("Extension")
        if name or ending:
            key = name.lstrip("/") if name else f".{ending.lower()}"
            found[key] = one.get("ContentType", "")
    return found


def relations(content: bytes) -> Iterator[Relation]:
    """What the relationships beside a part say."""
    for one in _parsed(content):
        outside = one.get("TargetMode", "").lower() == "external"
        yield Relation(one.get("Id", ""), one.get("Type", ""), one.get("Target", ""), outside)


def cleaned(content: bytes, ids: Collection[str]) -> bytes:
    """The part; `ids` are the references that still lead somewhere."""
    root = _parsed(content)
    going = []
    for element in root.iter():
        if _is_to_go(element, ids):
            going.append(element)
        else:
            _clean_attributes(element)
    for element in going:
        _remove(element)
    _empty_fields(root)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _parsed(content: bytes) -> Any:
    """Nothing is fetched and nothing defined: such files need no definitions of their own."""
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    root = etree.fromstring(content, parser)
    if root.getroottree().docinfo.doctype:
        raise NotTaken(Refusal.DAMAGED)
    return root


def _is_to_go(element: Any, ids: Collection[str]) -> bool:
    name = _local(element.tag)
    if name in _GOES or _reaches_out(element, name):
        return True
    lost = [key for key, value in element.items() if _refers(key) and value not in ids]
    stays = name in _STAYS_WITHOUT and not (name == "hyperlink" and _is_of_excel(element))
    if lost and stays:
        for key in lost:
            del element.attrib[key]
    return bool(lost) and not stays


@cache
def _refers(key: str) -> bool:
    return key.startswith(_REFERENCES) or key == _VML_REFERENCE


def _reaches_out(element: Any, name: str) -> bool:
    """Whether it is a formula that fetches or starts something; its last value stays."""
    if name not in {"f", "definedName", "formula1", "formula2"} or not _is_of_excel(element):
        return False
    starts_itself = element.get("name", "").lower().startswith(("_xlnm.auto_", "auto_"))
    return starts_itself or bool(_REACHES_OUT.search(element.text or ""))


def _is_of_excel(element: Any) -> bool:
    space: str = etree.QName(element).namespace or ""
    return space.startswith(_EXCEL)


def _remove(element: Any) -> None:
    parent = element.getparent()
    if parent is None:
        return
    parent.remove(element)
    if not len(parent) and _local(parent.tag) in _NOT_EMPTY:
        _remove(parent)


def _clean_attributes(element: Any) -> None:
    name = _local(element.tag)
    if name == "author":
        element.text = "-"
    for key in element.keys():  # noqa: SIM118  # A list of its own: some of them go.
        said = _local(key)
        if said in _NAMES_A_PERSON:
            element.attrib[key] = "-"
        elif (
            said in _TELLS_MORE
            or said.startswith("rsid")
            or (said == "title" and name in _ON_A_PICTURE)
        ):
            del element.attrib[key]


def _empty_fields(root: Any) -> None:
    """Leave a field its last result and take what it does, unless it only counts or repeats.

    Word cuts a field's code into runs, and fields stand inside fields.
    """
    for simple in root.iter("{*}fldSimple"):
        for key in [key for key in simple.attrib if _local(key) == "instr"]:
            simple.attrib[key] = _harmless(simple.attrib[key])
    open_fields: list[list[Any]] = []
    loose: list[Any] = []
    for element in root.iter("{*}fldChar", "{*}instrText", "{*}delInstrText"):
        if _local(element.tag) != "fldChar":
            (open_fields[-1] if open_fields else loose).append(element)
            continue
        kind = next((value for key, value in element.attrib.items() if "Type" in key), "")
        if kind == "begin":
            open_fields.append([])
        elif open_fields and kind == "end":
            _empty(open_fields.pop())
    for codes in (*open_fields, loose):
        _empty(codes)


def _empty(codes: list[Any]) -> None:
    if not _harmless("".join(code.text or "" for code in codes)):
        for code in codes:
            code.text = ""


def _harmless(code: str) -> str:
    """The code where it is harmless, else nothing."""
    words = code.split(maxsplit=1)
    return code if words and words[0].lstrip("\\").upper() in _HARMLESS_FIELDS else ""


@cache
def _local(tag: str) -> str:
    return tag.rsplit("}", 1)[-1]
