"""What a draft is compared with: words and names behind its problem, the campaign's own numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from sqlalchemy import ColumnElement, select, true
from sqlalchemy.orm import Session

from admin.ledger import ledger_texts
from admin.ledger.finding import private_of
from admin.ledger.ledger_text import LedgerTextKind
from admin.ledger.problem import Problem, ProblemCase
from admin.publishing.echoes import comparable
from admin.publishing.leak_check import Inside, find
from intake.cases.case import Case
from portal.campaign.book import Book

_ABOUT_STAFF = frozenset({LedgerTextKind.LEADER, LedgerTextKind.PERSON})
_HAN = re.compile(r"[\u3400-\u9fff·]{2,}")
_TITLE = re.compile(
    r"(?:副|常务|分管|代)*(?:局长|处长|科长|所长|站长|主任|书记|主席|理事长|会长|经理|科员|专干|委员|"
    r"负责人|经办人|干部|同志)$"
)
_LONGEST_NAME = 4
# Shorter ones (110, 12345) are public lines whatever stands around them.
_SHORTEST_NUMBER = 7


def cases_behind(
    session: Session, problem: Problem, which: ColumnElement[bool] | None = None
) -> list[Case]:
    """The cases that fed a problem; those of `which` alone."""
    return list(
        session.scalars(
            select(Case)
            .join(ProblemCase, ProblemCase.case_id == Case.id)
            .where(ProblemCase.problem_id == problem.id, true() if which is None else which)
            .order_by(Case.id)
        )
    )


def inside_of(session: Session, problem: Problem, book: Book) -> Inside:
    """What the leak check compares a draft of this problem with; nobody reads it.

    A case that the office can't open, or that accuses anybody at this desk, is left out without a
    word: the word would tell that there is one.
    """
    office = book.campaign.office_code
    open_to_all = select(Case.id).where(comparable(session, book))
    cases = cases_behind(session, problem, Case.id.in_(open_to_all))
    kept = [private_of(session, case, office) for case in cases]
    texts = ledger_texts.read(session, problem, frozenset({office}))
    staff = [one.text for one in texts if one.kind in _ABOUT_STAFF]
    return Inside(
        words=tuple(word for one in kept for word in one.words),
        names=(
            *(name for one in kept for name in one.names),
            *(case.number for case in cases),
            *names_in(staff),
        ),
        own_numbers=own_numbers(book),
        own_names=own_names(book),
    )


def beside_cases(book: Book) -> Inside:
    """What a text is compared with that tells of no problem: nothing from inside."""
    return Inside(own_numbers=own_numbers(book), own_names=own_names(book))


def says_too_much(text: str, book: Book) -> bool:
    """Whether something in a text that goes out at once, like the reason of a withdrawal, must not
    be published."""
    return bool(find(text, beside_cases(book)))


def names_in(texts: Iterable[str]) -> Iterator[str]:
    """The names in such texts as 张三 局长、李四（科长）, without titles."""
    for text in texts:
        for word in _HAN.findall(text):
            name = _TITLE.sub("", word)
            if 2 <= len(name) <= _LONGEST_NAME:
                yield name


def own_numbers(book: Book) -> frozenset[str]:
    """The digits of every telephone that the campaign publishes itself."""
    campaign = book.campaign
    told = [campaign.hotline, campaign.text_number]
    told += [unit.telephone for unit in book.units.values()]
    told += [door.get("telephone", "") for door in campaign.doors]
    digits = (re.sub(r"\D", "", one) for one in told)
    return frozenset(one for one in digits if len(one) >= _SHORTEST_NUMBER)


def own_names(book: Book) -> frozenset[str]:
    """What the campaign's units and places are called."""
    names = {name for one in book.places.values() for name in (one.name, *one.aliases)}
    for unit in book.units.values():
        names |= {unit.name, unit.short_name, *unit.aliases}
    return frozenset(names)
