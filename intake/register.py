"""Register a draft (登记): the one way in which a case comes into being, whatever door it came
through."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake import correspondence
from intake.cases.assignment import Assignment
from intake.cases.bar import Bar, BarSource
from intake.cases.case import NO_DUE_DATE, Case
from intake.cases.event import record
from intake.cases.message import MessageKind
from intake.cases.receipt import Receipt
from intake.dates import set_dates
from intake.draft import Draft
from intake.route import Decision, route
from intake.rules.clocks import Running, told_to_reporter
from intake.rules.lifecycle import State
from intake.vault.compartment import new_compartments
from intake.vault.holders import CompartmentName, Handling, holders
from intake.vault.query_codes import code_digest, reporter_keys
from intake.vault.vault import vault_of
from portal.campaign.book import Book, book
from portal.foundation import clock
from portal.foundation.staff import Staff


@dataclass(frozen=True)
class Registered:
    """What the citizen takes away. `answer` is the clock that he is told, None where none runs any
    more."""

    case: Case
    query_code: str
    answer: Running | None
    told: str


def register(session: Session, draft: Draft) -> Registered:
    """Register a draft: route it, recuse, open the case, seal its words, set its clocks, issue the
    receipt.

    The same submission with the same content gives the same receipt again, and no second case.

    Raises:
        NoCampaign: nothing is loaded.
        UntrustedKey: a unit's public key was swapped; nothing is sealed to it.
    """
    campaign_book = book(session)
    query_code = vault_of(session).query_code(draft.submission, draft.content)
    decision = route(draft, campaign_book, clock.today(), staff_names(session))
    earlier = _registered_before(session, query_code)
    if earlier is not None:
        return _again(session, earlier, campaign_book, query_code, decision)
    case = _open_case(session, draft, decision, campaign_book)
    # Everything goes to the database in one flush; each look-up before it would cost another.
    with session.no_autoflush:
        _bar(session, case, decision)
        _seal_words(session, case, draft, decision, campaign_book, query_code)
        _assign(session, case, draft, decision)
        running = set_dates(session, case, campaign_book)
    return Registered(case, query_code, told_to_reporter(running), decision.told)


def staff_names(session: Session) -> dict[str, int]:
    """Everybody who works here, for personal recusal; a single character names nobody."""
    rows = session.execute(select(Staff.display_name, Staff.id).where(Staff.active)).all()
    return {name: staff_id for name, staff_id in rows if len(name) > 1}


def _registered_before(session: Session, query_code: str) -> Case | None:
    return session.scalars(
        select(Case)
        .join(Receipt, Receipt.case_id == Case.id)
        .where(Receipt.code_digest == code_digest(query_code))
    ).first()


def _again(
    session: Session, case: Case, campaign_book: Book, query_code: str, decision: Decision
) -> Registered:
    running = set_dates(session, case, campaign_book)
    return Registered(case, query_code, told_to_reporter(running), decision.told)


def _open_case(session: Session, draft: Draft, decision: Decision, campaign_book: Book) -> Case:
    now = clock.now()
    case = Case(
        number=f"{campaign_book.campaign.case_prefix}{secrets.randbelow(10**8):08d}",
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
        on_behalf=bool(draft.on_behalf_of),
        in_ledger_scope=decision.in_ledger_scope,
        registered_at=now,
        registered_on=clock.today(),
        last_act_at=now,
        last_word_at=now,
        due_on=NO_DUE_DATE,
        due_clock="",
        answer_by=NO_DUE_DATE,
    )
    session.add(case)
    session.flush()
    return case


def _bar(session: Session, case: Case, decision: Decision) -> None:
    """Bar the accused, and everything below them, from the case's first moment."""
    named = decision.accused_by_reporter | decision.accused_by_words
    for code in sorted(decision.barred):
        source = BarSource.WORDS if code in decision.accused_by_words else BarSource.REPORTER
        session.add(
            Bar(
                case_id=case.id,
                unit_code=code,
                source=source,
                named=code in named,
                set_at=case.registered_at,
            )
        )
    for staff_id in sorted(decision.staff_barred):
        session.add(
            Bar(
                case_id=case.id,
                staff_id=staff_id,
                source=BarSource.REPORTER,
                named=True,
                set_at=case.registered_at,
            )
        )


def _seal_words(
    session: Session,
    case: Case,
    draft: Draft,
    decision: Decision,
    campaign_book: Book,
    query_code: str,
) -> None:
    reporter = reporter_keys(query_code).public
    handling = Handling(
        unit=decision.unit,
        office=campaign_book.campaign.office_code,
        barred=decision.barred,
        is_tip_off=case.is_tip_off,
    )
    contact = "\n".join(part for part in (draft.contact_name, draft.contact_phone) if part)
    texts = [
        (MessageKind.WORDS, draft.words),
        (MessageKind.ACCUSED, draft.accused),
        (MessageKind.BENEFICIARY, draft.on_behalf_of),
        (MessageKind.CONTACT, contact),
        (MessageKind.BECAUSE, "\n".join(decision.because)),
    ]
    needed = {kind.compartment for kind, text in texts if text} | {CompartmentName.CONVERSATION}
    boxes = new_compartments(
        session,
        label=case.label,
        holders={name: holders(name, handling) for name in sorted(needed)},
        reporter=reporter,
    )
    for kind, text in texts:
        if text:
            correspondence.write(session, case, kind, text, box=boxes[kind.compartment])
    session.add(Receipt(case_id=case.id, code_digest=code_digest(query_code), public_key=reporter))


def _assign(session: Session, case: Case, draft: Draft, decision: Decision) -> None:
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
    session.add(
        Assignment(
            case_id=case.id,
            unit_code=decision.unit,
            responsibility_id=decision.responsibility_id,
            assigned_at=case.registered_at,
        )
    )
    record(
        session,
        "assigned",
        case_id=case.id,
        unit=decision.unit,
        responsibility=decision.responsibility_id,
    )
