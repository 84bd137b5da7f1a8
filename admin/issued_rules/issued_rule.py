"""A rule that a unit issued, in each version of its entry.

What was issued is kept in the clear: it is an official document, and every desk reads it. Why an
entry was corrected or withdrawn is sealed for its unit and the office.
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.database import Base, UtcMoment, choice


class RuleAct(StrEnum):
    """What a document did."""

    NEW = "new"
    CHANGED = "changed"
    REPEALED = "repealed"

    @property
    def official(self) -> str:
        """The word on the officers' pages and in the annexes."""
        return _WORDS[self]


_WORDS = {RuleAct.NEW: "新订", RuleAct.CHANGED: "修订", RuleAct.REPEALED: "废止"}


class IssuedRule(Base):
    """One entry of the unit that issued it; `version` is the one that holds. `reason`, of a
    withdrawal, is sealed."""

    __tablename__ = "issued_rule"

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_code: Mapped[str] = mapped_column(ForeignKey("unit.code"), index=True)
    version: Mapped[int] = mapped_column(default=1)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcMoment)
    withdrawn_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    reason: Mapped[bytes | None] = mapped_column(LargeBinary)

    @property
    def label(self) -> str:
        """What ties its compartment to it."""
        return f"issued-rule:{self.id}"


class IssuedRuleVersion(Base):
    """What an entry said from one moment on. `issued_on` is a Shanghai day; `link` is where it is
    published, `notice_slug` the notice of this site that tells of it; both may be missing. `reason`
    of a correction is sealed."""

    __tablename__ = "issued_rule_version"

    rule_id: Mapped[int] = mapped_column(ForeignKey("issued_rule.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    act: Mapped[RuleAct] = mapped_column(choice(RuleAct))
    title: Mapped[str] = mapped_column(String(200))
    document_number: Mapped[str] = mapped_column(String(80))
    issued_on: Mapped[date] = mapped_column(index=True)
    link: Mapped[str] = mapped_column(String(400))
    # No key: the campaign's files may take a notice away.
    notice_slug: Mapped[str | None] = mapped_column(String(60))
    reason: Mapped[bytes | None] = mapped_column(LargeBinary)
    written_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    written_at: Mapped[datetime] = mapped_column(UtcMoment)


class IssuedRulePolicy(Base):
    """Which policies a version says that the rule changes."""

    __tablename__ = "issued_rule_policy"

    rule_id: Mapped[int] = mapped_column(ForeignKey("issued_rule.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    policy_code: Mapped[str] = mapped_column(ForeignKey("policy.code"), primary_key=True)
