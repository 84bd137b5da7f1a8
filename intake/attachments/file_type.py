"""The kinds of files that are taken, and what a file is: by its first and last bytes alone.

Its name and what a browser says of it count for nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import NamedTuple

# Said once more by its own name: who asks what a file is needs both answers.
from intake.attachments.refusal import Refusal as Refusal

MOST_BYTES = 20 * 1024 * 1024
# How much of both ends tells enough: a package's list of parts stands at its end.
HEAD_BYTES, TAIL_BYTES = 64 * 1024, 128 * 1024


class FileType(StrEnum):
    """A kind of file that is taken. The values are stored: never rename one."""

    JPEG = "jpeg"
    PNG = "png"
    GIF = "gif"
    WEBP = "webp"
    HEIC = "heic"
    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"
    MP3 = "mp3"
    M4A = "m4a"
    AAC = "aac"
    AMR = "amr"
    WAV = "wav"
    OGG = "ogg"
    MP4 = "mp4"
    MOV = "mov"
    THREE_GP = "3gp"
    WEBM = "webm"

    @property
    def media_type(self) -> str:
        """How it is called when it is sent to a browser."""
        return _FACTS[self].media_type

    @property
    def suffix(self) -> str:
        """The ending of its name, with the dot."""
        return f".{'jpg' if self is FileType.JPEG else self.value}"

    @property
    def official(self) -> str:
        """What people call it."""
        return _FACTS[self].official

    @property
    def is_cleaned(self) -> bool:
        """Whether it is made anew. Recordings stay as they came, and their sender is warned."""
        return _FACTS[self].is_cleaned

    @property
    def becomes(self) -> FileType:
        """What it is after cleaning: what few programs open is stored as what all of them do."""
        return _BECOMES.get(self, self)

    @property
    def has_preview(self) -> bool:
        """Whether a picture of it can be made for the staff."""
        return self in _WITH_PREVIEW


class _Facts(NamedTuple):
    media_type: str
    official: str
    is_cleaned: bool


_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FACTS: Mapping[FileType, _Facts] = {
    FileType.JPEG: _Facts("image/jpeg", "图片", True),
    FileType.PNG: _Facts("image/png", "图片", True),
    FileType.GIF: _Facts("image/gif", "图片", True),
    FileType.WEBP: _Facts("image/webp", "图片", True),
    FileType.HEIC: _Facts("image/heic", "图片", True),
    FileType.PDF: _Facts("application/pdf", "PDF", True),
    FileType.DOCX: _Facts(_WORD, "Word 文档", True),
    FileType.XLSX: _Facts(_EXCEL, "Excel 表格", True),
    FileType.MP3: _Facts("audio/mpeg", "录音", False),
    FileType.M4A: _Facts("audio/mp4", "录音", False),
    FileType.AAC: _Facts("audio/aac", "录音", False),
    FileType.AMR: _Facts("audio/amr", "录音", False),
    FileType.WAV: _Facts("audio/wav", "录音", False),
    FileType.OGG: _Facts("audio/ogg", "录音", False),
    FileType.MP4: _Facts("video/mp4", "录像", False),
    FileType.MOV: _Facts("video/quicktime", "录像", False),
    FileType.THREE_GP: _Facts("video/3gpp", "录像", False),
    FileType.WEBM: _Facts("video/webm", "录像", False),
}
_BECOMES = {
    FileType.HEIC: FileType.JPEG,
    FileType.WEBP: FileType.JPEG,
    FileType.GIF: FileType.PNG,
}
_WITH_PREVIEW = frozenset({FileType.JPEG, FileType.PNG, FileType.PDF})

_PACKAGE, _END_OF_PACKAGE, _OLD_PACKAGE = b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0"
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_FIRST_BYTES: tuple[tuple[bytes, FileType | Refusal], ...] = (
    (b"\xff\xd8\xff", FileType.JPEG),
    (b"\x89PNG\r\n\x1a\n", FileType.PNG),
    (b"GIF87a", FileType.GIF),
    (b"GIF89a", FileType.GIF),
    (b"#!AMR", FileType.AMR),
    (b"ID3", FileType.MP3),
    (b"MZ", Refusal.PROGRAM),
    (b"\x7fELF", Refusal.PROGRAM),
    (b"#!", Refusal.PROGRAM),
    (b"L\x00\x00\x00\x01\x14\x02\x00", Refusal.PROGRAM),  # A shortcut, which starts one.
    (b"\xca\xfe\xba\xbe", Refusal.PROGRAM),
    (b"\xcf\xfa\xed\xfe", Refusal.PROGRAM),
    (b"\xce\xfa\xed\xfe", Refusal.PROGRAM),
    (b"dex\n", Refusal.PROGRAM),
    (b"ITSF", Refusal.PROGRAM),
    (b"FWS", Refusal.PROGRAM),
    (b"CWS", Refusal.PROGRAM),
    (b"ZWS", Refusal.PROGRAM),
    (b"X5O!P%@AP", Refusal.PROGRAM),  # What every virus scanner is tried with.
    (b"@echo", Refusal.PROGRAM),
    (b"PK\x05\x06", Refusal.ARCHIVE),
    (b"Rar!\x1a\x07", Refusal.ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", Refusal.ARCHIVE),
    (b"\x1f\x8b", Refusal.ARCHIVE),
    (b"BZh", Refusal.ARCHIVE),
    (b"\xfd7zXZ\x00", Refusal.ARCHIVE),
    (b"\x28\xb5\x2f\xfd", Refusal.ARCHIVE),
    (b"MSCF", Refusal.ARCHIVE),
    (b"{\\rtf", Refusal.OLD_OFFICE),
)
_BRANDS: tuple[tuple[tuple[bytes, ...], FileType], ...] = (
    ((b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"), FileType.HEIC),
    ((b"M4A ", b"M4B "), FileType.M4A),
    ((b"qt  ",), FileType.MOV),
    ((b"3gp", b"3g2", b"3ge", b"3gs"), FileType.THREE_GP),
    ((b"iso", b"mp4", b"avc1", b"MSNV", b"M4V", b"dash", b"mmp4"), FileType.MP4),
)
_OGG_SOUND = (b"OpusHead", b"\x01vorbis", b"Speex   ")
_PAGE = re.compile(rb"<(?:!doctype\s+html|html|head|body|script|iframe|meta|title)\b", re.I)
_DRAWING = re.compile(rb"<(?:[a-z]+:)?svg\b|<!doctype\s+svg\b", re.I)
_OFFICE_XML = re.compile(rb"mso-application|schemas\.microsoft\.com/office", re.I)
_MACROS = re.compile(rb"vbaProject|macrosheets/|activeX/|vbaData", re.I)


def recognise(head: bytes, tail: bytes = b"") -> FileType | Refusal:
    """What a file is, or why it isn't taken.

    `head` is its beginning and `tail` its end, `HEAD_BYTES` and `TAIL_BYTES` of them or all there
    is. What is cleaned may turn out to be more than one thing, since only what can be seen of it
    stays; a recording, which stays as it came, must be nothing else besides.
    """
    if not head:
        return Refusal.EMPTY
    found = _first_sight(head, tail)
    if isinstance(found, FileType) and not found.is_cleaned:
        return next(_something_else(head, tail), found)
    return found


def recognise_whole(data: bytes) -> FileType | Refusal:
    """The same of a file that is at hand as a whole."""
    return recognise(data[:HEAD_BYTES], data[-TAIL_BYTES:])


def _first_sight(head: bytes, tail: bytes) -> FileType | Refusal:
    if head.startswith(_PACKAGE):
        return _package(head + tail)
    if head.startswith(_OLD_PACKAGE):
        locked = "EncryptedPackage".encode("utf-16-le") in head + tail
        return Refusal.LOCKED if locked else Refusal.OLD_OFFICE
    for first_bytes, found in _FIRST_BYTES:
        if head.startswith(first_bytes):
            return found
    if head[:1024].lstrip().startswith(b"%PDF-"):
        return FileType.PDF  # Some scanners begin with an empty line.
    return _container(head) or _sound(head) or _text(head)


def _package(ends: bytes) -> FileType | Refusal:
    """A ZIP: an office document, something with a program in it, or an archive. Its parts' names
    stand in the clear; whether they are true shows when it is cleaned."""
    if _MACROS.search(ends):
        return Refusal.MACROS
    if b"AndroidManifest.xml" in ends:
        return Refusal.PROGRAM
    if b"[Content_Types].xml" in ends:
        if b"word/document.xml" in ends:
            return FileType.DOCX
        if b"xl/workbook.xml" in ends:
            return FileType.XLSX
        return Refusal.OLD_OFFICE
    is_open_document = b"mimetypeapplication/vnd.oasis" in ends[:100]
    return Refusal.OLD_OFFICE if is_open_document else Refusal.ARCHIVE


def _container(head: bytes) -> FileType | Refusal | None:
    if head[4:8] == b"ftyp":
        brand = head[8:12]
        return next((one for signs, one in _BRANDS if brand.startswith(signs)), Refusal.UNKNOWN)
    if head.startswith(b"RIFF"):
        forms = {b"WEBP": FileType.WEBP, b"WAVE": FileType.WAV}
        return forms.get(head[8:12], Refusal.UNKNOWN)
    if head.startswith(b"OggS"):
        return FileType.OGG if any(sign in head[:200] for sign in _OGG_SOUND) else Refusal.UNKNOWN
    if head.startswith(b"\x1a\x45\xdf\xa3"):
        return FileType.WEBM if b"webm" in head[:80] else Refusal.UNKNOWN
    return Refusal.ARCHIVE if head[257:262] == b"ustar" else None


def _sound(head: bytes) -> FileType | None:
    """Bare frames of AAC or MP3; a frame begins with eleven bits, then says which layer it is."""
    if len(head) < 4 or head[0] != 0xFF:
        return None
    if head[1] & 0xF6 == 0xF0:
        return FileType.AAC
    is_third_layer = head[1] & 0xE6 == 0xE2 and head[1] & 0x18 != 0x08
    has_rates = head[2] & 0xF0 != 0xF0 and head[2] & 0x0C != 0x0C
    return FileType.MP3 if is_third_layer and has_rates else None


def _text(head: bytes) -> Refusal:
    text = _as_ascii(head)
    if text.startswith(b"MIME-Version:"):
        return Refusal.HTML
    if _OFFICE_XML.search(text):
        return Refusal.OLD_OFFICE
    if _DRAWING.search(text) and not _PAGE.search(text):
        return Refusal.SVG
    return Refusal.HTML if _PAGE.search(text) else Refusal.UNKNOWN


def _as_ascii(head: bytes) -> bytes:
    """The text without its byte order mark, one byte a letter."""
    if head.startswith(_MARKS[1:]):
        head = head[: len(head) // 2 * 2].decode("utf-16", "replace").encode()
    return head.removeprefix(_MARKS[0]).lstrip()


def _something_else(head: bytes, tail: bytes) -> Iterator[Refusal]:
    """What a recording is besides, for a program that looks for something else in it."""
    if _PAGE.search(head):
        yield Refusal.HTML
    if _DRAWING.search(head):
        yield Refusal.SVG
    if b"%PDF-" in head[:1024]:
        yield Refusal.UNKNOWN
    if _END_OF_PACKAGE in tail:
        yield Refusal.ARCHIVE
