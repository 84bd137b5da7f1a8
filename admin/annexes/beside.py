"""What other rooms tell of the units of an annex: own declarations and refunds (主动说明、退赔),
rules issued (建章立制), nil returns (零报送)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from admin.accounts.hand import Hand
from admin.annexes.wanted import Wanted
from admin.declarations.declaration_list import Sums, in_all, totals
from admin.declarations.keeper import Keeper
from admin.declarations.months import month_of
from admin.issued_rules.rule_list import issued_rules, rules_in_words
from admin.issued_rules.rule_reader import RuleReader
from admin.returns.nil_returns import nil_returns


@dataclass(frozen=True)
class Beside:
    """By the units' codes: what was declared, how many rules were issued, whether all that was
    returned is nil; a unit that isn't in a mapping told nothing."""

    declared: Mapping[str, Sums] = field(default_factory=dict)
    rules: Mapping[str, int] = field(default_factory=dict)
    nil: Mapping[str, bool] = field(default_factory=dict)

    def declared_by(self, unit: str) -> Sums | None:
        """A unit's declarations; of no unit all of them, None where nothing was told."""
        if not unit:
            return in_all(self.declared.values()) if self.declared else None
        return self.declared.get(unit)

    def rules_of(self, unit: str) -> int:
        """How many rules a unit issued; of no unit all of them."""
        return self.rules.get(unit, 0) if unit else sum(self.rules.values())


def read_beside(session: Session, by: Hand, wanted: Wanted) -> Beside:
    """What the other rooms tell, inside what this person may see and what the annex is narrowed to.
    Declarations belong to the months in which the first and the last day lie; a sheet that is
    passed on says nothing of them, since few people may stand behind a number."""
    units = {wanted.unit} if wanted.unit else set(by.book.units)
    if wanted.line is not None:
        return Beside()
    months = (month_of(by.book, wanted.first), month_of(by.book, wanted.last))
    access = by.access
    keeper = Keeper(access.staff_id, access.desks, access.as_office, by.book)
    declared = {} if wanted.to_hand_on else totals(session, keeper, first=months[0], last=months[1])
    reader = RuleReader(access, frozenset(), by.book)
    issued = issued_rules(session, reader, first=wanted.first, last=wanted.last, unit=wanted.unit)
    return Beside(
        declared={code: sums for code, sums in declared.items() if code in units},
        rules=Counter(one.rule.unit_code for one in issued),
        nil=nil_returns(session, access, by.book, wanted.first, wanted.last),
    )


def rules_said(session: Session, by: Hand, numbers: list[str]) -> Mapping[str, str]:
    """For annex 2: the rules that answer each problem, in words."""
    return rules_in_words(session, RuleReader(by.access, frozenset(), by.book), numbers)
