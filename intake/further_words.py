"""Putting what a reporter sends later into his case: words, and files with them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from intake import correspondence
from intake.attachments.stored_file import StoredFile
from intake.cases.case import Case
from intake.cases.message import MessageKind
from intake.enclosing import enclose
from intake.together import part
from portal.campaign.book import Book


def put_into(
    session: Session, case: Case, text: str, files: Sequence[StoredFile], campaign_book: Book
) -> None:
    """Seal a reporter's further words and files into his case. What was merged is handled by itself
    again, so that somebody reads them."""
    part(session, case, campaign_book)
    handling = correspondence.handling_of(session, case, campaign_book)
    box = correspondence.open_box(session, case, MessageKind.SUPPLEMENT.compartment, handling)
    message = correspondence.write(session, case, MessageKind.SUPPLEMENT, text, box=box)
    enclose(session, message, files, box=box)
