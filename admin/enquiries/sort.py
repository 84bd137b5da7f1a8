"""One sort of what somebody asks the office beside cases."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement

from portal.campaign.book import Book


@dataclass(frozen=True)
class Sort:
    """Its `record`; which of them `waits` for its answer, and until which Shanghai day. Its events
    begin with `events` and carry its number as their `fact`. Somebody is reminded `days_before`
    working days before that day."""

    record: Any
    waits: ColumnElement[bool]
    due_on: Callable[[Any, Book], date]
    events: str
    fact: str
    days_before: int
