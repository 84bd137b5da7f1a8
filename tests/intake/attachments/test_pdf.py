"""Of a PDF stay its pages as they are seen; nothing that acts, leads away or tells who made it."""

from __future__ import annotations

import io
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name
from PIL import Image

from intake.attachments import pdf
from intake.attachments.file_type import FileType
from intake.attachments.refusal import NotTaken, Refusal
from tests.intake.attachments import samples
from tests.intake.attachments.test_images import BLUE, RED, is_near


def clean(data: bytes) -> bytes:
    return pdf.clean(data, FileType.PDF)


def unpacked(data: bytes) -> bytes:
    """The same document with nothing compressed, to look for words in."""
    file = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as opened:
        opened.save(file, qdf=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return file.getvalue()


def shown(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(pdf.preview(data, FileType.PDF, 1)))


def a_page(*fields: Dictionary, **parts: object) -> bytes:
    """A PDF of one page with these fields of a form and these entries."""
    file = io.BytesIO()
    with pikepdf.new() as made:
        made.add_blank_page(page_size=(100, 100))
        page = made.pages[0].obj
        for key, part in parts.items():
            page[f"/{key}"] = part
        page.Annots = Array([made.make_indirect(one) for one in fields])
        made.Root.AcroForm = Dictionary(Fields=page.Annots)
        made.save(file)
    return file.getvalue()


def refusal_of(data: bytes) -> Refusal:
    with pytest.raises(NotTaken) as refused:
        clean(data)
    return refused.value.refusal


def test_pages_stay_and_nothing_else() -> None:
    received = samples.document()
    assert samples.SECRET in unpacked(received)
    made = clean(received)
    assert samples.SECRET not in unpacked(made)
    for word in (b"/JavaScript", b"/JS", b"/OpenAction", b"/AA", b"/EmbeddedFile", b"/Metadata"):
        assert word not in unpacked(made)
    with pikepdf.open(io.BytesIO(made)) as opened:
        assert set(opened.Root.keys()) == {"/Type", "/Pages"}
        assert "/Info" not in opened.trailer
        assert "/Annots" not in opened.pages[0]


def test_what_the_page_shows_is_the_same() -> None:
    """A photograph at its foot, and a stamp, which was only laid on it, higher up."""
    image = shown(clean(samples.document()))
    assert image.size == (1600, 1600)
    assert is_near(image, (200, 1400), RED)
    assert is_near(image, (450, 1400), BLUE)
    assert is_near(image, (1000, 600), RED)


def test_a_file_that_opens_without_a_password_is_taken() -> None:
    data = samples.document(encryption=pikepdf.Encryption(owner="owner", user=""))
    assert samples.SECRET not in unpacked(clean(data))


def test_a_locked_one_is_refused() -> None:
    data = samples.document(encryption=pikepdf.Encryption(owner="owner", user="user"))
    assert refusal_of(data) is Refusal.LOCKED


def test_a_form_keeps_what_the_page_shows_of_it() -> None:
    field: dict[str, Any] = {"Type": Name.Annot, "Subtype": Name.Widget, "T": "name"}
    field["Rect"] = Array([10, 10, 90, 30])
    unseen = Dictionary(**field, FT=Name.Tx, V="only the form's program shows this")
    ticked = Dictionary(**field, FT=Name.Btn, V=Name.Yes)
    assert refusal_of(a_page(unseen)) is refusal_of(a_page(ticked)) is Refusal.FORM
    empty = Dictionary(**field, FT=Name.Tx)
    assert clean(a_page(empty))


def test_too_many_pages_are_refused() -> None:
    file = io.BytesIO()
    with pikepdf.new() as made:
        for _ in range(pdf.MOST_PAGES + 1):
            made.add_blank_page(page_size=(10, 10))
        made.save(file)
    assert refusal_of(file.getvalue()) is Refusal.TOO_MUCH_INSIDE


def test_a_document_without_pages_is_damaged() -> None:
    file = io.BytesIO()
    with pikepdf.new() as made:
        made.save(file)
    assert refusal_of(file.getvalue()) is Refusal.DAMAGED


def test_names_that_mean_something_elsewhere_are_only_names() -> None:
    """A page may call a font /F or /AA; what they mean elsewhere doesn't count here."""
    letters = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    data = a_page(Resources=Dictionary(Font=Dictionary(F=letters, AA=letters, JS=letters)))
    with pikepdf.open(io.BytesIO(clean(data))) as opened:
        assert set(opened.pages[0].Resources.Font.keys()) == {"/F", "/AA", "/JS"}


def test_content_that_lies_in_another_file_is_not_fetched() -> None:
    with pikepdf.new() as made:
        made.add_blank_page(page_size=(100, 100))
        elsewhere = made.make_stream(b"", F="http://SECRET.example", FFilter=Name.FlateDecode)
        page = made.pages[0].obj
        page.Resources = Dictionary(XObject=Dictionary(A=elsewhere))
        file = io.BytesIO()
        made.save(file)
    assert samples.SECRET not in unpacked(clean(file.getvalue()))


def test_broken_ends_are_mended_or_refused() -> None:
    whole = samples.document()
    assert is_near(shown(clean(whole[:-30])), (200, 1400), RED)
    with pytest.raises((NotTaken, pikepdf.PdfError)):
        clean(whole[:200])


def test_a_preview_has_the_pages_that_there_are() -> None:
    with pytest.raises(NotTaken) as refused:
        pdf.preview(clean(samples.document()), FileType.PDF, 2)
    assert refused.value.refusal is Refusal.NO_PAGE
