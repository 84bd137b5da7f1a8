"""What a passkey is asked to sign, once, within five minutes."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.database import Base, UtcMoment, choice

LASTS = timedelta(minutes=5)


class Purpose(StrEnum):
    """What is proved by signing it."""

    ADD = "add"
    SIGN_IN = "sign_in"
    PROVE = "prove"


class PasskeyChallenge(Base):
    """One challenge. `staff_id` is who has to sign it; nobody where the password before it was
    wrong, so that such a page looks like any other. `password_hash` is the one that was proved."""

    __tablename__ = "staff_passkey_challenge"

    key: Mapped[str] = mapped_column(String(32), primary_key=True)
    purpose: Mapped[Purpose] = mapped_column(choice(Purpose))
    challenge: Mapped[bytes] = mapped_column(LargeBinary)
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"), index=True)
    password_hash: Mapped[str | None] = mapped_column(String(200))
    stamp: Mapped[str] = mapped_column(String(64))
    expires_at: Mapped[datetime] = mapped_column(UtcMoment)

    @property
    def stamped(self) -> tuple[str, ...]:
        """What its stamp covers."""
        whose, password = str(self.staff_id or ""), self.password_hash or ""
        return self.key, self.purpose.value, self.challenge.hex(), whose, password
