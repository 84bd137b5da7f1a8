"""Search over everything published: policies, who to call, lists, notices, results, draws, figures,
pages.

Words of two characters count, and of one; signs have no power. What a citizen wrote or what a unit
does inside is out of reach, as everywhere on the public site.
"""

from __future__ import annotations

from collections.abc import Callable

from flask import current_app, request

from portal.foundation.cached_pages import published_page
from portal.foundation.database import reading
from portal.pages.blueprint import blueprint, book_in_force, filled
from portal.pages.search.draws import draws
from portal.pages.search.finding import Group
from portal.pages.search.lists import lists
from portal.pages.search.months import months
from portal.pages.search.notices import notices
from portal.pages.search.policies import policies
from portal.pages.search.problems import problems
from portal.pages.search.results import results
from portal.pages.search.site_pages import site_pages
from portal.pages.search.sought import Sought
from portal.pages.search.units import units

# In the order in which they stand on the page: what a person most often came for first.
_KINDS: tuple[Callable[[Sought], Group], ...] = (
    policies,
    units,
    problems,
    lists,
    notices,
    results,
    draws,
    months,
    site_pages,
)


@blueprint.get("/search")
@published_page(query=("q",))
def search() -> str:
    """What fits the words of `q`, each word somewhere."""
    typed = request.args.get("q", "").strip()
    found = book_in_force()
    with reading() as session:
        sought = Sought(typed, found, current_app.extensions["links"], session)
        groups = [kind(sought) for kind in _KINDS] if sought.words else []
    needs = dict.fromkeys(need for one in found.policies.values() for need in one.needs)
    return filled(
        "search",
        found,
        typed=typed,
        groups=sorted((one for one in groups if one.total), key=lambda one: not one.leads),
        needs=list(needs),
        office=found.office,
    )
