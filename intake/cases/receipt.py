"""A receipt (回执): the digest of a query code and the reporter's public key. The code itself is
nowhere."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, LargeBinary, text
from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.database import Base

# What a mark of a telephone is for, so that one column's says nothing about another's.
RECEIPT_PHONE, CONTACT_PHONE = "receipt-phone", "contact-phone"


class Receipt(Base):
    """What lets the holder of a code find his case and read its conversation.

    `first_digest` is kept where a member of staff saw the first code: while it is the code's own,
    the code is good for nothing but to be changed. `phone_mark` is, until then, a keyed digest of
    the telephone that the reporter left. `contact_mark` is another one, by which the cases of one
    person are found; none is kept of what accuses somebody.
    """

    __tablename__ = "receipt"
    __table_args__ = (
        Index("ix_receipt_first_digest", "first_digest", unique=True),
        Index(
            "ix_receipt_contact_mark",
            "contact_mark",
            sqlite_where=text("contact_mark IS NOT NULL"),
            postgresql_where=text("contact_mark IS NOT NULL"),
        ),
    )

    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), primary_key=True)
    code_digest: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    first_digest: Mapped[bytes | None] = mapped_column(LargeBinary)
    phone_mark: Mapped[bytes | None] = mapped_column(LargeBinary)
    contact_mark: Mapped[bytes | None] = mapped_column(LargeBinary)

    @property
    def is_one_time(self) -> bool:
        """Whether the code is still the one that a member of staff saw."""
        return self.first_digest == self.code_digest
