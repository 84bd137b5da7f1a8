"""Sample lists of recipients for a demonstration: one with invented names, already masked, and one
of sums only where the campaign has such a policy."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.distributions import drafting, release
from admin.distributions.columns import COMMUNITY
from admin.distributions.distribution_draft import DistributionDraft
from admin.distributions.list_reading import ListRow
from admin.distributions.list_texts import ListTexts
from admin.publishing.desk import Publisher
from portal.campaign.book import Book
from portal.campaign.distribution_rule import DistributionRule
from portal.campaign.place import PlaceKind
from portal.foundation import clock
from portal.foundation.staff import Staff
from portal.published.discretion import shows_sums_only
from portal.published.masking import mask

_SURNAMES = "王李张刘陈杨黄赵吴周"
_LAST = "样例编造示范"
_COUNT = 60
_WEEK = 7
_PEOPLE, _AMOUNT = 128, Decimal("12800.00")


def add_lists(session: Session, book: Book, drafter: Staff, reader: Staff) -> None:
    """Draft and release them, unless somebody drafted a list before."""
    if session.scalar(select(DistributionDraft.id).limit(1)) is not None:
        return
    for policy, texts in _samples(book):
        draft = drafting.draft_list(
            session,
            by=Publisher.of(drafter, book),
            policy=policy,
            street=_street(book),
            texts=texts,
        )
        seen = Publisher.of(reader, book)
        released = release.release(session, draft, by=seen, version=draft.version)
        released.sample = True
        session.flush()


def _samples(book: Book) -> Iterator[tuple[str, ListTexts]]:
    named = [one.code for one in book.policies.values() if not shows_sums_only(one)]
    discreet = [one.code for one in book.policies.values() if shows_sums_only(one)]
    rows = tuple(_rows(book))
    amount = sum((row.amount for row in rows), Decimal(0))
    for code in named[:1]:
        yield code, _texts(book, rows, len(rows), amount)
    for code in discreet[:1]:
        yield code, _texts(book, (), _PEOPLE, _AMOUNT)


def _texts(book: Book, rows: tuple[ListRow, ...], people: int, amount: Decimal) -> ListTexts:
    last = clock.today().replace(day=1) - timedelta(days=1)
    return ListTexts(
        paid_from=last.replace(day=1),
        paid_to=last,
        standard="每人每月100元（样例）",
        telephone=book.campaign.hotline,
        starts_on=None,
        days=DistributionRule.of(book.campaign).days or _WEEK,
        people=people,
        amount=amount,
        columns=(COMMUNITY,) if rows else (),
        rows=rows,
    )


def _rows(book: Book) -> Iterator[ListRow]:
    street = _street(book)
    communities = [one.code for one in book.places.values() if one.parent_code == street]
    for number in range(_COUNT):
        first, last = _SURNAMES[number * 3 % len(_SURNAMES)], _LAST[number % len(_LAST)]
        community = communities[number % len(communities)] if communities else ""
        yield ListRow(mask(f"{first}小{last}"), community, 1, "", Decimal("100.00"))


def _street(book: Book) -> str:
    return next(one.code for one in book.places.values() if one.kind is PlaceKind.STREET)
