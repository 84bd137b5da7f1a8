"""The blueprint that these pages hang on, and the two cases that a request is about."""

from __future__ import annotations

from dataclasses import dataclass

from flask import abort, current_app
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from admin.accounts.access import NoSuchCase
from admin.accounts.frame import room
from admin.desk.hand import Hand
from admin.desk.pages.desk import Desk
from admin.duplicates.comparing import Column
from admin.duplicates.pages.pair_acts import Act, allowed, refusals
from admin.duplicates.pair import Pair, find_pair
from portal.foundation.database import reading
from portal.foundation.links import Links

blueprint = room("duplicates", __name__)
Answer = str | tuple[str, int] | Response


@dataclass(frozen=True)
class SideBySide:
    """Two cases before somebody who sees both, with what he may do with them, and why he can't do
    the rest."""

    desk: Desk
    pair: Pair
    columns: tuple[Column, Column]
    acts: tuple[Act, ...]
    refusals: tuple[str, ...]

    @classmethod
    def read(cls, number: str, other: str) -> SideBySide:
        """The two; where one isn't his to see, there are none."""
        with reading() as session:
            desk = Desk.of(session)
            try:
                this, second = find_pair(session, desk.access, (number, other))
            except NoSuchCase:
                abort(404)
            hand = Hand(desk.access, desk.book, this.version)
            return cls._of(session, desk, Pair(this, second, hand, second.version))

    @classmethod
    def _of(cls, session: Session, desk: Desk, pair: Pair) -> SideBySide:
        first, second = (
            Column.of(session, desk.access, desk.book, case) for case in (pair.this, pair.other)
        )
        return cls(
            desk=desk,
            pair=pair,
            columns=(first, second),
            acts=tuple(allowed(session, pair)),
            refusals=tuple(refusals(session, pair)),
        )

    @property
    def numbers(self) -> tuple[str, str]:
        """The numbers of the two."""
        return self.pair.this.number, self.pair.other.number


def links() -> Links:
    """Addresses across the parts."""
    found: Links = current_app.extensions["links"]
    return found
