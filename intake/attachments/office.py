"""Word and Excel files, made anew part by part (in the child).

A part comes along if something that is shown refers to it in a way that is known here; all others,
known or not, stay behind: properties, editors' names, embedded files, links, data sources. Each
part is cleaned itself: text by `office_xml`, pictures like any other.
"""

from __future__ import annotations

import encodings.cp437  # noqa: F401  # Names in a ZIP are read with it.
import io
import posixpath
import re
import zipfile
from xml.sax.saxutils import quoteattr

from intake.attachments import images, office_xml
from intake.attachments.file_type import FileType, recognise_whole
from intake.attachments.refusal import NotTaken, Refusal

MOST_PARTS = 3000
MOST_UNPACKED = 64 * 1024 * 1024
_MOST_PICTURES = 200
# As wide as a printed page needs.
_PICTURE_SIDE = 2400

_TYPES_PART, _ROOT_RELATIONS = "[Content_Types].xml", "_rels/.rels"
_MAIN_TYPES = {one: f"{one.media_type}.main+xml" for one in (FileType.DOCX, FileType.XLSX)}
# The last word of a relationship's type: what belongs to what is shown.
_KNOWN_KINDS = """
officeDocument styles settings numbering fontTable webSettings footnotes endnotes comments header
footer theme themeOverride chart chartUserShapes chartStyle chartColorStyle diagramData
diagramLayout diagramQuickStyle diagramColors diagramDrawing worksheet chartsheet sharedStrings
drawing vmlDrawing table
"""
_KNOWN = frozenset(_KNOWN_KINDS.split())
_PICTURE = "image"
_MACROS = frozenset({"vbaProject", "xlMacrosheet", "xlIntlMacrosheet", "wordVbaData"})
_MACRO_PARTS = re.compile(r"vbaProject|macrosheets/|activeX/", re.I)
_SAFE_NAME = re.compile(r"(?:[\w-]+/)*[\w.-]+\.(?:xml|vml)")
_SAFE_TYPE = re.compile(r"application/[\w.+-]+xml|application/vnd\.openxmlformats[\w.+-]+")
_PICTURES = {FileType.JPEG: FileType.JPEG, FileType.PNG: FileType.PNG, FileType.GIF: FileType.PNG}
_EPOCH = (1980, 1, 1, 0, 0, 0)
_RELATIONS_SPACE = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES_SPACE = "http://schemas.openxmlformats.org/package/2006/content-types"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def clean(data: bytes, file_type: FileType, _page: int = 1) -> bytes:
    """The document with what it shows and nothing else.

    Raises:
        NotTaken: it is locked, has macros, is no such document, or unpacks to too much.
    """
    try:
        received = zipfile.ZipFile(io.BytesIO(data))
    except zipfile.BadZipFile:
        raise NotTaken(Refusal.DAMAGED) from None
    _refuse_what_it_says_of_itself(received.infolist())
    return _Copy(received, file_type).as_file()


def _refuse_what_it_says_of_itself(entries: list[zipfile.ZipInfo]) -> None:
    """Its list of parts is enough to refuse it; unpacking is held to what the list says."""
    names = [entry.filename for entry in entries]
    if any(entry.flag_bits & 1 for entry in entries):
        raise NotTaken(Refusal.LOCKED)
    if any(_MACRO_PARTS.search(name) for name in names):
        raise NotTaken(Refusal.MACROS)
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > MOST_PARTS or unpacked > MOST_UNPACKED:
        raise NotTaken(Refusal.TOO_MUCH_INSIDE)
    usual = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
    if len(set(names)) != len(names) or any(one.compress_type not in usual for one in entries):
        raise NotTaken(Refusal.DAMAGED)


class _Copy:
    """The document as it is made anew, part by part."""

    def __init__(self, received: zipfile.ZipFile, file_type: FileType) -> None:
        self._received = received
        self._names = frozenset(received.namelist())
        self._types = office_xml.content_types(self._read(_TYPES_PART))
        self._parts: dict[str, bytes] = {}
        self._types_made: dict[str, str] = {}
        self._pictures: dict[str, str | None] = {}
        self._main_type = _MAIN_TYPES[file_type]
        if any("macro" in one.lower() or "vba" in one.lower() for one in self._types.values()):
            raise NotTaken(Refusal.MACROS)

    def as_file(self) -> bytes:
        """The document; parts and their dates always in the same order and the same."""
        self._take_related("", _ROOT_RELATIONS)
        if self._main_type not in self._types_made.values():
            raise NotTaken(Refusal.OLD_OFFICE)
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
            for name, content in ((_TYPES_PART, self._content_types()), *self._parts.items()):
                entry = zipfile.ZipInfo(name, _EPOCH)
                entry.compress_type = zipfile.ZIP_DEFLATED
                made.writestr(entry, content)
        return file.getvalue()

    def _take_related(self, part: str, relations: str) -> frozenset[str]:
        """Take what a part refers to; returns the ids by which it still may."""
        kept: list[str] = []
        ids: set[str] = set()
        if relations in self._names:
            for one in office_xml.relations(self._read(relations)):
                target = self._taken(part, one)
                if target is not None:
                    ids.add(one.id)
                    kept.append(_relation(one.id, one.type, target))
        if kept:
            inside = "".join(kept)
            text = f'<Relationships xmlns="{_RELATIONS_SPACE}">{inside}</Relationships>'
            self._parts[relations] = (_DECLARATION + text).encode()
        return frozenset(ids)

    def _taken(self, part: str, relation: office_xml.Relation) -> str | None:
        """The new place of what a part refers to, or None where it stays behind."""
        kind = relation.type.rsplit("/", 1)[-1]
        if kind in _MACROS:
            raise NotTaken(Refusal.MACROS)
        name = posixpath.normpath(posixpath.join("/", posixpath.dirname(part), relation.target))[1:]
        if relation.is_outside or name not in self._names:
            return None
        if kind == _PICTURE:
            return self._picture(name)
        return self._text(name) if kind in _KNOWN else None

    def _text(self, name: str) -> str | None:
        if name in self._types_made:
            return name
        content_type = self._types.get(name) or self._types.get(_ending(name), "")
        if not _SAFE_NAME.fullmatch(name) or not _SAFE_TYPE.fullmatch(content_type):
            return None
        self._types_made[name] = content_type
        folder, file = posixpath.split(name)
        relations = posixpath.join(folder, "_rels", f"{file}.rels")
        ids = self._take_related(name, relations)
        try:
            self._parts[name] = office_xml.cleaned(self._read(name), ids)
        except SyntaxError:
            # Old drawings aren't always XML: the page does without.
            if not name.endswith(".vml"):
                raise
            del self._types_made[name]
            self._parts.pop(relations, None)
            return None
        return name

    def _picture(self, name: str) -> str | None:
        """Its new place. What is no photograph, or a broken one, leaves a gap in the page."""
        if name not in self._pictures:
            if len(self._pictures) >= _MOST_PICTURES:
                raise NotTaken(Refusal.TOO_MUCH_INSIDE)
            self._pictures[name] = self._new_picture(name)
        return self._pictures[name]

    def _new_picture(self, name: str) -> str | None:
        data = self._read(name)
        found = recognise_whole(data)
        target = _PICTURES.get(found) if isinstance(found, FileType) else None
        if not isinstance(found, FileType) or target is None:
            return None
        try:
            content = images.made_anew(data, found, target, _PICTURE_SIDE)
        except (NotTaken, MemoryError):
            raise
        except Exception:  # A damaged picture fails in many ways.
            return None
        made = f"{posixpath.dirname(name)}/picture{len(self._pictures)}{target.suffix}"
        self._parts[made] = content
        return made

    def _read(self, name: str) -> bytes:
        try:
            return self._received.read(name)
        except KeyError:
            raise NotTaken(Refusal.DAMAGED) from None

    def _content_types(self) -> bytes:
        defaults = {"rels": "application/vnd.openxmlformats-package.relationships+xml"} | {
            one.suffix[1:]: one.media_type for one in _PICTURES.values()
        }
        ends = "".join(
            f"<Default Extension={quoteattr(end)} ContentType={quoteattr(kind)}/>"
            for end, kind in defaults.items()
        )
        parts = "".join(
            f"<Override PartName={quoteattr('/' + name)} ContentType={quoteattr(kind)}/>"
            for name, kind in self._types_made.items()
        )
        return f'{_DECLARATION}<Types xmlns="{_TYPES_SPACE}">{ends}{parts}</Types>'.encode()


def _relation(id_: str, kind: str, target: str) -> str:
    facts = {"Id": id_, "Type": kind, "Target": f"/{target}"}
    attributes = " ".join(f"{name}={quoteattr(value)}" for name, value in facts.items())
    return f"<Relationship {attributes}/>"


def _ending(name: str) -> str:
    return "." + name.rsplit(".", 1)[-1].lower()
