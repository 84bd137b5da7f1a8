"""What a report is about, where the reader came from something that is published: its number begins
the words, so that nobody has to remember and type it."""

from __future__ import annotations

import re

from sqlalchemy.orm import Session

from portal.foundation import clock
from portal.foundation.database import reading
from portal.published.distribution import Distribution
from portal.published.result import Result

_RESULT, _LIST = "整改结果", "名单"
_NUMBER = re.compile(r"[A-Z0-9-]{1,20}")
_BEGINNING = re.compile(rf"(?:{_RESULT}|{_LIST}){_NUMBER.pattern}[：:]")


def beginning(number: str) -> str:
    """How the words begin, for the number of a result or a list that stands on the site today;
    empty for everything else. What isn't known is never repeated, and mostly not even looked up."""
    if not _NUMBER.fullmatch(number):
        return ""
    with reading() as session:
        kind = _kind_of(session, number)
    return f"{kind}{number}：" if kind else ""


def is_beginning_only(words: str) -> bool:
    """Whether nothing was written behind the number."""
    return bool(_BEGINNING.fullmatch(words.strip()))


def _kind_of(session: Session, number: str) -> str:
    result = session.get(Result, number)
    if result:
        return "" if result.withdrawn_on else _RESULT
    one = session.get(Distribution, number)
    return _LIST if one and one.stands_on(clock.today()) else ""
