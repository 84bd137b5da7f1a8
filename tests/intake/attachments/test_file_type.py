"""What a file is shows in its bytes; what it is called doesn't count."""

from __future__ import annotations

from pathlib import Path

import pytest

from intake.attachments.file_type import FileType, Refusal, recognise, recognise_whole
from intake.attachments.wordings import REFUSALS, as_table
from tests.intake.attachments import samples

PAGE = Path(__file__).parents[3] / "docs/attachments.md"
OLD_PACKAGE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)


def ftyp(brand: bytes) -> bytes:
    return b"\x00\x00\x00\x18ftyp" + brand + b"\x00\x00\x00\x00" + bytes(64)


TAKEN = {
    "jpeg": samples.photograph(),
    "png": samples.picture("PNG"),
    "gif": samples.picture("GIF"),
    "webp": samples.picture("WEBP"),
    "heic": (Path(__file__).parent / "photograph.heic").read_bytes(),
    "pdf": samples.document(),
    "docx": samples.letter(),
    "xlsx": samples.sheet(),
    "mp3": b"\xff\xfb\x90\x64" + bytes(64),
    "m4a": ftyp(b"M4A "),
    "aac": b"\xff\xf1\x50\x80" + bytes(64),
    "amr": b"#!AMR\n" + bytes(64),
    "wav": b"RIFF\x24\x00\x00\x00WAVEfmt " + bytes(64),
    "ogg": b"OggS" + bytes(24) + b"OpusHead" + bytes(64),
    "mp4": ftyp(b"isom"),
    "mov": ftyp(b"qt  "),
    "3gp": ftyp(b"3gp5"),
    "webm": b"\x1a\x45\xdf\xa3\x9fB\x86\x81\x01B\x82\x84webm" + bytes(64),
}
REFUSED = {
    "nothing": (b"", Refusal.EMPTY),
    "words": ("高龄津贴没有发".encode(), Refusal.UNKNOWN),
    "page": (b"\xef\xbb\xbf \n<!DOCTYPE html><p>", Refusal.HTML),
    "page in UTF-16": ("<html><script>".encode("utf-16"), Refusal.HTML),
    "mailed page": (b"MIME-Version: 1.0\r\n\r\n<p>", Refusal.HTML),
    "page behind a comment": (b"<!-- x --><script>alert(1)</script>", Refusal.HTML),
    "svg": (b"<svg xmlns='http://www.w3.org/2000/svg' onload='x'/>", Refusal.SVG),
    "svg with a declaration": (b"<?xml version='1.0'?><!-- x --><svg/>", Refusal.SVG),
    "zip": (samples.archive(words=b"x"), Refusal.ARCHIVE),
    "empty zip": (samples.archive(), Refusal.ARCHIVE),
    "rar": (b"Rar!\x1a\x07\x01\x00" + bytes(64), Refusal.ARCHIVE),
    "7z": (b"7z\xbc\xaf\x27\x1c" + bytes(64), Refusal.ARCHIVE),
    "gz": (b"\x1f\x8b\x08" + bytes(64), Refusal.ARCHIVE),
    "tar": (bytes(257) + b"ustar\x0000" + bytes(64), Refusal.ARCHIVE),
    "exe": (b"MZ\x90\x00" + bytes(64), Refusal.PROGRAM),
    "elf": (b"\x7fELF" + bytes(64), Refusal.PROGRAM),
    "shortcut": (b"L\x00\x00\x00\x01\x14\x02\x00" + bytes(64), Refusal.PROGRAM),
    "script": (b"#!/bin/sh\n", Refusal.PROGRAM),
    "apk": (samples.archive(**{"AndroidManifest.xml": b""}), Refusal.PROGRAM),
    "eicar": (b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-", Refusal.PROGRAM),
    "docm": (samples.repacked(samples.letter(), {"word/vbaProject.bin": b""}), Refusal.MACROS),
    "doc": (OLD_PACKAGE, Refusal.OLD_OFFICE),
    "locked docx": (
        OLD_PACKAGE + "EncryptedPackage".encode("utf-16-le"),
        Refusal.LOCKED,
    ),
    "rtf": (b"{\\rtf1", Refusal.OLD_OFFICE),
    "odt": (
        samples.archive(mimetype=b"application/vnd.oasis.opendocument.text"),
        Refusal.OLD_OFFICE,
    ),
    "pptx": (
        samples.archive(**{"[Content_Types].xml": b"", "ppt/presentation.xml": b""}),
        Refusal.OLD_OFFICE,
    ),
    "avif": (ftyp(b"avif"), Refusal.UNKNOWN),
    "bmp": (b"BM" + bytes(64), Refusal.UNKNOWN),
    "ogg with a picture": (b"OggS" + bytes(24) + b"\x80theora" + bytes(64), Refusal.UNKNOWN),
    "page in a recording": (b"ID3\x03" + bytes(9) + b"<script>alert(1)</script>", Refusal.HTML),
    "zip behind a recording": (b"ID3\x03" + samples.archive(words=b"x"), Refusal.ARCHIVE),
    "PDF in a recording": (b"ID3\x03\x00%PDF-1.4", Refusal.UNKNOWN),
}


@pytest.mark.parametrize("name", TAKEN)
def test_a_file_is_known_by_its_bytes(name: str) -> None:
    assert recognise_whole(TAKEN[name]) == FileType(name)


def test_every_type_is_tried() -> None:
    assert set(TAKEN) == set(FileType)


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_refused(name: str) -> None:
    data, reason = REFUSED[name]
    assert recognise_whole(data) is reason


def test_what_is_cleaned_may_be_more_than_one_thing() -> None:
    """Only what can be seen of it stays."""
    assert recognise(b"GIF89a/*<script>alert(1)</script>") is FileType.GIF
    assert recognise_whole(samples.photograph() + samples.archive(a=b"x")) is FileType.JPEG
    assert recognise(b"\r\n%PDF-1.4 <script>") is FileType.PDF


@pytest.mark.parametrize("file_type", FileType)
def test_a_type_says_how_it_is_sent_and_stored(file_type: FileType) -> None:
    assert "/" in file_type.media_type
    assert file_type.suffix.startswith(".")
    assert file_type.official
    assert file_type.becomes.is_cleaned is file_type.is_cleaned
    assert file_type.becomes.becomes is file_type.becomes


@pytest.mark.parametrize("reason", Refusal)
def test_a_refusal_says_what_to_do_instead(reason: Refusal) -> None:
    assert reason.advice.endswith("。")
    assert "请" in reason.advice or reason is Refusal.NO_PAGE


def test_every_wording_has_its_refusal() -> None:
    assert set(REFUSALS) == set(Refusal)


def test_the_page_in_docs_shows_these_wordings() -> None:
    assert as_table() in PAGE.read_text()
