"""The filters of a list in words, and the lists that somebody saved."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from admin.desk import saved_filter
from admin.desk.pages.desk import Desk
from admin.desk.pages.list_place import address
from admin.desk.pages.queue_lines import problem_words
from admin.desk.queue_view import DUE_WORDS, MARK_WORDS, MINE_WORDS, View
from portal.campaign.book import Book


@dataclass(frozen=True)
class Saved:
    """What is saved: words, address, and whether it is the present list. `may_save` and `may_drop`
    say what may be done with the present one."""

    chips: list[tuple[str, str, bool]]
    may_save: bool
    may_drop: bool


def words_of(view: View, book: Book) -> list[tuple[str, str]]:
    """The filters in use, each by its name in an address, in words."""
    given = view.filters
    words = {
        "mine": MINE_WORDS.get(given.mine or "", ""),
        "mark": MARK_WORDS.get(given.mark or "", ""),
        "due": DUE_WORDS.get(given.due or "", ""),
        "kind": given.kind.official if given.kind else "",
        "policy": book.policies[given.policy].name if given.policy else "",
        "problem": problem_words(given.problem, book),
        "place": book.places[given.place].name if given.place else "",
        "unit": book.unit_name(given.unit),
    }
    return [(name, text) for name, text in words.items() if text]


def saved_filters(session: Session, desk: Desk, view: View) -> Saved:
    """A person's saved lists. What one names and the campaign no longer knows is left out of it."""
    queries = saved_filter.saved_by(session, desk.access.staff_id)
    views = [(query, View.from_query(query, desk.access, desk.book)) for query in queries]
    here = [query for query, one in views if one == view.at()]
    return Saved(
        chips=[(_name(one, desk.book), address(one), one == view.at()) for _, one in views],
        may_save=view.worth_saving and not here,
        may_drop=bool(here),
    )


def keep_filter(session: Session, desk: Desk, view: View, *, dropped: bool) -> None:
    """Save a list, or forget whatever shows as this one. Raises saved_filter.TooMany."""
    person = desk.access.staff_id
    if not dropped:
        saved_filter.save(session, person, view.to_save)
        return
    for query in saved_filter.saved_by(session, person):
        if View.from_query(query, desk.access, desk.book) == view.at():
            saved_filter.drop(session, person, query)


def _name(view: View, book: Book) -> str:
    """A saved list's name, made from what it is narrowed to."""
    scope = ["全区"] if view.district else []
    return " · ".join([view.tab.official, *scope, *(text for _, text in words_of(view, book))])
