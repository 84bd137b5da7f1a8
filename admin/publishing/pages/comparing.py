"""Holding what will be published against every case, at any desk. Whoever asks leaves an event,
whatever comes of it: somebody who tries one sentence after the other can be seen."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy.orm import Session

from admin.accounts.guard import signed_in
from admin.publishing.desk import Publisher
from admin.publishing.echoes import Echoes, echoes
from admin.publishing.pages.room import publisher
from intake.cases.event import record
from portal.campaign.book import book
from portal.foundation.database import reading, writing

Drafted = TypeVar("Drafted")


@dataclass(frozen=True, kw_only=True)
class Comparing(Generic[Drafted]):
    """How the drafts of one desk are compared: its name in events, `texts(session, draft, by)`
    gives what the public will read, nothing where nothing will be; `keep(session, draft, by,
    found)` keeps with a draft what it repeats."""

    desk: str
    texts: Callable[[Session, Drafted, Publisher], Mapping[str, str]]
    keep: Callable[[Session, Drafted, Publisher, Echoes], None]

    def compare(self, key: Any, find: Callable[..., Drafted]) -> None:
        """Compare one draft, before anybody reads what was found in it."""
        with reading() as session:
            texts = self.texts(session, find(session, key), publisher(session))
        found = _compared(texts, self.desk, key) if texts else ()
        if found:
            with writing() as session:
                me = publisher(session)
                self.keep(session, find(session, key, to_change=True), me, found)


def repeats_a_case(texts: Mapping[str, str], desk: str, item: object) -> bool:
    """Whether texts that would go out at once, and so are no draft, repeat words of a case.
    `item` says in the event what they are about: a number, a path, a row."""
    return bool(_compared(texts, desk, item))


def repeating(texts: Iterable[str], desk: str, item: object) -> frozenset[str]:
    """Those of such texts that do, each compared once; where there are none, nothing is asked and
    no event is left."""
    each = {text: text for text in texts}
    return frozenset(text for text, _ in _compared(each, desk, item)) if each else frozenset()


def _compared(texts: Mapping[str, str], desk: str, item: object) -> Echoes:
    with writing() as session:
        record(session, "text_compared", by=signed_in().id, desk=desk, item=str(item))
    with reading() as session:
        return echoes(session, texts, book(session))
