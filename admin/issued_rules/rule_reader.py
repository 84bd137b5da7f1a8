"""Who reads and writes of issued rules: every desk reads what was issued; a unit writes of its own,
the office of any."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, or_, true

from admin.accounts.access import Access
from admin.issued_rules.issued_rule import IssuedRule
from portal.campaign.book import Book
from portal.campaign.unit import Unit, UnitKind
from portal.foundation.staff import Role, Staff

_WRITING = (Role.OFFICER, Role.HEAD)
# Whose rules are those of the unit above.
_ISSUE_NONE = frozenset({UnitKind.COMMUNITY})


@dataclass(frozen=True)
class RuleReader:
    """Somebody at a desk; `own` are the units in whose name he writes."""

    access: Access
    own: frozenset[str]
    book: Book

    @classmethod
    def of(cls, staff: Staff, book: Book) -> RuleReader:
        """The reader behind a member of staff."""
        return cls(Access.of(staff, book), staff.units_as(*_WRITING), book)

    @property
    def office(self) -> str:
        """The office's code."""
        return self.access.office_code

    @property
    def opens_as(self) -> frozenset[str]:
        """The units as which he opens reasons."""
        return self.own | ({self.office} if self.access.as_office else frozenset())

    def writes_of(self, unit: str) -> bool:
        """Whether a unit's entries are his to write, correct and withdraw, with all that they ever
        said."""
        return self.access.as_office or unit in self.own

    @property
    def units(self) -> list[Unit]:
        """The units of which he writes, in the campaign's order."""
        return [
            one
            for one in self.book.units.values()
            if one.code in self.own
            or (self.access.as_office and one.desk and one.kind not in _ISSUE_NONE)
        ]

    @property
    def visible(self) -> ColumnElement[bool]:
        """The condition under which an entry exists for him: one that was withdrawn is there for
        those alone who wrote it and could say why."""
        if self.access.as_office:
            return true()
        return or_(IssuedRule.withdrawn_at.is_(None), IssuedRule.unit_code.in_(self.own))
