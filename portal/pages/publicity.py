"""Publicity (plan 五(二)1, 六(二)): sheets to print and texts to read out, per street.

All of it is public: whoever works in a community prints it without an account.
"""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

from flask import Response, abort, current_app, redirect, render_template
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from portal.campaign.book import Book
from portal.campaign.place import Place, PlaceKind
from portal.foundation.cached_pages import published_page
from portal.foundation.links import Links
from portal.foundation.logs import log_error
from portal.pages.blueprint import blueprint, book_in_force, filled
from portal.publicity.fonts import PACKAGE, font_folder
from portal.publicity.pdf import NoPdf, PdfBusy, sheet_pdf
from portal.publicity.qr_code import qr_picture
from portal.publicity.sheet import Sheet
from portal.publicity.sheet_words import SheetWords, problem_groups, sheet_words
from portal.publicity.spoken_text import SpokenText


@blueprint.get("/publicity", defaults={"place": None})
@blueprint.get("/publicity/places/<place>")
@published_page
def publicity(place: str | None) -> str:
    """Everything for one street, or for the whole district, with the streets to choose from."""
    found = book_in_force()
    return publicity_of(found, _street(found, place))


def publicity_of(found: Book, street: Place | None = None) -> str:
    """The page with everything for a street, or for the whole district."""
    return filled(
        "publicity",
        found,
        place=street,
        streets=_streets(found),
        sheets=list(Sheet),
        spoken=[(one, _spoken(found, one, street)) for one in SpokenText],
        has_font=_fonts() is not None,
        package=PACKAGE,
    )


@blueprint.get("/publicity/<sheet>", defaults={"place": None})
@blueprint.get("/publicity/<sheet>/<place>")
@published_page
def sheet(sheet: str, place: str | None) -> str:
    """One sheet as a page for the printer."""
    found = book_in_force()
    what, street = _sheet(found, sheet), _street(found, place)
    return filled(
        "sheet",
        found,
        sheet=what,
        place=street,
        words=_words(found, street),
        # segno draws it from an address that it escapes; nobody typed any of it.
        qr=Markup(qr_picture(_leads_to(street))),  # noqa: S704
        has_font=_fonts() is not None,
        package=PACKAGE,
    )


@blueprint.get("/publicity/<sheet>.pdf", defaults={"place": None})
@blueprint.get("/publicity/<sheet>/<place>.pdf")
@published_page
def sheet_file(sheet: str, place: str | None) -> ResponseReturnValue:
    """The same as a PDF; without a font its page, which says why there is none."""
    found = book_in_force()
    what, street, fonts = _sheet(found, sheet), _street(found, place), _fonts()
    if fonts is None:
        return redirect(_links().sheet(what.value, place), 303)
    try:
        made = sheet_pdf(what, _words(found, street), qr_picture(_leads_to(street)), fonts)
    except PdfBusy:
        abort(503)
    except NoPdf as failure:
        log_error(failure)
        abort(500)
    return _file(made, "application/pdf", f"{what.plain}-{_name(found, street)}.pdf")


@blueprint.get("/publicity/texts/<text>.txt", defaults={"place": None})
@blueprint.get("/publicity/texts/<text>/<place>.txt")
@published_page
def spoken_text(text: str, place: str | None) -> Response:
    """A text as a file; old editors need its mark and its line ends."""
    found = book_in_force()
    what = SpokenText.from_slug(text) or abort(404)
    street = _street(found, place)
    lines = _spoken(found, what, street).replace("\n", "\r\n")
    name = f"{what.plain}-{_name(found, street)}.txt"
    return _file(lines.encode("utf-8-sig"), "text/plain", name)


def _sheet(found: Book, slug: str) -> Sheet:
    """The sheet of that name. When the campaign is over nothing new is put up."""
    if found.campaign.ended_on:
        abort(404)
    return Sheet.from_slug(slug) or abort(404)


def _streets(found: Book) -> list[Place]:
    return [place for place in found.places.values() if place.kind is PlaceKind.STREET]


def _street(found: Book, code: str | None) -> Place | None:
    """The street that is asked for; None for the whole district."""
    if code is None:
        return None
    place = found.places.get(code)
    if place is None or place.kind is not PlaceKind.STREET:
        abort(404)
    return place


def _spoken(found: Book, text: SpokenText, place: Place | None) -> str:
    links = _links()
    said = render_template(
        f"portal/publicity/{text.value}.txt",
        campaign=found.campaign,
        place=place,
        groups=problem_groups(found),
        address=_leads_to(place),
        progress=links.in_full(links.progress()),
        policies=links.in_full(links.policies()),
    )
    return said.strip() + "\n"


def _words(found: Book, place: Place | None) -> SheetWords:
    return sheet_words(found, place, current_app.extensions["settings"].public_url)


def _leads_to(place: Place | None) -> str:
    """Where the QR code leads: it carries the place and nothing else."""
    links = _links()
    return links.in_full(links.report(place=place.code if place else None))


def _links() -> Links:
    links: Links = current_app.extensions["links"]
    return links


def _fonts() -> Path | None:
    return font_folder(current_app.extensions["settings"].fonts_dir)


def _name(found: Book, place: Place | None) -> str:
    return place.name if place else found.campaign.district


def _file(content: bytes, mimetype: str, name: str) -> Response:
    answer = Response(content, mimetype=mimetype)
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return answer
