"""What of the enquiries nobody who answers may read: it would wait for ever."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from admin.accounts.access import Access
from admin.accounts.posts import only_stamped
from intake.chain import chain_of
from portal.campaign.book import Book, book
from portal.foundation.staff import Post, Staff


def unread(
    session: Session,
    of_sort: Any,
    waits: ColumnElement[bool],
    *,
    visible: Callable[[Access], ColumnElement[bool]],
    answers: Callable[[Access], frozenset[str]],
) -> list[int]:
    """The ids of those that `waits` and that nobody can see. `answers` are the bodies for which
    somebody answers this sort. An office at which nobody has an account yet isn't barred: what is
    its waits for them."""
    waiting = {one.id: one.unit_code for one in session.execute(_keys(of_sort, waits))}
    if not waiting:
        return []
    known, manned = book(session), set[str]()
    for access in _answering(session, known):
        manned |= answers(access)
        for one_id in session.scalars(select(of_sort.id).where(waits, visible(access))):
            waiting.pop(one_id, None)
    office = chain_of(known).office
    return [one_id for one_id, unit in waiting.items() if unit != office or office in manned]


def _keys(of_sort: Any, waits: ColumnElement[bool]) -> Any:
    return select(of_sort.id, of_sort.unit_code).where(waits)


def _answering(session: Session, known: Book) -> Iterator[Access]:
    chain = chain_of(known)
    posted = select(Post.staff_id).where(Post.unit_code.in_((chain.office, chain.discipline)))
    for staff in session.scalars(select(Staff).where(Staff.active, Staff.id.in_(posted))):
        yield Access.of(only_stamped(session, staff), known)
