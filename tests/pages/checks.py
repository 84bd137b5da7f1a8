"""The two questions a test asks of every page it opens; the right answer to both is []."""

from typing import TYPE_CHECKING, Literal

from tests.pages import html_validate, markup, rendered

if TYPE_CHECKING:
    from playwright.sync_api import Page

Scheme = Literal["light", "dark"]
HEIGHT = 800


def check_html(html: str, *, thorough: bool = True) -> list[str]:
    """Return what is wrong with a page's markup, a sentence a finding.

    Thorough includes html-validate, and raises LookupError when that isn't installed
    (`tests.services.node.missing()` tells beforehand).
    """
    found = markup.findings(html)
    return [*found, *html_validate.judge().findings(html)] if thorough else found


def check_page(
    page: "Page", *, widths: tuple[int, ...] = (), schemes: tuple[Scheme, ...] = ()
) -> list[str]:
    """Return what is wrong with a page as the browser shows it, a sentence a finding; at several
    widths, or as wide as it is.

    What can be read and by whom is judged at the first of the widths only, since it takes long;
    with `schemes` of colours, of which the page has the first already, also where things stand at
    each of the widths, and the colours, in each of them, at the first and at the last.
    """
    if not widths:
        return [
            *rendered.measured(page),
            *rendered.accessible(page),
            *rendered.measured_at_its_narrowest(page),
        ]
    found = []
    for width in widths:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        seen = rendered.measured(page, once=width == widths[0])
        in_colours = schemes if width in {widths[0], widths[-1]} else ()
        if width == widths[0]:
            seen += rendered.accessible(page)
        elif schemes:
            rules = rendered.COLOURS if in_colours else ()
            seen += rendered.accessible(page, only=rules + rendered.PLACES)
        seen += _in_other_colours(page, in_colours)
        found += [f"at {width} px: {sentence}" for sentence in seen]
    return found + rendered.measured_at_its_narrowest(page)


def _in_other_colours(page: "Page", schemes: tuple[Scheme, ...]) -> list[str]:
    found = []
    for scheme in schemes[1:]:
        page.emulate_media(color_scheme=scheme)
        seen = rendered.accessible(page, only=rendered.COLOURS)
        found += [f"in {scheme} colours: {sentence}" for sentence in seen]
    if schemes[1:]:
        page.emulate_media(color_scheme=schemes[0])
    return found
