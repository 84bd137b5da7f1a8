"""Register a draft (登记): the one way in which a case comes into being, whatever door it came
through."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import bindparam, insert, select
from sqlalchemy.orm import Session

from intake.cases.assignment import Assignment
from intake.cases.bar import Bar, BarSource
from intake.cases.case import NO_DUE_DATE, Case
from intake.cases.event import record
from intake.cases.message import Message
from intake.cases.receipt import Receipt
from intake.dates import put_dates, set_dates
from intake.draft import Draft
from intake.prepare import Prepared, prepare
from intake.route import Decision
from intake.rules.clocks import Running, told_to_reporter
from intake.rules.lifecycle import State
from intake.vault.compartment import store_compartments
from intake.vault.query_codes import code_digest
from portal.campaign.book import campaign_revision
from portal.foundation import clock

# Put together once: every report asks it.
_CASE_OF_CODE = select(Receipt.case_id).where(Receipt.code_digest == bindparam("digest"))


@dataclass(frozen=True)
class Registered:
    """What the citizen takes away. `answer` is the clock that he is told; None where none runs."""

    case: Case
    query_code: str
    answer: Running | None
    told: str


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
    case = _open_case(session, prepared)
    _bar(session, case, prepared.decision)
    _store_words(session, case, prepared)
    _assign(session, case, prepared)
    return _receipt(case, prepared, prepared.clocks)


def _receipt(case: Case, prepared: Prepared, running: tuple[Running, ...]) -> Registered:
    return Registered(case, prepared.query_code, told_to_reporter(running), prepared.decision.told)


def _registered_before(session: Session, query_code: str) -> Case | None:
    digest = code_digest(query_code)
    case_id = session.connection().scalar(_CASE_OF_CODE, {"digest": digest})
    return session.get(Case, case_id) if case_id else None


def _open_case(session: Session, prepared: Prepared) -> Case:
    draft, decision, now = prepared.draft, prepared.decision, clock.now()
    case = Case(
        number=prepared.number,
        kind=draft.kind,
        channel=draft.channel,
        state=State.REGISTERED if decision.in_triage else State.ASSIGNED,
        unit_code=decision.unit,
        policy_code=decision.policy,
        problem_code=decision.problem,
        place_code=decision.place,
        fund_year=draft.fund_year,
        identity=draft.identity,
        accusing=draft.accusing,
        barred=bool(decision.barred or decision.staff_barred),
        on_behalf=bool(draft.on_behalf_of),
        in_ledger_scope=decision.in_ledger_scope,
        registered_at=now,
        registered_on=clock.today(),
        last_act_at=now,
        last_word_at=now,
        answer_by=NO_DUE_DATE,
    )
    put_dates(case, prepared.clocks, prepared.book)
    session.add(case)
    session.flush()
    return case


def _bar(session: Session, case: Case, decision: Decision) -> None:
    """Bar the accused, and everything below them, from the case's first moment."""
    named = decision.accused_by_reporter | decision.accused_by_words
    common = {"case_id": case.id, "set_at": case.registered_at}
    rows = [
        common
        | {
            "unit_code": code,
            "staff_id": None,
            "source": BarSource.WORDS if code in decision.accused_by_words else BarSource.REPORTER,
            "named": code in named,
        }
        for code in sorted(decision.barred)
    ] + [
        common
        | {"unit_code": None, "staff_id": staff_id, "source": BarSource.REPORTER, "named": True}
        for staff_id in sorted(decision.staff_barred)
    ]
    if rows:
        session.connection().execute(insert(Bar), rows)


def _store_words(session: Session, case: Case, prepared: Prepared) -> None:
    """Rows go in by the table: one by one through the mapper they would cost most of a report."""
    connection = session.connection()
    store_compartments(connection, prepared.boxes)
    connection.execute(
        insert(Message),
        [
            {
                "case_id": case.id,
                "kind": kind,
                "sealed": sealed,
                "staff_id": None,
                "written_at": case.registered_at,
            }
            for kind, sealed in prepared.texts
        ],
    )
    connection.execute(
        insert(Receipt),
        {
            "case_id": case.id,
            "code_digest": code_digest(prepared.query_code),
            "public_key": prepared.reporter_key,
        },
    )


def _assign(session: Session, case: Case, prepared: Prepared) -> None:
    draft, decision = prepared.draft, prepared.decision
    record(
        session,
        "registered",
        case_id=case.id,
        kind=draft.kind,
        channel=draft.channel,
        unit=decision.unit,
    )
    if decision.barred or decision.staff_barred:
        record(
            session,
            "barred",
            case_id=case.id,
            units=sorted(decision.barred),
            staff=sorted(decision.staff_barred),
            source="registration",
        )
    if decision.in_triage:
        return
    session.connection().execute(
        insert(Assignment),
        {
            "case_id": case.id,
            "unit_code": decision.unit,
            "responsibility_id": decision.responsibility_id,
            "assigned_at": case.registered_at,
        },
    )
    record(
        session,
        "assigned",
        case_id=case.id,
        unit=decision.unit,
        responsibility=decision.responsibility_id,
    )
