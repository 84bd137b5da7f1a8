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


def check_page(page: "Page", *, widths: tuple[int, ...] = (), colours: bool = False) -> list[str]:
    """Return what is wrong with a page as the browser shows it, a sentence a finding; at several
    widths, or as wide as it is.

    What can be read and by whom is judged at the first of the widths only, since it takes long;
    with `colours` also where things stand at each of the widths, and the colours at the last.
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
        if width == widths[0]:
            seen += rendered.accessible(page)
        elif colours:
            rules = rendered.COLOURS if width == widths[-1] else ()
            seen += rendered.accessible(page, only=rules + rendered.PLACES)
        found += [f"at {width} px: {sentence}" for sentence in seen]
    return found + rendered.measured_at_its_narrowest(page)
