"""A sealed package (密封包): one case for a body without an account, and who has had which half.

The file and its passphrase go to two different people, so that neither can read it alone.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.database import Base, UtcMoment


class Package(Base):
    """One package. `number` is drawn by chance and says nothing of the case; `passphrase` is sealed
    under the master key and destroyed once it was read; `digest` is that of the file."""

    __tablename__ = "package"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(20), unique=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    unit_code: Mapped[str] = mapped_column(ForeignKey("unit.code"))
    made_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    made_at: Mapped[datetime] = mapped_column(UtcMoment)
    digest: Mapped[bytes] = mapped_column(LargeBinary)
    passphrase: Mapped[bytes | None] = mapped_column(LargeBinary)
    opened_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    opened_at: Mapped[datetime | None] = mapped_column(UtcMoment)
    delivered_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    delivered_on: Mapped[date | None]
