"""One thing that was done for publicity, in each of its versions. Nothing is overwritten: what was
wrong is corrected by a new version, or withdrawn with a reason."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.database import Base, UtcMoment, choice


class PublicityKind(StrEnum):
    """What was done."""

    POSTER = "poster"
    LEAFLET = "leaflet"
    BROADCAST = "broadcast"
    WECHAT = "wechat"
    MEETING = "meeting"
    PRESS = "press"
    OTHER = "other"

    @property
    def official(self) -> str:
        """The words on the officers' pages."""
        return _WORDS[self][0]

    @property
    def measure(self) -> str:
        """What is counted of it."""
        return _WORDS[self][1]


_WORDS = {
    PublicityKind.POSTER: ("贴海报、摆桌牌", "张"),
    PublicityKind.LEAFLET: ("发传单", "份"),
    PublicityKind.BROADCAST: ("广播、大喇叭", "次"),
    PublicityKind.WECHAT: ("发微信", "篇"),
    PublicityKind.MEETING: ("开会、上门讲", "人"),
    PublicityKind.PRESS: ("报纸、电视、网站", "篇"),
    PublicityKind.OTHER: ("别的", "次"),
}


class PublicityEntry(Base):
    """One entry; `unit_code` is the unit whose it is, and `version` the one that holds. `reason` of
    a withdrawal is sealed."""

    __tablename__ = "publicity_entry"

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_code: Mapped[str] = mapped_column(ForeignKey("unit.code"), index=True)
    version: Mapped[int] = mapped_column(default=1)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcMoment)
    withdrawn_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    reason: Mapped[bytes | None] = mapped_column(LargeBinary)


class PublicityVersion(Base):
    """What an entry said from one moment on. `done_on` is a Shanghai day; without a place it was
    the whole district; `sealed` is where exactly, and the note, as JSON."""

    __tablename__ = "publicity_version"

    entry_id: Mapped[int] = mapped_column(ForeignKey("publicity_entry.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[PublicityKind] = mapped_column(choice(PublicityKind))
    done_on: Mapped[date] = mapped_column(index=True)
    place_code: Mapped[str | None] = mapped_column(ForeignKey("place.code"))
    quantity: Mapped[int]
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    written_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    written_at: Mapped[datetime] = mapped_column(UtcMoment)
