"""PDF, made anew from what its pages show (in the child).

Pages are kept as text and drawings, so that they can still be searched and printed sharply; what is
hung onto them or onto the document is not: scripts, actions, links, forms, comments, embedded
files, layers, outlines, properties. What a comment, a stamp or a filled-in form shows becomes part
of its page.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Set

import pikepdf
import pypdfium2
from pikepdf import Array, Dictionary, Name, Pdf, Stream
from pikepdf.settings import set_qpdf_limits

from intake.attachments import images, jpeg_marks
from intake.attachments.file_type import FileType
from intake.attachments.refusal import NotTaken, Refusal

MOST_PAGES = 300
MOST_OBJECTS = 200_000
_MOST_UNPACKED = 100 * 1024 * 1024
_PREVIEW_SIDE = 1600
_MOST_PARENTS = 20

_OF_A_PAGE = frozenset(
    {"/Type", "/Parent", "/Contents", "/Resources", "/MediaBox", "/CropBox", "/Rotate"}
    | {"/UserUnit", "/Group"}
)
# What tells where a part comes from, points outside the file, or is a second version of it.
_ABOUT_A_PART = frozenset(
    {"/Metadata", "/PieceInfo", "/LastModified", "/AF", "/OC", "/OPI", "/Ref", "/Alternates"}
    | {"/Measure", "/PtData", "/StructParent", "/StructParents", "/Thumb"}
)
_CONTENT_ELSEWHERE = frozenset({"/F", "/FFilter", "/FDecodeParms"})
_MARKS_AROUND_PIECES = frozenset({"/Properties"})
_ACTIONS = frozenset(
    {"/JavaScript", "/Launch", "/URI", "/SubmitForm", "/GoToR", "/GoToE", "/ImportData", "/Movie"}
    | {"/Rendition", "/RichMediaExecute", "/Sound", "/Named", "/Trans", "/Thread"}
)
_NOT_SHOWN = frozenset({"/Action", "/Annot", "/EmbeddedFile", "/Filespec", "/F", "/Metadata"})

# What unlocks a file opens /dev/urandom the first time. Behind the walls it would be too late.
with Pdf.new() as _locked:
    _locked.save(io.BytesIO(), encryption=pikepdf.Encryption(owner="1", user="1"))
set_qpdf_limits(flate_max_memory=_MOST_UNPACKED, run_length_max_memory=_MOST_UNPACKED)


def clean(data: bytes, _file_type: FileType, _page: int = 1) -> bytes:
    """The same pages and nothing else.

    Raises:
        NotTaken: it is locked, has too many pages or parts, or a form whose values no page shows.
    """
    with _opened(data) as received, Pdf.new() as made:
        if not received.pages:
            raise NotTaken(Refusal.DAMAGED)
        if len(received.pages) > MOST_PAGES:
            raise NotTaken(Refusal.TOO_MUCH_INSIDE)
        _refuse_unseen_values(received)
        received.flatten_annotations("all")
        for page in received.pages:
            _keep(page.obj, _OF_A_PAGE)
        made.pages.extend(received.pages)
        _scrub(made)
        file = io.BytesIO()
        made.save(
            file,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            stream_decode_level=pikepdf.StreamDecodeLevel.none,
            deterministic_id=True,
        )
    return file.getvalue()


def preview(data: bytes, _file_type: FileType, page: int) -> bytes:
    """A picture of one page as JPEG.

    Raises:
        NotTaken: there is no such page.
    """
    document = pypdfium2.PdfDocument(data)
    if page > len(document):
        raise NotTaken(Refusal.NO_PAGE)
    shown = document[page - 1]
    scale = _PREVIEW_SIDE / max(*shown.get_size(), 1)
    return images.as_preview(shown.render(scale=scale).to_pil())


def _opened(data: bytes) -> Pdf:
    """A file that only asks for a password to change it opens like any other."""
    try:
        return pikepdf.open(io.BytesIO(data), suppress_warnings=True)
    except pikepdf.PasswordError:
        raise NotTaken(Refusal.LOCKED) from None


def _refuse_unseen_values(pdf: Pdf) -> None:
    """What was typed or ticked in a form is lost when only the program that shows it draws it."""
    for page in pdf.pages:
        for one in page.obj.get("/Annots", Array()):
            is_field = isinstance(one, Dictionary) and one.get("/Subtype") == Name.Widget
            if is_field and "/AP" not in one and _has_value(one):
                raise NotTaken(Refusal.FORM)
    if bool(pdf.Root.get("/NeedsRendering", False)):
        raise NotTaken(Refusal.FORM)


def _has_value(field: pikepdf.Object) -> bool:
    """Whether a field holds a text or a tick, or the field it is part of; they may form a ring."""
    for _ in range(_MOST_PARENTS):
        value, parent = field.get("/V"), field.get("/Parent")
        if isinstance(value, pikepdf.String | Name):
            return str(value) not in {"", "/Off"}
        if not isinstance(parent, Dictionary):
            break
        field = parent
    return False


def _keep(part: pikepdf.Object, keys: frozenset[str]) -> None:
    _drop(part, part.keys() - keys)


def _drop(part: pikepdf.Object, keys: Set[str]) -> None:
    for key in part.keys() & keys:
        del part[key]


def _scrub(pdf: Pdf) -> None:
    """Take out of every part that the pages need what they don't need of it."""
    parts = list(pdf.objects)
    if len(parts) > MOST_OBJECTS:
        raise NotTaken(Refusal.TOO_MUCH_INSIDE)
    for part in parts:
        for one in _with_direct_ones(part):
            _scrub_one(one)


def _with_direct_ones(part: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """A part and what is written inside it; what it only refers to has its own turn."""
    waiting = [part]
    while waiting:
        one = waiting.pop()
        if isinstance(one, Dictionary | Stream):
            yield one
            inside = [value for _, value in one.items()]
        elif isinstance(one, Array):
            inside = list(one)
        else:
            continue
        waiting += [
            value
            for value in inside
            if isinstance(value, Dictionary | Array) and not value.is_indirect
        ]


def _scrub_one(part: pikepdf.Object) -> None:
    kind = part.get("/Type")
    if kind in _NOT_SHOWN or part.get("/S") in _ACTIONS or part.get("/Subtype") == Name.PS:
        _empty(part)
        return
    if "/Font" in part or "/XObject" in part or "/ProcSet" in part:
        # Layers, languages, what somebody noted of a piece of a page.
        _drop(part, _MARKS_AROUND_PIECES)
    if isinstance(part, Stream):
        _drop(part, _ABOUT_A_PART | _CONTENT_ELSEWHERE)
        _scrub_photograph(part)
    elif isinstance(kind, Name):
        _drop(part, _ABOUT_A_PART)


def _empty(part: pikepdf.Object) -> None:
    if isinstance(part, Stream):
        part.write(b"")
    _keep(part, frozenset({"/Length"}))


def _scrub_photograph(stream: pikepdf.Object) -> None:
    """A photograph lies in a PDF as the camera wrote it, with its place and time."""
    filters = stream.get("/Filter")
    if filters == Name.DCTDecode or filters == Array([Name.DCTDecode]):
        # Only its bytes are new; how they are read stays.
        parameters = stream.get("/DecodeParms")
        stream.write(jpeg_marks.without(stream.read_raw_bytes()), filter=Name.DCTDecode)
        if parameters is not None:
            stream["/DecodeParms"] = parameters
