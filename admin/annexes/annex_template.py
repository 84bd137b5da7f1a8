"""The office's template of an annex, in each of its revisions."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from admin.annexes.columns import Annex
from portal.foundation.database import Base, UtcMoment, choice


class AnnexTemplate(Base):
    """What an annex looks like since `written_at`. `columns` are the shown ones in their order,
    each with its key, its heading and its width. Rows are only ever added."""

    __tablename__ = "annex_template"
    __table_args__ = (UniqueConstraint("annex", "revision"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    annex: Mapped[Annex] = mapped_column(choice(Annex))
    revision: Mapped[int]
    title: Mapped[str] = mapped_column(String(60))
    foot: Mapped[str] = mapped_column(String(120))
    columns: Mapped[list[list[str | int]]] = mapped_column(JSON)
    written_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    written_at: Mapped[datetime] = mapped_column(UtcMoment)
