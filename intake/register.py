"""Register a draft (登记): the one way in which what somebody sends becomes a case, whatever door
it came through."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import bindparam, insert, select
from sqlalchemy.orm import Session

from intake.cases.case import Case
from intake.cases.receipt import Receipt
from intake.dates import set_dates
from intake.draft import Draft
from intake.opening import open_case
from intake.prepare import Prepared, prepare
from intake.rules.clocks import Running, told_to_reporter
from intake.vault.query_codes import code_digest
from portal.campaign.book import campaign_revision

# Put together once: every report asks it.
_CASE_OF_CODE = select(Receipt.case_id).where(Receipt.code_digest == bindparam("digest"))


@dataclass(frozen=True)
class Registered:
    """What the citizen takes away. `answer` is the clock that he is told, None where none runs;
    `notice` what the law wants him told besides."""

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
    if prepared is None or prepared.book.revision != campaign_revision(session):
        prepared = prepare(session, draft)
    earlier = _registered_before(session, prepared.query_code)
    if earlier is not None:
        running = set_dates(session, earlier, prepared.book)
        return _receipt(earlier, prepared, running)
    case = open_case(session, prepared.opening)
    _give_receipt(session, case, prepared)
    return _receipt(case, prepared, prepared.opening.clocks)


def _receipt(case: Case, prepared: Prepared, running: tuple[Running, ...]) -> Registered:
    decision = prepared.decision
    answer = told_to_reporter(running)
    return Registered(case, prepared.query_code, answer, decision.told, decision.notice)


def _registered_before(session: Session, query_code: str) -> Case | None:
    digest = code_digest(query_code)
    case_id = session.connection().scalar(_CASE_OF_CODE, {"digest": digest})
    return session.get(Case, case_id) if case_id else None


def _give_receipt(session: Session, case: Case, prepared: Prepared) -> None:
    session.connection().execute(
        insert(Receipt),
        {
            "case_id": case.id,
            "code_digest": code_digest(prepared.query_code),
            "public_key": prepared.reporter_key,
        },
    )
