"""A part that is split from a case: a case of its own, under the same receipt."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake import correspondence
from intake.cases.bar import Bar
from intake.cases.case import Case, Identity
from intake.cases.event import record
from intake.cases.message import MessageKind
from intake.cases.receipt import Receipt
from intake.chain import chain_of
from intake.dates import clocks_of
from intake.decision import Decision, Kept
from intake.opening import BarOf, Opening, SealedTexts, open_case
from intake.prepare import new_number
from intake.rules import recusal, routing
from intake.rules.clocks import Happened
from intake.scope import in_ledger_scope
from intake.vault.holders import Handling
from portal.campaign.book import Book
from portal.campaign.kinds import Kind
from portal.campaign.responsibility import Responsibility
from portal.foundation import clock


@dataclass(frozen=True)
class Part:
    """What the office cut out of a case. Without a `unit` the rules say who gets it."""

    whole: Case
    words: str
    kind: Kind
    policy: str | None
    problem: str | None
    unit: str


def register_part(session: Session, part: Part, book: Book, *, by: int) -> Case:
    """Open a case for a part. It holds the words that were cut out and nothing else of the whole,
    and is kept from everybody from whom the whole is kept.

    Raises:
        UntrustedKey: a unit's public key was swapped; nothing is sealed to it.
    """
    bars = tuple(_bars(session, part.whole))
    barred = frozenset(one.unit_code for one in bars if one.unit_code)
    whole, number, decision = part.whole, new_number(book), _decision(part, book, barred)
    identity = _identity(whole)
    opening = Opening(
        number=number,
        kind=part.kind,
        channel=whole.channel,
        identity=identity,
        fund_year=whole.fund_year,
        on_behalf=whole.on_behalf,
        decision=decision,
        bars=bars,
        sealed=_sealed(session, part, decision, number, book),
        clocks=clocks_of(book, part.kind, identity, list(_today(decision))),
        book=book,
        part_of=whole,
        by=by,
    )
    case = open_case(session, opening)
    record(session, "split_off", case_id=case.id, by=by, of=whole.number)
    return case


def _sealed(
    session: Session, part: Part, decision: Decision, number: str, book: Book
) -> SealedTexts:
    """The part's texts, for whoever handles it and for the holder of the whole's receipt."""
    handling = Handling(
        unit=decision.unit,
        decider=recusal.decider(decision.barred, chain_of(book)),
        barred=decision.barred,
        is_tip_off=part.kind is Kind.TIP_OFF,
    )
    receipt = session.get_one(Receipt, part.whole.part_of_id or part.whole.id)
    texts = _texts(session, part, decision)
    return SealedTexts.of(session, number, texts, handling, receipt.public_key)


def _bars(session: Session, whole: Case) -> Iterator[BarOf]:
    for bar in session.scalars(select(Bar).where(Bar.case_id == whole.id).order_by(Bar.id)):
        yield BarOf(bar.source, bar.named, bar.unit_code, bar.staff_id)


def _identity(whole: Case) -> Identity:
    """Who tipped off stays unknown to whoever gets another part of what he wrote."""
    return Identity.ANONYMOUS if whole.accusing else whole.identity


def _decision(part: Part, book: Book, barred: frozenset[str]) -> Decision:
    row = None if part.unit else _row(part, book)
    natural = part.unit or (row.unit_code if row else None)
    unit = recusal.handler(natural, barred, book.above, chain_of(book))
    why = f"主管单位是{book.units[row.unit_code].name}（{row.basis}）。" if row else ""
    return Decision(
        unit=unit,
        natural=natural,
        in_triage=natural is None and unit == book.campaign.office_code,
        responsibility_id=row.id if row else None,
        revision=book.revision,
        confidence=1.0,
        accusing=part.kind is Kind.TIP_OFF or part.whole.accusing,
        accused_by_reporter=frozenset(),
        accused_by_words=frozenset(),
        decided=frozenset(),
        barred=barred,
        staff_barred=frozenset(),
        policy=part.policy,
        problem=part.problem,
        place=part.whole.place_code,
        suggested_kind=None,
        in_ledger_scope=in_ledger_scope(book, part.policy, part.whole.fund_year),
        candidates=(),
        because=tuple(one for one in ("办公室从一件来件里分出来的。", why) if one),
        evidence=(),
        recused=(),
        told="",
        notice="",
    )


def _row(part: Part, book: Book) -> Responsibility | None:
    return routing.responsible(
        routing.Matter(
            kind=part.kind,
            policy=part.policy,
            problem=part.problem,
            places=book.places_around(part.whole.place_code),
        ),
        book.responsibilities_on(clock.today()),
    )


def _texts(session: Session, part: Part, decision: Decision) -> dict[MessageKind, str]:
    contact = "" if part.whole.accusing else _contact(session, part.whole)
    return {
        MessageKind.WORDS: part.words,
        MessageKind.CONTACT: contact,
        MessageKind.BECAUSE: "\n".join(decision.because),
        MessageKind.DECISION: Kept.of(decision, part.kind).to_text(),
    }


def _contact(session: Session, whole: Case) -> str:
    """How the reporter can be reached, handed on without anybody reading it."""
    letters = correspondence.read_as_unit(
        session, whole, frozenset({whole.unit_code}), [MessageKind.CONTACT]
    )
    return "\n".join(letter.text for letter in letters)


def _today(decision: Decision) -> Iterator[Happened]:
    yield Happened("registered", clock.today())
    if not decision.in_triage:
        yield Happened("assigned", clock.today())
