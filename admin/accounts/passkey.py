"""A passkey (通行密钥): the public half of a key that lies in somebody's telephone, computer or
security key. It proves him only to this site's own address, so that no look-alike can pass it
on."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.database import Base, UtcMoment


class Passkey(Base):
    """One passkey. `sign_count` is how often it says that it was used: one that says less than
    before was copied. `sealed_name` is what its owner calls it. `stamp` is made with a key that the
    public side lacks: one that somebody wrote into the database is none."""

    __tablename__ = "staff_passkey"

    id: Mapped[int] = mapped_column(primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), index=True)
    credential_id: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    sign_count: Mapped[int] = mapped_column(BigInteger)
    sealed_name: Mapped[bytes] = mapped_column(LargeBinary)
    stamp: Mapped[str] = mapped_column(String(64))
    added_at: Mapped[datetime] = mapped_column(UtcMoment)
    used_at: Mapped[datetime | None] = mapped_column(UtcMoment)

    @property
    def context(self) -> bytes:
        """What binds the sealed name to this passkey."""
        return b"staff-passkey|%d|" % self.staff_id + self.credential_id

    @property
    def stamped(self) -> tuple[str, str, str]:
        """What its stamp covers."""
        return str(self.staff_id), self.credential_id.hex(), self.public_key.hex()
