"""What is found in a draft of a notice: somebody mends it, or says in writing why it may stay."""

from __future__ import annotations

from sqlalchemy.orm import Session

from admin.ledger.problem import Problem
from admin.notices.content import Content
from admin.notices.notice_draft import NoticeDraft
from admin.publishing.inside import beside_cases, inside_of
from admin.publishing.leak_check import Inside, Leak
from admin.publishing.located import Located, as_located, located
from portal.campaign.book import Book
from portal.published.notice import NoticeKind


def findings(session: Session, draft: NoticeDraft, content: Content, book: Book) -> list[Located]:
    """What the leak check finds in every text of a draft, with the answers that were given.

    A notice that tells of a problem is compared with the cases behind it as a result is. A typical
    case names people by its nature, and two persons hold it against the document that names them:
    no name is one of its findings, neither one that reads like a name nor one that is known from
    inside, or among names that were tried the marked ones would be those of the cases. What a file
    says no machine compares, so that each one is a finding that a person has to answer for.
    """
    inside = _inside(session, draft, book)
    found = located(content.to_check, content.answers, inside, content.echoes)
    if draft.kind is NoticeKind.TYPICAL_CASE:
        found = [one for one in found if one.finding.leak is not Leak.INSIDE_NAME]
    files = (
        ("files", Leak.FILE, f"{one.file_name} #{one.stored[:6]}") for one in content.text.files
    )
    return [*found, *as_located(files, content.answers)]


def _inside(session: Session, draft: NoticeDraft, book: Book) -> Inside:
    if draft.problem_id is None:
        return beside_cases(book)
    return inside_of(session, session.get_one(Problem, draft.problem_id), book)
