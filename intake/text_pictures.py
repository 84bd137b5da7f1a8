"""The pictures of a text: awaited while they lie at its provider, then put into its case."""

from __future__ import annotations

import json
from collections.abc import Sequence

from sqlalchemy.orm import Session

from intake.attachments.stored_file import StoredFile
from intake.cases.awaited_pictures import AwaitedPictures
from intake.cases.case import Case
from intake.cases.event import record
from intake.further_words import put_into
from intake.outbox.notices import Occasion
from intake.outbox.queue_notice import queue_notice
from intake.vault.vault import vault_of
from portal.campaign.book import book
from portal.foundation import clock

_WORDS = "（随短信发来的图片）"


def await_pictures(session: Session, case: Case, addresses: Sequence[str]) -> None:
    """Have the worker fetch the pictures of a text; `addresses` are theirs at the provider."""
    if addresses:
        said = json.dumps(list(addresses)).encode()
        sealed = vault_of(session).seal_to_worker(said, context_of(case))
        session.add(AwaitedPictures(case_id=case.id, sealed=sealed, next_at=clock.now()))


def addresses_of(session: Session, case: Case, awaited: AwaitedPictures) -> list[str]:
    """Where they lie; needs the master key. Raises DoesNotOpen."""
    found: list[str] = json.loads(
        vault_of(session).open_as_worker(awaited.sealed, context_of(case))
    )
    return found


def put_pictures(
    session: Session, awaited: AwaitedPictures, files: Sequence[StoredFile], *, lost: int
) -> None:
    """Put into the case what was fetched; whoever sent them hears that some were lost, so that he
    can send them otherwise."""
    case = session.get_one(Case, awaited.case_id, with_for_update=True)
    if files:
        put_into(session, case, _WORDS, files, book(session))
        case.last_word_at = clock.now()
        case.version += 1
        record(session, "pictures_came", case_id=case.id, count=len(files))
    if lost:
        record(session, "pictures_lost", case_id=case.id, count=lost)
        queue_notice(session, case, Occasion.PICTURES_LOST)
    session.delete(awaited)


def context_of(case: Case) -> bytes:
    """What binds sealed addresses to their case."""
    return f"awaited-pictures|{case.number}".encode()
