"""Photographs and screenshots, made anew from their points of colour alone (in the child).

Turned as they should be seen, in the usual colours, no larger than a page needs. Places, times,
devices, comments, thumbnails and whatever was hung onto the file stay behind.
"""

from __future__ import annotations

import io
from contextlib import suppress

import pi_heif

# Behind the walls nothing can be imported, so what Pillow imports when it meets it comes first.
from PIL import (
    GifImagePlugin,
    Image,
    ImageCms,
    JpegImagePlugin,
    MpoImagePlugin,  # noqa: F401  # Many a JPEG of a telephone holds several pictures.
    PngImagePlugin,
    TiffImagePlugin,  # noqa: F401  # Exif is read with it.
    WebPImagePlugin,
)

from intake.attachments.file_type import MOST_BYTES, FileType
from intake.attachments.refusal import NotTaken, Refusal

# The largest picture that a telephone of today takes in its finest setting.
MOST_PIXELS = 50 * 1024 * 1024
# Small print on a letter that was photographed whole can still be read.
LONG_SIDE = 4096
_JPEG_QUALITY = 88
# Half the time of the usual level, for files of the same size.
_PNG_LEVEL = 3
_PREVIEW_SIDE, _PREVIEW_QUALITY = 1600, 80
_SMALLER, _MOST_TRIES = 0.7, 4
_SRGB = ImageCms.createProfile("sRGB")
_ORIENTATION = 0x0112
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_FORMATS = {
    FileType.JPEG: (JpegImagePlugin.JpegImageFile.format,),
    FileType.PNG: (PngImagePlugin.PngImageFile.format,),
    FileType.GIF: (GifImagePlugin.GifImageFile.format,),
    FileType.WEBP: (WebPImagePlugin.WebPImageFile.format,),
    FileType.HEIC: (pi_heif.HeifImageFile.format,),
}

Image.preinit()
pi_heif.register_heif_opener(
    decode_threads=1, thumbnails=False, depth_images=False, aux_images=False
)
# It warns at so many points and refuses at twice as many; we refuse at the first.
Image.MAX_IMAGE_PIXELS = MOST_PIXELS


def clean(data: bytes, file_type: FileType, _page: int = 1) -> bytes:
    """The picture as `file_type.becomes`; of a moving one the first.

    Raises:
        NotTaken: it has too many points of colour. A damaged one raises what Pillow raises.
    """
    return made_anew(data, file_type, file_type.becomes)


def preview(data: bytes, file_type: FileType, page: int) -> bytes:
    """A smaller JPEG of it.

    Raises:
        NotTaken: a picture has one page.
    """
    if page != 1:
        raise NotTaken(Refusal.NO_PAGE)
    return as_preview(_seen(data, file_type, _PREVIEW_SIDE))


def made_anew(
    data: bytes, file_type: FileType, target: FileType, longest: int = LONG_SIDE
) -> bytes:
    """The picture as a file of the target's type, smaller where it would be too large a file.

    No side of it is longer than `longest` points.
    """
    image = _seen(data, file_type, longest)
    for _ in range(_MOST_TRIES):
        made = _as_file(image, target, _JPEG_QUALITY)
        if len(made) <= MOST_BYTES:
            return made
        image.thumbnail((image.width * _SMALLER, image.height * _SMALLER))
    raise NotTaken(Refusal.TOO_LARGE)


def as_preview(image: Image.Image) -> bytes:
    """A picture for the staff's pages, as JPEG."""
    image.thumbnail((_PREVIEW_SIDE, _PREVIEW_SIDE))
    return _as_file(image, FileType.JPEG, _PREVIEW_QUALITY)


def _seen(data: bytes, file_type: FileType, longest: int) -> Image.Image:
    """What the eye sees of it: nothing of the file but points of colour is left."""
    opened = _opened(data, file_type)
    turn = _turn(opened)
    # A JPEG can be read smaller at once, as long as it stays as large as it will be.
    share = longest / max(opened.size)
    opened.draft(None, (int(opened.width * share) or 1, int(opened.height * share) or 1))
    opened.load()
    image = _in_plain_colours(opened)
    image.thumbnail((longest, longest), reducing_gap=2.0)
    image = _in_usual_colours(image, opened.info.get("icc_profile"))
    if turn is not None:
        image = image.transpose(turn)
    bare = Image.new(image.mode, image.size)
    bare.paste(image)
    return bare


def _opened(data: bytes, file_type: FileType) -> Image.Image:
    """Only its head is read yet, which says how large the picture is."""
    try:
        opened = Image.open(io.BytesIO(data), formats=_FORMATS[file_type])
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise NotTaken(Refusal.TOO_MANY_PIXELS) from None
    if opened.width * opened.height > MOST_PIXELS:
        raise NotTaken(Refusal.TOO_MANY_PIXELS)
    return opened


def _turn(image: Image.Image) -> Image.Transpose | None:
    """How the camera was held. What can't be read counts as upright."""
    with suppress(Exception):
        return _TURNS.get(image.getexif().get(_ORIENTATION, 1))
    return None


def _in_plain_colours(image: Image.Image) -> Image.Image:
    """Grey, colours, or either with what shines through; never by a palette or in depths that
    JPEG doesn't know."""
    if image.mode.startswith("I"):
        return image.point(lambda value: value * (1 / 256)).convert("L")
    if "transparency" in image.info or image.mode in {"PA", "RGBa"}:
        return image.convert("RGBA")
    if image.mode in {"L", "LA", "RGB", "RGBA", "CMYK"}:
        return image
    return image.convert("L" if image.mode in {"1", "F"} else "LA" if image.mode == "La" else "RGB")


def _in_usual_colours(image: Image.Image, profile: bytes | None) -> Image.Image:
    """In sRGB, so that the profile, which may tell the device, isn't needed any more."""
    target = "RGBA" if image.mode == "RGBA" else "RGB"
    if profile and image.mode in {"RGB", "RGBA", "CMYK"}:
        with suppress(ImageCms.PyCMSError):
            own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            converted = ImageCms.profileToProfile(image, own, _SRGB, outputMode=target)
            image = converted or image
    return image.convert("RGB") if image.mode == "CMYK" else image


def _as_file(image: Image.Image, target: FileType, quality: int) -> bytes:
    file = io.BytesIO()
    if target is FileType.JPEG:
        _on_white(image).save(file, "JPEG", quality=quality)
    else:
        image.save(file, target.value.upper(), compress_level=_PNG_LEVEL)
    return file.getvalue()


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode in {"L", "RGB"}:
        return image
    seen = image.convert("RGBA")
    white = Image.new("RGBA", seen.size, "white")
    return Image.alpha_composite(white, seen).convert("RGB")
