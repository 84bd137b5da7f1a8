"""What a member of staff proves himself with: a password and the seed of his codes."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.database import Base, UtcMoment


class Credential(Base):
    """One person's credential. Without a password hash he is not enrolled and can't sign in.

    `last_totp_step` is the newest thirty-second step whose code was used, so that each works once.
    Of a one-time link only the hash of its token is kept.
    """

    __tablename__ = "staff_credential"

    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), primary_key=True)
    password_hash: Mapped[str | None] = mapped_column(String(200))
    totp_seed: Mapped[bytes | None] = mapped_column(LargeBinary)
    last_totp_step: Mapped[int] = mapped_column(default=0)
    enrolment_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    enrolment_expires_at: Mapped[datetime | None] = mapped_column(UtcMoment)
    # Of the word that belongs to a link of two people, its stamp.
    enrolment_word: Mapped[str | None] = mapped_column(String(64))
    changed_at: Mapped[datetime] = mapped_column(UtcMoment)

    @property
    def enrolled(self) -> bool:
        """Whether this person has set a password and a second factor."""
        return self.password_hash is not None and self.totp_seed is not None

    def offer_enrolment(self, token_hash: str, until: datetime) -> None:
        """Let the holder of one link set password and codes anew; an older link dies."""
        self.enrolment_hash = token_hash
        self.enrolment_expires_at = until

    def close_enrolment(self) -> None:
        """The link was used, or is not to be used any more."""
        self.enrolment_hash = None
        self.enrolment_expires_at = None
        self.enrolment_word = None

    def forget(self, at: datetime) -> None:
        """Take password and seed away: nobody can sign in until a link was used."""
        self.password_hash = None
        self.totp_seed = None
        self.changed_at = at
