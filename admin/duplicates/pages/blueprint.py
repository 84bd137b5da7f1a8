"""The blueprint that these pages hang on, and the two cases that a request is about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import abort, current_app
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from admin.accounts.access import NoSuchCase
from admin.accounts.frame import room
from admin.desk.hand import Hand
from admin.desk.pages.desk import Desk
from admin.duplicates.comparing import Column
from admin.duplicates.pages.pair_acts import ACTS, Act, against_each
from admin.duplicates.pair import Pair, find_pair
from admin.duplicates.standing import Why
from portal.foundation.database import reading
from portal.foundation.links import Links

blueprint = room("duplicates", __name__)
Answer = str | tuple[str, int] | Response


@dataclass(frozen=True)
class SideBySide:
    """Two cases before somebody who sees both, with what stands against each act."""

    desk: Desk
    pair: Pair
    columns: tuple[Column, Column]
    against: Mapping[str, Why | None]

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
            against=against_each(session, pair),
        )

    @property
    def acts(self) -> list[Act]:
        """What may be done with the two now."""
        return [act for slug, act in ACTS.items() if self.against[slug] is None]

    @property
    def refusals(self) -> list[str]:
        """Why two cases that aren't tied yet can't be merged, or linked; each reason once."""
        if self.against["part"] is None or self.against["link"] is Why.LINKED:
            return []
        reasons = (self.against[slug] for slug in ("merge", "link"))
        return list(dict.fromkeys(why.official for why in reasons if why))

    def why_not(self, act: Act) -> str:
        """What stands against an act, in a sentence."""
        why = self.against[act.slug]
        return why.official if why else ""

    @property
    def numbers(self) -> tuple[str, str]:
        """The numbers of the two."""
        return self.pair.this.number, self.pair.other.number


def links() -> Links:
    """Addresses across the parts."""
    found: Links = current_app.extensions["links"]
    return found
