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
    leads there, and is empty where it was printed or broadcast. A month's figures have their month
    in the path, as `month_path` says."""

    __tablename__ = "appearance"

    id: Mapped[int] = mapped_column(primary_key=True)
    path: Mapped[str] = mapped_column(String(120), index=True)
    outlet: Mapped[str] = mapped_column(String(80))
    link: Mapped[str] = mapped_column(String(400))
    appeared_on: Mapped[date]


def month_path(month: date) -> str:
    """The path under which a month's figures are read."""
    return f"/figures?month={month:%Y-%m}"


def appearances_of(session: Session, *paths: str) -> Sequence[Appearance]:
    """Where the page under a path, or under one of several, stood, the earliest first."""
    stored = select(Appearance).where(Appearance.path.in_(paths))
    return session.scalars(stored.order_by(Appearance.appeared_on, Appearance.id)).all()
