"""Where else something that is published stands: the government's own portal, the press (plan
五(二)1, 六(二))."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from urllib.parse import urlsplit

from sqlalchemy import String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal.foundation.database import Base

_MONTH = re.compile(r"month=[0-9]{4}-[0-9]{2}")


class OtherQuery(Exception):
    """Behind the "?" of an address stands something else than a month of figures."""


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


def path_in_address(address: str) -> str:
    """The path under which what an address of this site leads to is recorded: a month's figures
    keep their month, everything else has none but its path. Empty where it is no address at all.

    Raises:
        OtherQuery: the address asks for part of a page, or for anything else behind "?".
    """
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    path = parts.path.rstrip("/")
    if not parts.query:
        return path
    month = _MONTH.fullmatch(parts.query)
    if path != "/figures" or month is None:
        raise OtherQuery(address)
    return f"{path}?{month[0]}"


def appearances_of(session: Session, *paths: str) -> Sequence[Appearance]:
    """Where the page under a path, or under one of several, stood, the earliest first."""
    stored = select(Appearance).where(Appearance.path.in_(paths))
    return session.scalars(stored.order_by(Appearance.appeared_on, Appearance.id)).all()
