"""What somebody looks for, and where it is looked for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, func, or_
from sqlalchemy.orm import InstrumentedAttribute, Session

from portal.campaign.book import Book
from portal.foundation.links import Links
from portal.pages.search.finding import MOST
from portal.pages.search.quoting import sentence_with
from portal.pages.typed_words import plain, says, words_as_typed, words_of

Columns = Sequence[InstrumentedAttribute[str]]


@dataclass(frozen=True)
class Sought:
    """The words that were typed, the campaign, and what is published in the database."""

    typed: str
    found: Book
    links: Links
    session: Session

    @cached_property
    def words(self) -> list[str]:
        """The words, made comparable."""
        return words_of(self.typed)

    def fits(self, names: Iterable[str], told: Iterable[str] = ()) -> bool:
        """Whether each word is part of a name or of what is told besides, or has a whole name in
        it, as 民政局电话 has 民政局."""
        called = [plain(one) for one in names]
        everything = [*called, *map(plain, told)]
        return all(says(word, called, everything) for word in self.words)

    def sentence(self, text: str) -> str:
        """The sentence of a text that has the most of the words; empty where none has any."""
        return sentence_with(self.words, text)

    def first_rows(self, wanted: Select[*tuple[Any, ...]]) -> tuple[Sequence[Row[Any]], int]:
        """As many rows of a query as stand in a group, and how many it has in all."""
        counted = wanted.add_columns(func.count().over().label("total")).limit(MOST)
        rows = self.session.execute(counted).all()
        return rows, rows[0].total if rows else 0

    def in_columns(
        self, columns: Columns, *besides: dict[str, list[ColumnElement[bool]]]
    ) -> ColumnElement[bool]:
        """The condition that each word stands in one of the columns, as it was typed or made
        comparable, or that one of the conditions holds which a dictionary has for it."""
        return and_(
            *(
                or_(
                    *(
                        column.icontains(form, autoescape=True)
                        for column in columns
                        for form in dict.fromkeys((word, as_typed))
                    ),
                    *(one for more in besides for one in more.get(word, [])),
                )
                for word, as_typed in zip(self.words, words_as_typed(self.typed), strict=True)
            )
        )
