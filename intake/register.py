"""Register a draft (登记): the one way in which what somebody sends becomes a case, whatever door
it came through."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import bindparam, insert, or_, select
from sqlalchemy.orm import Session

from intake.cases.case import Case
from intake.cases.receipt import CONTACT_PHONE, RECEIPT_PHONE, Receipt
from intake.dates import set_dates
from intake.draft import Draft
from intake.opening import open_case
from intake.outbox.queue_notice import queue_receipt
from intake.prepare import Prepared, prepare
from intake.rules.clocks import Running, told_to_reporter
from intake.vault.query_codes import code_digest
from intake.vault.vault import vault_of
from portal.campaign.book import book_revision

# Put together once: every report asks it. A code that its reporter changed since is his all the
# same.
_CASE_OF_CODES = select(Receipt.case_id, Receipt.code_digest).where(
    or_(
        Receipt.code_digest.in_(bindparam("digests", expanding=True)),
        Receipt.first_digest.in_(bindparam("digests", expanding=True)),
    )
)


@dataclass(frozen=True)
class Registered:
    """What the citizen takes away. `query_code` is empty where he has changed it since; `answer` is
    the clock that he is told, None where none runs; `notice` what the law wants him told
    besides."""

    case: Case
    query_code: str
    answer: Running | None
    told: str
    notice: str


def register(session: Session, draft: Draft, prepared: Prepared | None = None) -> Registered:
    """Register a draft: open its case, bar the accused, store the sealed words, assign it.

    `prepared` is what `prepare` made of the same draft before this turn at writing. The same
    submission with the same content gives the same receipt again, and no second case.

    Raises:
        NoCampaign: nothing is loaded.
        UntrustedKey: a unit's public key was swapped; nothing is sealed to it.
    """
    codes = list(vault_of(session).query_codes(draft.submission, draft.content).values())
    if prepared is None or not _is_of_now(session, prepared, codes[0]):
        prepared = prepare(session, draft)
    digests = {code_digest(code): code for code in codes}
    wanted = {"digests": list(digests)}
    earlier = session.connection().execute(_CASE_OF_CODES, wanted).first()
    if earlier is not None:
        case = session.get_one(Case, earlier.case_id)
        running = set_dates(session, case, prepared.book)
        return _receipt(case, digests.get(earlier.code_digest, ""), prepared, running)
    case = open_case(session, prepared.opening)
    _give_receipt(session, case, prepared, draft)
    return _receipt(case, prepared.query_code, prepared, prepared.opening.clocks)


def _is_of_now(session: Session, prepared: Prepared, code: str) -> bool:
    """Whether a draft was prepared by the campaign of now and the newest key: of two who take the
    same form in beside one another, the index refuses one only where both store the same code."""
    by_newest = prepared.query_code == code
    return by_newest and prepared.book.revision == book_revision(session)


def _receipt(
    case: Case, query_code: str, prepared: Prepared, running: tuple[Running, ...]
) -> Registered:
    decision = prepared.decision
    answer = told_to_reporter(running)
    return Registered(case, query_code, answer, decision.told, decision.notice)


def _give_receipt(session: Session, case: Case, prepared: Prepared, draft: Draft) -> None:
    digest = code_digest(prepared.query_code)
    recorded = draft.channel.is_recorded
    known = recorded and not case.sealed
    session.connection().execute(
        insert(Receipt),
        {
            "case_id": case.id,
            "code_digest": digest,
            "public_key": prepared.reporter_key,
            "first_digest": digest if recorded else None,
            "phone_mark": phone_mark(session, draft.contact_phone) if known else None,
            "contact_mark": _contact_mark(session, case, draft),
        },
    )
    if draft.receipt_by_text:
        answer = told_to_reporter(prepared.opening.clocks)
        on = answer.working.due_on if answer else None
        queue_receipt(session, case, prepared.query_code, on=on)


def phone_mark(session: Session, telephone: str) -> bytes | None:
    """The keyed digest by which a telephone that a reporter left is known again; None where it is
    none."""
    return vault_of(session).mark(RECEIPT_PHONE, telephone) if telephone else None


def has_phone_mark(session: Session, mark: bytes | None, telephone: str) -> bool:
    """Whether a receipt's mark is that of a telephone, whichever key has made it."""
    return bool(telephone) and mark in vault_of(session).marks(RECEIPT_PHONE, telephone)


def _contact_mark(session: Session, case: Case, draft: Draft) -> bytes | None:
    """The keyed digest by which the cases of one person are found. Who accuses somebody is never
    found so: staff could tie what he hides to what he says openly."""
    if case.accusing or case.barred or not draft.contact_phone:
        return None
    return vault_of(session).mark(CONTACT_PHONE, draft.contact_phone)
