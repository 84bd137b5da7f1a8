"""The two questions a test asks of every page it opens; the right answer to both is []."""

from typing import TYPE_CHECKING

from tests.pages import html_validate, markup, rendered

if TYPE_CHECKING:
    from playwright.sync_api import Page


def check_html(html: str, *, thorough: bool = True) -> list[str]:
    """Return what is wrong with a page's markup, a sentence a finding.

    Thorough includes html-validate, and raises LookupError when that isn't installed
    (`tests.services.node.missing()` tells beforehand).
    """
    found = markup.findings(html)
    return [*found, *html_validate.judge().findings(html)] if thorough else found


def check_page(page: "Page", *, widths: tuple[int, ...] = ()) -> list[str]:
    """Return what is wrong with a page as the browser shows it, a sentence a finding; at several
    widths, or as wide as it is. What can be read and by whom is judged at the first of them only:
    it takes long, and doesn't hang on the width."""
    if not widths:
        return rendered.findings(page)
    found = []
    for width in widths:
        page.set_viewport_size({"width": width, "height": 800})
        seen = rendered.findings(page, accessible=width == widths[0])
        found += [f"at {width} px: {sentence}" for sentence in seen]
    return found
