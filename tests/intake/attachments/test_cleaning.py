"""A file goes to the child and comes back clean, or a reason comes back; nothing else happens."""

from __future__ import annotations

import io
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from intake.attachments.cleaning import clean, preview
from intake.attachments.file_type import MOST_BYTES, FileType, recognise_whole
from intake.attachments.refusal import Refusal
from tests.intake.attachments import samples
from tests.intake.attachments.test_images import png_of
from tests.patience import PATIENCE

CHECKOUT = Path(__file__).parents[3]
RECEIVED = {
    FileType.JPEG: samples.photograph(),
    FileType.PNG: samples.picture("PNG"),
    FileType.GIF: samples.picture("GIF"),
    FileType.WEBP: samples.picture("WEBP"),
    FileType.HEIC: (Path(__file__).parent / "photograph.heic").read_bytes(),
    FileType.PDF: samples.document(),
    FileType.DOCX: samples.letter(),
    FileType.XLSX: samples.sheet(),
}


def test_every_type_that_is_cleaned_is_tried() -> None:
    assert set(RECEIVED) == {one for one in FileType if one.is_cleaned}


@pytest.mark.parametrize("file_type", RECEIVED)
def test_a_file_comes_back_clean(file_type: FileType, tmp_path: Path) -> None:
    made = clean(RECEIVED[file_type], file_type, lock_folder=tmp_path)
    assert isinstance(made, bytes)
    assert recognise_whole(made) is file_type.becomes
    assert samples.SECRET not in made
    assert b"GPS" not in made
    if file_type.becomes.has_preview:
        shown = preview(made, file_type.becomes, 1, lock_folder=tmp_path)
        assert isinstance(shown, bytes)
        assert Image.open(io.BytesIO(shown)).format == "JPEG"


def test_a_recording_comes_back_as_it_is() -> None:
    assert clean(b"ID3 sound", FileType.MP3, lock_folder=None) == b"ID3 sound"


def test_what_is_refused_before_a_child_is_started() -> None:
    assert clean(b"", FileType.JPEG, lock_folder=None) is Refusal.EMPTY
    too_large = bytes(MOST_BYTES + 1)
    assert clean(too_large, FileType.MP3, lock_folder=None) is Refusal.TOO_LARGE
    assert preview(b"x", FileType.DOCX, lock_folder=None) is Refusal.NO_PAGE
    assert preview(b"x", FileType.PDF, 0, lock_folder=None) is Refusal.NO_PAGE


def test_files_wait_where_words_may_go() -> None:
    assert clean(b"x", FileType.JPEG, lock_folder=Path("/nowhere")) is Refusal.BUSY


@pytest.mark.parametrize(
    ("data", "file_type", "reason"),
    [
        (png_of(50_000, 50_000), FileType.PNG, Refusal.TOO_MANY_PIXELS),
        (RECEIVED[FileType.JPEG][:400], FileType.JPEG, Refusal.DAMAGED),
        (RECEIVED[FileType.HEIC][:300], FileType.HEIC, Refusal.DAMAGED),
        (RECEIVED[FileType.PDF][:200], FileType.PDF, Refusal.DAMAGED),
        (RECEIVED[FileType.DOCX][:5000], FileType.DOCX, Refusal.DAMAGED),
        (RECEIVED[FileType.XLSX], FileType.DOCX, Refusal.OLD_OFFICE),
        (b"<svg/>", FileType.PNG, Refusal.DAMAGED),
    ],
    ids=["flood", "jpeg", "heic", "pdf", "docx", "another", "svg"],
)
def test_what_cannot_be_cleaned_is_refused(
    data: bytes, file_type: FileType, reason: Refusal
) -> None:
    assert clean(data, file_type, lock_folder=None) is reason


def test_a_small_file_cannot_ask_for_all_memory() -> None:
    """A moving WebP is as large as it says before a point of it is read."""
    head = b"VP8X\x0a\x00\x00\x00\x02\x00\x00\x00" + b"\xfe\x3f\x00" * 2
    frames = b"ANIM\x06\x00\x00\x00" + bytes(6)
    body = b"WEBP" + head + frames
    data = b"RIFF" + len(body).to_bytes(4, "little") + body
    assert isinstance(clean(data, FileType.WEBP, lock_folder=None), Refusal)


def test_a_file_that_is_two_things_comes_back_as_one() -> None:
    both = samples.photograph() + samples.archive(words=b"SECRET")
    made = clean(both, FileType.JPEG, lock_folder=None)
    assert isinstance(made, bytes)
    assert b"PK\x05\x06" not in made


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_no_file_makes_it_fail(drawn: st.DataObject) -> None:
    file_type = drawn.draw(st.sampled_from(sorted(RECEIVED)))
    data = bytearray(RECEIVED[file_type])
    places = st.integers(0, len(data) - 1)
    for at, byte in drawn.draw(
        st.lists(st.tuples(places, st.integers(0, 255)), min_size=1, max_size=20)
    ):
        data[at] = byte
    answer = clean(bytes(data), file_type, lock_folder=None)
    assert isinstance(answer, bytes | Refusal)
    if isinstance(answer, bytes):
        assert recognise_whole(answer) is file_type.becomes


# Run apart, since a hook of this kind stays.
_WATCHED = """
import os, sys, tempfile
sys.path.append(sys.argv[1])
from pathlib import Path
from intake.attachments.cleaning import clean
from intake.attachments.file_type import FileType
data, lock = Path(sys.argv[3]).read_bytes(), Path(sys.argv[4])
opened = []
def watch(event, facts):
    if event == "open" and isinstance(facts[0], str) and facts[2] & (os.O_WRONLY | os.O_RDWR):
        opened.append(facts[0])
    if event.startswith(("tempfile", "os.mkdir", "os.rename")):
        opened.append(event)
sys.addaudithook(watch)
made = clean(data, FileType(sys.argv[2]), lock_folder=lock)
assert isinstance(made, bytes), made
print(opened)
"""


@pytest.mark.parametrize("file_type", [FileType.JPEG, FileType.PDF])
def test_no_file_is_written(file_type: FileType, tmp_path: Path) -> None:
    """Neither by whoever asks, but for the empty lock, nor by the child, which can't."""
    received = tmp_path / "received"
    received.write_bytes(RECEIVED[file_type])
    with tempfile.TemporaryDirectory() as scratch:
        done = subprocess.run(
            (sys.executable, "-c", _WATCHED, CHECKOUT, file_type, received, tmp_path),
            env={"TMPDIR": scratch, "HOME": scratch},
            cwd=scratch,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=True,
        )
        assert list(Path(scratch).iterdir()) == []
    assert done.stdout.strip() == str([str(tmp_path / "cleaning.lock"), "/dev/null"])
    assert (tmp_path / "cleaning.lock").read_bytes() == b""
