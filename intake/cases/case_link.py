"""A link between two cases (关联): that they come from one person, or are about one matter."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.database import Base, UtcMoment, choice


class Relation(StrEnum):
    """What two cases have to do with each other."""

    SAME_PERSON = "same_person"
    SAME_MATTER = "same_matter"
    REPEAT = "repeat"
    JOINT = "joint"

    @property
    def official(self) -> str:
        """The words on the officers' pages."""
        return {
            Relation.SAME_PERSON: "同一个人",
            Relation.SAME_MATTER: "同一件事",
            Relation.REPEAT: "重复件",
            Relation.JOINT: "联名信访",
        }[self]


class CaseLink(Base):
    """One link, from the earlier case to the later one: at most one at a time for a pair. Why they
    were linked lies sealed with the later case. `key` names the link in events, since an id would
    tell how many there are."""

    __tablename__ = "case_link"
    __table_args__ = (
        CheckConstraint("earlier_id < later_id", name="in_order"),
        Index(
            "ix_case_link_pair",
            *("earlier_id", "later_id"),
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
        Index("ix_case_link_later_id", "later_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(20), unique=True)
    earlier_id: Mapped[int] = mapped_column(ForeignKey("case.id"))
    later_id: Mapped[int] = mapped_column(ForeignKey("case.id"))
    how: Mapped[Relation] = mapped_column(choice(Relation))
    linked_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    linked_at: Mapped[datetime] = mapped_column(UtcMoment)
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    ended_at: Mapped[datetime | None] = mapped_column(UtcMoment)
