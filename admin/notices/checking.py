"""What is found in a draft of a notice: somebody mends it, or says in writing why it may stay."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy.orm import Session

from admin.ledger.problem import Problem
from admin.notices.content import Content
from admin.notices.notice_draft import NoticeDraft
from admin.publishing.inside import inside_of, own_numbers
from admin.publishing.leak_check import Inside, Leak
from admin.publishing.located import Located, as_located, located
from portal.campaign.book import Book


def findings(session: Session, draft: NoticeDraft, content: Content, book: Book) -> list[Located]:
    """What the leak check finds in every text of a draft, with the answers that were given.

    A notice that tells of a problem is compared with the cases behind it as a result is. What a
    file says no machine compares, so that each one is a finding that a person has to answer for.
    """
    inside = _inside(session, draft, book)
    files = (
        ("files", Leak.FILE, f"{one.file_name} #{one.stored[:6]}") for one in content.text.files
    )
    echoed = ((name, Leak.INSIDE_WORDS, passage) for name, passage in content.echoes)
    return _each_once(
        [
            *located(content.to_check, content.answers, inside),
            *as_located([*echoed, *files], content.answers),
        ]
    )


def _inside(session: Session, draft: NoticeDraft, book: Book) -> Inside:
    if draft.problem_id is None:
        return Inside(own_numbers=own_numbers(book))
    return inside_of(session, session.get_one(Problem, draft.problem_id), book)


def _each_once(found: Iterable[Located]) -> list[Located]:
    return list({one.key: one for one in found}.values())
