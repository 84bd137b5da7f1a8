"""Who works here, as far as a case may name them: a person who is named may not see it, and a unit
all of whose people are named can't either."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from portal.foundation.staff import AT_A_DESK, Post, Role, Staff

_ASKED = (*AT_A_DESK, Role.SYSTEM_ADMIN)
# Put together once: every report asks it.
_WORKING_HERE = (
    select(Staff.display_name, Staff.id, Post.unit_code, Post.role)
    .join(Post, and_(Post.staff_id == Staff.id, Post.role.in_(_ASKED)), isouter=True)
    .where(Staff.active)
)


@dataclass(frozen=True)
class AtWork:
    """Names with the ids behind them, who sits at each unit's desk, and who administers the
    system."""

    names: Mapping[str, AbstractSet[int]]
    desks: Mapping[str, AbstractSet[int]]
    administrators: AbstractSet[int] = frozenset()

    def named_in(self, text: str) -> frozenset[int]:
        """The people whose names stand in a text; of several of one name all."""
        found = (people for name, people in self.names.items() if name in text)
        return frozenset[int]().union(*found)

    def emptied_by(self, people: AbstractSet[int]) -> frozenset[str]:
        """The units that nobody is left at without these people."""
        return frozenset(unit for unit, desk in self.desks.items() if desk <= people)


NOBODY = AtWork({}, {})


def at_work(session: Session) -> AtWork:
    """Everybody who works here; a single character names nobody."""
    names: dict[str, set[int]] = {}
    desks: dict[str, set[int]] = {}
    administrators = set()
    for name, staff_id, unit, role in session.connection().execute(_WORKING_HERE):
        if len(name) > 1:
            names.setdefault(name, set()).add(staff_id)
        if role is Role.SYSTEM_ADMIN:
            administrators.add(staff_id)
        elif unit is not None:
            desks.setdefault(unit, set()).add(staff_id)
    return AtWork(names, desks, administrators)
