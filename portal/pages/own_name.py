"""Looking for oneself in the lists of recipients.

A name stands in no address, log or table: it is posted, masked as the rows are, and forgotten.
Nothing is changed by it, so that there is nothing to forge.
"""

from __future__ import annotations

from flask import request
from werkzeug.wrappers import Response

from portal.campaign.book import Book, book
from portal.foundation import clock
from portal.foundation.address_numbers import page_number
from portal.foundation.database import reading
from portal.foundation.limits import limits
from portal.pages.blueprint import blueprint, filled
from portal.pages.distributions import kept_by_nobody
from portal.pages.shown_distributions import PAGE, found_by_name
from portal.pages.typed_words import sound
from portal.published.discretion import shows_rows
from portal.published.distribution import Distribution
from portal.published.masking import is_whole_name, mask

_LONGEST_NAME = 40
_MOST_PAGES = 50
_NOT_A_NAME = "请写完整的姓名，至少两个字，不要写*。只写姓查不了。"


@blueprint.post("/distributions")
@limits.guard("own-name")
def own_name() -> Response:
    """The rows that show as this name, in the lists that stand today, or in the one that is
    named."""
    typed, page = request.form.get("name", ""), _page()
    is_name = len(typed) <= _LONGEST_NAME and is_whole_name(typed)
    masked = mask(typed) if is_name else ""
    with reading() as session:
        found = book(session)
        one = session.get(Distribution, sound(request.form.get("number", "")))
        if one and not _shows_names(one, found):
            one = None
        number = one.number if one else ""
        matches = found_by_name(session, found, masked, number=number, page=page) if masked else []
    text = filled(
        "own_name",
        found,
        book=found,
        one=one,
        typed=typed[:_LONGEST_NAME],
        masked=masked,
        error="" if is_name else _NOT_A_NAME,
        matches=matches[:PAGE],
        page=page,
        has_more=len(matches) > PAGE and page < _MOST_PAGES,
    )
    return kept_by_nobody(text, 200 if is_name else 422)


def _shows_names(one: Distribution, found: Book) -> bool:
    return one.stands_on(clock.today()) and shows_rows(one, found.policies[one.policy_code])


def _page() -> int:
    return min(page_number(request.form.get("page")), _MOST_PAGES)
