"""Where else something that is published stands: the government's own portal, the press (plan
五(二)1, 六(二))."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal.foundation.database import Base


class Appearance(Base):
    """That the page under `path` of this site stood in an outlet from a Shanghai day on; `link`
    leads there, and is empty where it was printed or broadcast."""

    __tablename__ = "appearance"

    id: Mapped[int] = mapped_column(primary_key=True)
    path: Mapped[str] = mapped_column(String(120), index=True)
    outlet: Mapped[str] = mapped_column(String(80))
    link: Mapped[str] = mapped_column(String(400))
    appeared_on: Mapped[date]


def appearances_of(session: Session, path: str) -> Sequence[Appearance]:
    """Where the page under a path stood, the earliest first."""
    stored = select(Appearance).where(Appearance.path == path)
    return session.scalars(stored.order_by(Appearance.appeared_on, Appearance.id)).all()
