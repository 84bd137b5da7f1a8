"""What all that a unit hands in has in common (月报、总结): its versions, each confirmed by an
officer, signed by the head, and accepted or sent back by whoever receives it."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import ForeignKey, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from admin.returns.content import Said, digest_of
from portal.foundation.clock import day_of
from portal.foundation.database import UtcMoment, choice


class ReturnState(StrEnum):
    """How far a version is."""

    FILLED_IN = "filled_in"
    HANDED_IN = "handed_in"
    ACCEPTED = "accepted"
    SENT_BACK = "sent_back"


# What counts: it was signed, and not sent back.
STANDING = (ReturnState.HANDED_IN, ReturnState.ACCEPTED)


class SignedVersion:
    """The columns of one version. `content` is the canonical text, over which `digest` was taken
    when the head signed: from then on neither changes. `edition` counts every write to any version
    of one thing on, so that the later of two writers learns of the earlier. Reasons are sealed to
    the unit, the receiver and the office.

    A record says what its compartment is called (`box`), which of its columns are sealed in it
    (`sealed_columns`), and by which columns all versions of one thing are known (`one_thing`).
    """

    box: ClassVar[str]
    sealed_columns: ClassVar[tuple[str, ...]]
    one_thing: ClassVar[tuple[str, ...]]

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(20), unique=True)
    unit_code: Mapped[str] = mapped_column(ForeignKey("unit.code"))
    receiver_code: Mapped[str] = mapped_column(ForeignKey("unit.code"))
    version: Mapped[int]
    edition: Mapped[int]
    state: Mapped[ReturnState] = mapped_column(choice(ReturnState))
    content: Mapped[str] = mapped_column(Text)
    digest: Mapped[str | None] = mapped_column(String(64))
    correction: Mapped[bytes | None] = mapped_column(LargeBinary)
    sent_back_for: Mapped[bytes | None] = mapped_column(LargeBinary)
    confirmed_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    confirmed_at: Mapped[datetime] = mapped_column(UtcMoment)
    signed_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    signed_at: Mapped[datetime | None] = mapped_column(UtcMoment)
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    decided_at: Mapped[datetime | None] = mapped_column(UtcMoment)

    @property
    def label(self) -> str:
        """What ties its compartment to it."""
        return f"{self.box}:{self.key}"

    @property
    def said(self) -> Said:
        """What it says."""
        raise NotImplementedError

    @property
    def stands(self) -> bool:
        """Whether it counts."""
        return self.state in STANDING

    @property
    def signed_on(self) -> date | None:
        """The Shanghai day on which it was handed in."""
        return day_of(self.signed_at) if self.signed_at else None

    @property
    def is_intact(self) -> bool:
        """Whether what was frozen is still what was signed."""
        return self.digest is None or digest_of(self.content) == self.digest
