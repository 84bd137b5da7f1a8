"""A summary as a DOCX, made anew each time from what was frozen and the template that was in force
when it was approved."""

from __future__ import annotations

from sqlalchemy.orm import Session

from admin.documents import templates
from admin.documents.filling import fill
from admin.summaries.planned import Planned
from admin.summaries.sight import NoSuchSummary
from admin.summaries.summary import Summary
from admin.summaries.summary_content import SummaryContent
from admin.summaries.summary_paper import PAPER, blocks_of, values_of
from admin.summaries.summary_words import words_of
from portal.campaign.book import Book


def summary_docx(session: Session, book: Book, planned: Planned, found: Summary) -> bytes:
    """The file. While it waits for approval, it is made from the template of today, and says that
    nobody approved it.

    Raises:
        NoSuchSummary: nothing is frozen yet.
    """
    if found.content is None:
        raise NoSuchSummary(planned.key)
    content = SummaryContent.of(found.content)
    words = words_of(session, found, book.campaign.office_code)
    receivers = planned.days.receivers
    values = values_of(book, content, words, receivers, found.approved_on)
    return fill(_template(session, found), values, blocks_of(content))


def _template(session: Session, found: Summary) -> bytes:
    if found.template_revision is None:
        return templates.content_in_force(session, PAPER)
    return templates.content_of(session, PAPER, found.template_revision)
