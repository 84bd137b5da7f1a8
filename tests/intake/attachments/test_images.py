"""Of a picture stays what the eye sees of it, upright; nothing that tells where or by what."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path
from typing import cast

import pytest
from PIL import Image, ImageCms, ImageDraw, PngImagePlugin

from intake.attachments import images
from intake.attachments.file_type import FileType, recognise_whole
from intake.attachments.refusal import NotTaken, Refusal
from tests.intake.attachments import samples

RED, BLUE = (255, 0, 0), (0, 0, 255)


def opened(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


def is_near(image: Image.Image, at: tuple[int, int], colour: tuple[int, ...]) -> bool:
    return max(abs(a - b) for a, b in zip(seen(image, at), colour, strict=True)) < 40


def seen(image: Image.Image, at: tuple[int, int]) -> tuple[int, ...]:
    return cast(tuple[int, ...], image.convert("RGB").getpixel(at))


def test_a_photograph_keeps_its_picture_alone() -> None:
    received = samples.photograph()
    assert samples.SECRET in received
    made = images.clean(received, FileType.JPEG)
    image = opened(made)
    assert samples.SECRET not in made
    assert b"Exif" not in made
    assert dict(image.getexif()) == {}
    assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert made.endswith(b"\xff\xd9")


@pytest.mark.parametrize(
    ("orientation", "red_is_at"),
    [(1, (5, 20)), (3, (55, 20)), (6, (20, 5)), (8, (20, 55)), (2, (55, 20)), (77, (5, 20))],
)
def test_it_is_turned_as_the_camera_was_held(orientation: int, red_is_at: tuple[int, int]) -> None:
    image = opened(images.clean(samples.photograph(orientation), FileType.JPEG))
    assert image.size == ((40, 60) if orientation in {6, 8} else (60, 40))
    assert is_near(image, red_is_at, RED)


def test_what_a_png_says_beside_the_picture_goes() -> None:
    said = PngImagePlugin.PngInfo()
    said.add_text("Author", "SECRET")
    said.add_itxt("Comment", "SECRET", zip=True)
    exif = Image.Exif()
    exif[0x010F] = "SECRET"
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    data = samples.picture("PNG", pnginfo=said, exif=exif, icc_profile=profile) + b"SECRET"
    made = images.clean(data, FileType.PNG)
    kinds = set()
    at = 8
    while at < len(made):
        length, kind = struct.unpack_from(">I4s", made, at)
        kinds.add(kind)
        at += 12 + length
    assert kinds == {b"IHDR", b"IDAT", b"IEND"}


@pytest.mark.parametrize(
    ("kind", "becomes"), [("GIF", "PNG"), ("WEBP", "JPEG"), ("PNG", "PNG"), ("JPEG", "JPEG")]
)
def test_what_few_programs_open_becomes_what_all_do(kind: str, becomes: str) -> None:
    made = images.clean(samples.picture(kind), FileType[kind])
    assert recognise_whole(made) is FileType[becomes] is FileType[kind].becomes
    assert is_near(opened(made), (5, 20), RED)
    assert is_near(opened(made), (55, 20), BLUE)


def test_the_picture_of_a_new_telephone_is_read() -> None:
    received = (Path(__file__).parent / "photograph.heic").read_bytes()
    assert samples.SECRET in received
    made = images.clean(received, FileType.HEIC)
    assert opened(made).format == "JPEG"
    assert opened(made).size == (64, 96)
    assert samples.SECRET not in made


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_kind_of_colour_is_read(mode: str) -> None:
    drawn = samples.halves().convert("L").convert(mode)
    made = images.clean(samples.picture("PNG", drawn), FileType.PNG)
    assert opened(made).size == (60, 40)
    assert opened(made).mode in {"L", "LA", "RGB", "RGBA"}


def test_sixteen_shades_deep_stays_light_and_dark() -> None:
    deep = Image.new("I;16", (10, 10), 65535)
    deep.paste(0, (0, 0, 5, 10))
    made = opened(images.clean(samples.picture("PNG", deep), FileType.PNG))
    assert (seen(made, (2, 5)), seen(made, (8, 5))) == ((0, 0, 0), (255, 255, 255))


def test_colours_for_print_and_with_a_profile_become_usual_ones() -> None:
    printed = samples.halves().convert("CMYK")
    made = opened(images.clean(samples.picture("JPEG", printed), FileType.JPEG))
    assert made.mode == "RGB"
    assert is_near(made, (5, 20), RED)
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    unfit = samples.picture("JPEG", icc_profile=profile)
    assert is_near(opened(images.clean(unfit, FileType.JPEG)), (5, 20), RED)


def test_what_shines_through_is_white_in_a_jpeg() -> None:
    clear = Image.new("RGBA", (20, 20), (0, 0, 0, 0))
    made = opened(images.clean(samples.picture("WEBP", clear, lossless=True), FileType.WEBP))
    assert is_near(made, (10, 10), (255, 255, 255))


def test_a_moving_picture_keeps_its_first() -> None:
    first, second = samples.halves(), Image.new("RGB", (60, 40), "lime")
    for kind in ("GIF", "WEBP", "PNG"):
        data = samples.picture(kind, first, save_all=True, append_images=[second])
        made = opened(images.clean(data, FileType[kind]))
        assert getattr(made, "n_frames", 1) == 1
        assert is_near(made, (5, 20), RED)


def test_a_jpeg_of_several_pictures_keeps_the_first() -> None:
    data = samples.picture("MPO", save_all=True, append_images=[Image.new("RGB", (60, 40))])
    made = images.clean(data, FileType.JPEG)
    assert opened(made).format == "JPEG"
    assert is_near(opened(made), (5, 20), RED)


def test_small_print_on_a_large_photograph_stays_sharp() -> None:
    """A letter photographed whole: strokes two points wide, as of eight-point print, hardly lose
    their blackness."""
    letter = Image.new("RGB", (4096, 600), "white")
    drawn = ImageDraw.Draw(letter)
    for at in range(100, 4000, 6):
        drawn.line((at, 100, at, 500), fill="black", width=2)
    made = opened(images.clean(samples.picture("JPEG", letter, quality=95), FileType.JPEG))
    assert made.size == letter.size
    shades = [seen(made, (at, 300))[0] for at in range(200, 260)]
    assert min(shades) < 60
    assert max(shades) > 195


def test_a_larger_one_is_made_smaller() -> None:
    made = opened(images.clean(samples.picture("PNG", Image.new("L", (9000, 90))), FileType.PNG))
    assert made.size == (4096, 41)


@pytest.mark.parametrize("size", [(1, 1), (9000, 1), (1, 9000)])
def test_the_smallest_and_the_thinnest_are_read(size: tuple[int, int]) -> None:
    for kind in ("JPEG", "PNG"):
        data = samples.picture(kind, Image.new("RGB", size, "red"))
        assert min(opened(images.clean(data, FileType[kind])).size) == 1


def png_of(width: int, height: int) -> bytes:
    """The head of a PNG that says how large it is, and hardly anything else."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", head), (b"IDAT", zlib.compress(bytes(1000))), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in chunks
    )


@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
@pytest.mark.parametrize("side", [50_000, 8_000])
def test_too_many_points_are_refused_before_one_is_read(side: int) -> None:
    with pytest.raises(NotTaken) as refused:
        images.clean(png_of(side, side), FileType.PNG)
    assert refused.value.refusal is Refusal.TOO_MANY_PIXELS


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP"])
def test_half_a_picture_is_damaged(kind: str) -> None:
    whole = samples.picture(kind, Image.effect_noise((200, 200), 80).convert("RGB"))
    with pytest.raises((OSError, SyntaxError, ValueError, EOFError)):
        images.clean(whole[: len(whole) // 2], FileType[kind])


def test_a_preview_is_small() -> None:
    data = samples.picture("PNG", Image.new("RGB", (3000, 2000), "red"))
    made = opened(images.preview(data, FileType.PNG, 1))
    assert (made.format, made.size) == ("JPEG", (1600, 1067))
    with pytest.raises(NotTaken):
        images.preview(data, FileType.PNG, 2)
