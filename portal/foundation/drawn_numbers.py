"""Numbers drawn by chance: a counted one would tell how many there are, and in which order."""

from __future__ import annotations

import secrets

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session


def draw_number(
    session: Session, prefix: str, digits: int, *taken: InstrumentedAttribute[str]
) -> str:
    """The prefix and as many digits as are asked for, drawn until nobody has them in one of the
    columns `taken`. Two who draw beside each other may still draw the same: the column's own
    constraint refuses the second, who draws again."""
    while True:
        number = f"{prefix}{secrets.randbelow(10**digits):0{digits}d}"
        if not session.scalar(select(or_(*(exists().where(column == number) for column in taken)))):
            return number
