"""A message of ours, by text or by mail: which template, how far it is, and what it cost to try."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from intake.rules.sending import Medium, TextState
from portal.foundation.database import Base, UtcMoment, choice


class OutboundText(Base):
    """One message, to a case's reporter or to a member of staff. `reference` is our own id of it,
    by which a gateway knows it again, reports name it, and a mail that came twice is recognised; a
    new one each time that somebody has it sent anew.

    `sealed` holds the template's variables, for the worker. Number and address aren't here: they
    lie at the case (`NoticeAddress`) or the person, and what waits is gone with them. Of the mail
    to an address that somebody gave up, `sealed` holds that, until it was sent.
    """

    __tablename__ = "outbound_text"
    __table_args__ = (
        CheckConstraint("(case_id IS NULL) <> (staff_id IS NULL)", name="one_addressee"),
        # What is due, and how many there are of each state.
        Index("ix_outbound_text_state", "state", "next_at"),
        Index("ix_outbound_text_case_id", "case_id"),
        # How many were tried today.
        Index("ix_outbound_text_last_tried_at", "last_tried_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(32), unique=True)
    medium: Mapped[Medium] = mapped_column(choice(Medium), default=Medium.TEXT)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case.id"))
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    template: Mapped[str] = mapped_column(String(40))
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    state: Mapped[TextState] = mapped_column(choice(TextState), default=TextState.WAITING)
    queued_at: Mapped[datetime] = mapped_column(UtcMoment)
    # How often a provider was called for it, and when: each call sends, or asks what became of it.
    tries: Mapped[int] = mapped_column(default=0)
    next_at: Mapped[datetime] = mapped_column(UtcMoment)
    first_tried_at: Mapped[datetime | None] = mapped_column(UtcMoment)
    last_tried_at: Mapped[datetime | None] = mapped_column(UtcMoment)
    settled_at: Mapped[datetime | None] = mapped_column(UtcMoment)
    provider: Mapped[str | None] = mapped_column(String(20))
    provider_id: Mapped[str | None] = mapped_column(String(64))
    error_code: Mapped[str | None] = mapped_column(String(40))
