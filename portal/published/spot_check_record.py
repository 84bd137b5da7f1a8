"""The published record of a spot check's draw (重点抽查): what was promised before it, and what
came of it, so that anybody can repeat it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.database import Base, UtcMoment


class SpotCheckRecord(Base):
    """One draw, by its number such as 2022-1. `kept` is the record as it is published; before the
    draw it holds the two commits and no unit. Never withdrawn: a draw that somebody didn't like
    must not vanish; what was given up before it says so, and why."""

    __tablename__ = "spot_check_record"

    number: Mapped[str] = mapped_column(String(20), primary_key=True)
    committed_at: Mapped[datetime] = mapped_column(UtcMoment)
    drawn_at: Mapped[datetime | None] = mapped_column(UtcMoment)
    kept: Mapped[dict[str, Any]] = mapped_column(JSON)

    @property
    def given_up_on(self) -> date | None:
        """On which Shanghai day it was given up before its seed was revealed; None where it
        wasn't."""
        return given_up_on(self.kept)


def given_up_on(record: Mapping[str, Any]) -> date | None:
    """On which Shanghai day the draw of a record was given up; None where it wasn't."""
    said = record.get("given_up_on")
    return date.fromisoformat(said) if said else None


def written(record: Mapping[str, Any]) -> bytes:
    """A record in the one form in which it is published."""
    text = json.dumps(record, ensure_ascii=False, sort_keys=True, indent=1)
    return f"{text}\n".encode()


def with_digest(record: Mapping[str, Any]) -> dict[str, Any]:
    """The record with the SHA-256 of all the rest of it."""
    rest = {name: value for name, value in record.items() if name != "sha256"}
    return {**rest, "sha256": hashlib.sha256(written(rest)).hexdigest()}
