"""What the public reads of something that was withdrawn (撤下): that it was, when and why."""

from __future__ import annotations

from datetime import date

from portal.campaign.book import Book
from portal.pages.blueprint import filled


def withdrawn_page(
    found: Book, *, title: str, on: date, because: str, back: tuple[str, str]
) -> tuple[str, int]:
    """The note that is left, dated in Shanghai; `back` is where its list is and how that is called.
    410 tells a search engine to forget what stood there."""
    address, name = back
    page = filled(
        "withdrawn",
        found,
        title=title,
        withdrawn_on=on,
        because=because,
        back=address,
        back_to=name,
    )
    return page, 410
