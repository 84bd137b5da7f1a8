"""Whether an uploaded file is a DOCX of text and pictures and nothing else: no macro, no embedded
object, no link that leaves it, no field that fetches something, no bomb. It is looked at in memory
and never run."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from typing import Any

from lxml import etree

MOST_BYTES = 1024 * 1024
_MOST_UNPACKED = 8 * 1024 * 1024
_MOST_OF_A_TEXT = 2 * 1024 * 1024
_MOST_PARTS = 200
_SAVE_AGAIN = "请用 Word 或者 WPS 另存为 DOCX 再传"
_DOCUMENT = "word/document.xml"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
# What a page of text with a letterhead is made of. All else is refused, whatever it is called.
_KNOWN_PART = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|docProps/(?:app|core|custom)\.xml"
    r"|docProps/thumbnail\.(?:jpe?g|png)"
    r"|word/(?:document|styles|stylesWithEffects|settings|webSettings|fontTable|numbering"
    r"|footnotes|endnotes|header\d*|footer\d*)\.xml"
    r"|word/theme/theme\d*\.xml|word/media/[\w-]+\.(?:png|jpe?g|gif)"
    r"|word/_rels/[\w.]+\.rels|customXml/(?:item|itemProps)\d*\.xml|customXml/_rels/[\w.]+\.rels"
)
# What isn't a picture of text any more, with what it is called in a refusal.
_FORBIDDEN_PARTS = {
    "vba": "宏",
    "macro": "宏",
    "activex": "控件",
    "embeddings": "嵌入的对象",
    "oleobject": "嵌入的对象",
    "altchunk": "嵌入的另一份文档",
}
_FORBIDDEN_ELEMENTS = {
    f"{W}altChunk": "嵌入的另一份文档",
    f"{W}object": "嵌入的对象",
    f"{W}control": "控件",
    f"{W}attachedTemplate": "连到另一个模板的链接",
    f"{W}subDoc": "连到另一份文档的链接",
    f"{W}mailMerge": "连到数据源的链接",
}
# Fields that only count pages. Any other may fetch or start something when the file is opened.
_HARMLESS_FIELDS = frozenset({"PAGE", "NUMPAGES", "SECTIONPAGES"})


class BadTemplate(ValueError):
    """The template can't be taken; `problems` says why, a sentence each."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = list(dict.fromkeys(problems))
        super().__init__("\n".join(self.problems))


def read_package(content: bytes) -> dict[str, Any]:
    """The XML parts of an uploaded DOCX, parsed, by their names.

    Raises:
        BadTemplate: it is no DOCX, too large, or holds more than text and pictures.
    """
    if not content:
        raise BadTemplate(["请选一个 DOCX 文件"])
    if len(content) > MOST_BYTES:
        raise BadTemplate(["文件太大了，最大1MB"])
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            _refuse_a_bomb(package)
            _refuse(_wrong_parts(package.namelist()))
            texts = [name for name in package.namelist() if name.endswith((".xml", ".rels"))]
            parts = {name: _parsed(package.read(name)) for name in texts}
    except BadTemplate:
        raise
    except Exception:  # A damaged file fails in many ways, and all of them mean the same.
        raise BadTemplate([f"这个文件不是 DOCX，或者坏了，读不出来，{_SAVE_AGAIN}"]) from None
    if _DOCUMENT not in parts:
        raise BadTemplate([f"这个文件不是 DOCX 文档，{_SAVE_AGAIN}"])
    _refuse(_wrong_contents(parts))
    return parts


def _refuse(problems: Iterable[str]) -> None:
    found = list(problems)
    if found:
        raise BadTemplate(found)


def _refuse_a_bomb(package: zipfile.ZipFile) -> None:
    """A small file may unpack to gigabytes; what it says of itself, Python's unpacking holds it
    to."""
    entries = package.infolist()
    if len(entries) > _MOST_PARTS or sum(one.file_size for one in entries) > _MOST_UNPACKED:
        raise BadTemplate(["这个文件展开以后太大了，最大8MB"])
    if any(_is_text(one) and one.file_size > _MOST_OF_A_TEXT for one in entries):
        raise BadTemplate(["这个文件里的文字太多了，不像一份模板"])
    names = [one.filename.lower() for one in entries]
    if len(set(names)) != len(names) or any(one.flag_bits & 1 for one in entries):
        raise BadTemplate([f"这个文件加了密，或者里面有重名的部分，{_SAVE_AGAIN}"])


def _is_text(entry: zipfile.ZipInfo) -> bool:
    return entry.filename.endswith((".xml", ".rels"))


def _wrong_parts(names: Iterable[str]) -> Iterator[str]:
    for name in names:
        if name.endswith("/") or _KNOWN_PART.fullmatch(name):
            continue
        found = (what for sign, what in _FORBIDDEN_PARTS.items() if sign in name.lower())
        what = next(found, None)
        if what:
            yield f"文件里有{what}（{name[:60]}），请去掉再传"
        else:
            yield f"文件里有模板用不着的部分（{name[:60]}），请去掉再传"


def _parsed(content: bytes) -> Any:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    root = etree.fromstring(content, parser)
    if root.getroottree().docinfo.doctype:
        raise BadTemplate([f"文件里有自己的定义（DOCTYPE），{_SAVE_AGAIN}"])
    return root


def _wrong_contents(parts: dict[str, Any]) -> Iterator[str]:
    for name, root in parts.items():
        if name == "[Content_Types].xml":
            yield from _wrong_types(root)
        elif name.endswith(".rels"):
            yield from _links_outside(root)
        else:
            yield from _wrong_elements(root)


def _wrong_types(root: Any) -> Iterator[str]:
    types = {one.get("PartName"): one.get("ContentType", "") for one in root}
    if any("macro" in one.lower() or "vba" in one.lower() for one in types.values()):
        yield "这是带宏的文件，请另存为不带宏的 DOCX 再传"
    elif types.get(f"/{_DOCUMENT}") != _MAIN:
        yield f"这个文件不是 DOCX 文档，{_SAVE_AGAIN}"


def _links_outside(root: Any) -> Iterator[str]:
    for one in root.iter(_RELATIONSHIP):
        target = one.get("Target", "")
        if one.get("TargetMode", "").lower() == "external" or "://" in target or ".." in target[3:]:
            yield f"文件里有连到外面的链接（{target[:60]}），请去掉链接再传"


def _wrong_elements(root: Any) -> Iterator[str]:
    for element in root.iter(*_FORBIDDEN_ELEMENTS):
        yield f"文件里有{_FORBIDDEN_ELEMENTS[element.tag]}，请去掉再传"
    for code in _field_codes(root):
        word = code.split(maxsplit=1)[0].upper() if code.split() else ""
        if word not in _HARMLESS_FIELDS:
            yield f"文件里有域“{code.strip()[:40]}”，只能用页码的域，请去掉再传"


def _field_codes(root: Any) -> Iterator[str]:
    """What each field does. Word cuts a field's code into runs, so they are put together again."""
    for simple in root.iter(f"{W}fldSimple"):
        yield simple.get(f"{W}instr", "")
    code: list[str] = []
    for element in root.iter(f"{W}fldChar", f"{W}instrText"):
        if element.tag == f"{W}instrText":
            code.append(element.text or "")
        elif code:
            yield "".join(code)
            code = []
    if code:
        yield "".join(code)
