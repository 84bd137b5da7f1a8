"""One of two cases as it stands beside the other: what it is about, what its reporter wrote, and
what he was answered, as far as somebody may read it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from admin.accounts.access import Access
from admin.desk.entries import Entry, letters_as_entries
from intake import correspondence
from intake.cases.case import Case
from intake.cases.message import MessageKind
from portal.campaign.book import Book
from portal.foundation.formats import day_with_year

_SAID = (MessageKind.SUPPLEMENT, MessageKind.OBJECTION)
_ANSWERED = (MessageKind.REPLY, MessageKind.NOTICE)
_READ = (MessageKind.WORDS, MessageKind.EXTRACT, *_SAID, *_ANSWERED)


@dataclass(frozen=True)
class Column:
    """One case of two. `words` are empty where its unit doesn't hold the key yet."""

    case: Case
    facts: tuple[tuple[str, str], ...]
    words: str
    said: tuple[Entry, ...]
    answers: tuple[Entry, ...]

    @classmethod
    def of(cls, session: Session, access: Access, book: Book, case: Case) -> Column:
        """The column of a case that this person sees."""
        letters = correspondence.read_as_unit(session, case, access.openers, _READ)
        words = {one.kind: one.text for one in letters}
        return cls(
            case=case,
            facts=tuple(_facts(case, book)),
            words=words.get(MessageKind.WORDS) or words.get(MessageKind.EXTRACT, ""),
            said=letters_as_entries(case, [x for x in letters if x.kind in _SAID], {}),
            answers=letters_as_entries(case, [x for x in letters if x.kind in _ANSWERED], {}),
        )


def _facts(case: Case, book: Book) -> list[tuple[str, str]]:
    policy, place = (
        book.policies.get(case.policy_code or ""),
        book.places.get(case.place_code or ""),
    )
    return [
        ("类别", case.kind.official),
        ("状态", case.state.official),
        ("收到", day_with_year(case.registered_on)),
        ("承办", book.unit_name(case.unit_code)),
        ("补贴", policy.name if policy else "没写，或没认出来"),
        ("地方", place.name if place else "没写"),
        ("联系", case.identity.official),
    ]
