"""A member of staff: a name, and the roles held in each unit. How they sign in lives in
`admin.accounts`."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.foundation.database import Base, UtcMoment, choice


class Role(StrEnum):
    """What a person may do in one unit."""

    OFFICER = "officer"
    HEAD = "head"
    CHECKER = "checker"
    INTAKE_CLERK = "intake_clerk"
    PUBLISHER = "publisher"
    OFFICE = "office"
    OFFICE_HEAD = "office_head"
    DISCIPLINE = "discipline"
    AUDITOR = "auditor"
    SYSTEM_ADMIN = "system_admin"


# Whoever may have a case before him.
AT_A_DESK = (Role.OFFICER, Role.HEAD, Role.DISCIPLINE, Role.OFFICE, Role.OFFICE_HEAD)
# Whoever publishes, where he is of the office.
PUBLISHING_ROLES = (Role.PUBLISHER, Role.OFFICE, Role.OFFICE_HEAD)


class Post(Base):
    """One role of one person in one unit. `stamp` is made with a key that the public side lacks."""

    __tablename__ = "staff_post"

    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), primary_key=True)
    unit_code: Mapped[str] = mapped_column(ForeignKey("unit.code"), primary_key=True)
    role: Mapped[Role] = mapped_column(choice(Role), primary_key=True)
    stamp: Mapped[str] = mapped_column(String(64))


class Staff(Base):
    """A person who works here. `name` is what he signs in with; `display_name` is what colleagues
    read."""

    __tablename__ = "staff"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80), unique=True)
    display_name: Mapped[str] = mapped_column(String(80))
    active: Mapped[bool] = mapped_column(default=True)
    sample: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(UtcMoment)
    posts: Mapped[list[Post]] = relationship(lazy="selectin", cascade="all, delete-orphan")

    @property
    def unit_codes(self) -> frozenset[str]:
        """Every unit this person serves in whatever role."""
        return frozenset(post.unit_code for post in self.posts)

    def units_as(self, *roles: Role) -> frozenset[str]:
        """The units in which this person holds one of the roles."""
        return frozenset(post.unit_code for post in self.posts if post.role in roles)

    def holds(self, role: Role) -> bool:
        """Whether this person holds the role anywhere."""
        return any(post.role is role for post in self.posts)
