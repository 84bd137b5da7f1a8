"""A change in words."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from admin.accounts.role_names import post_name
from admin.accounts.staff_names import names_of
from admin.staffing.change_list import Listed
from portal.campaign.book import Book
from portal.foundation import clock
from portal.foundation.formats import moment


@dataclass(frozen=True)
class Shown:
    """One change as its page and the list show it."""

    key: str
    what: str
    whom: str
    post: str
    how: str
    asked: str
    state: str
    one: Listed


def shown(session: Session, book: Book, one: Listed) -> Shown:
    """A change with names in the place of ids."""
    change, wanted = one.change, one.said.wanted
    names = names_of(session, [change.staff_id, change.proposed_by, change.decided_by])
    whom = names.get(change.staff_id or 0, "")
    if wanted.name:
        whom = f"{wanted.display_name}（登录名 {wanted.name}）"
    post = post_name(book.unit_name(wanted.unit_code), wanted.role) if wanted.role else ""
    return Shown(
        key=change.key,
        what=change.what.official,
        whom=whom,
        post=post,
        how=wanted.how.official,
        asked=f"{names[change.proposed_by]}，{moment(change.proposed_at)}",
        state=_state(one, names),
        one=one,
    )


def _state(one: Listed, names: dict[int, str]) -> str:
    change = one.change
    if change.outcome is None or change.decided_by is None:
        return "等另一位定" if change.waits(clock.now()) else "过了7天没有人定，作废了"
    return f"{names[change.decided_by]}{change.outcome.official}"
