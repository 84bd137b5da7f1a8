"""A sealed package (密封包): one case in a locked file, and who has had which half.

The file and its passphrase go to two different people, so that neither can read it alone.
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.database import Base, UtcMoment, choice


class Purpose(StrEnum):
    """What a package is for: a case that nobody here can act on, a referral, or the files."""

    HAND_OVER = "hand_over"
    REFERRAL = "referral"
    FILING = "filing"


class Package(Base):
    """One package, for the unit of `unit_code`. `number` is drawn by chance and says nothing of the
    case; `passphrase` is sealed under the master key, of a sealed case to its class, and destroyed
    once it was read; `digest` is that of the file."""

    __tablename__ = "package"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(20), unique=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    unit_code: Mapped[str] = mapped_column(ForeignKey("unit.code"))
    purpose: Mapped[Purpose] = mapped_column(choice(Purpose), default=Purpose.HAND_OVER)
    referral_id: Mapped[int | None] = mapped_column(ForeignKey("referral.id"))
    made_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    made_at: Mapped[datetime] = mapped_column(UtcMoment)
    digest: Mapped[bytes] = mapped_column(LargeBinary)
    passphrase: Mapped[bytes | None] = mapped_column(LargeBinary)
    opened_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    opened_at: Mapped[datetime | None] = mapped_column(UtcMoment)
    delivered_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    delivered_on: Mapped[date | None]
