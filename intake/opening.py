"""Opening a case: the rows of a new one, whether it is registered from what somebody sent or split
from another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from intake.attachments.stored_file import StoredFile
from intake.cases.assignment import Assignment
from intake.cases.attachment import Attachment
from intake.cases.bar import Bar, BarSource
from intake.cases.case import NO_DUE_DATE, Case, Channel, Identity
from intake.cases.event import record
from intake.cases.message import Message, MessageKind
from intake.cases.recorded import Recorded
from intake.dates import put_dates
from intake.decision import Decision
from intake.enclosing import seal_file
from intake.outbox.notice_address import NoticeAddress
from intake.rules.clocks import Running
from intake.rules.lifecycle import State
from intake.rules.sending import Medium
from intake.vault.compartment import Compartment, sealed_compartments, store_compartments
from intake.vault.holders import CompartmentName, Handling, holders
from portal.campaign.book import Book
from portal.campaign.kinds import Kind
from portal.foundation import clock


@dataclass(frozen=True)
class BarOf:
    """A bar to be set: on a unit or a person, by whom, and whether it is the one that was named."""

    source: BarSource
    named: bool
    unit_code: str | None = None
    staff_id: int | None = None


@dataclass(frozen=True)
class SealedTexts:
    """The texts of a case in their compartments, none of which is stored yet."""

    boxes: tuple[Compartment, ...]
    texts: tuple[tuple[MessageKind, bytes], ...]
    # Each file's name in the store, and what is sealed about it.
    files: tuple[tuple[str, bytes], ...] = ()

    @classmethod
    def of(
        cls,
        session: Session,
        number: str,
        texts: Mapping[MessageKind, str],
        handling: Handling,
        reporter: bytes,
        files: Sequence[StoredFile] = (),
    ) -> SealedTexts:
        """Seal texts for whoever handles the case and for its reporter; empty ones are left out.
        Files lie where the first words lie.

        Raises:
            UntrustedKey: a unit's public key was swapped; nothing is sealed to it.
        """
        written = [(kind, text) for kind, text in texts.items() if text]
        needed = {kind.compartment for kind, _ in written} | {CompartmentName.CONVERSATION}
        boxes = sealed_compartments(
            session,
            label=f"case:{number}",
            holders={name: holders(name, handling) for name in sorted(needed)},
            reporter=reporter,
        )
        sealed = tuple((kind, boxes[kind.compartment].seal(text, kind)) for kind, text in written)
        original = boxes.get(MessageKind.WORDS.compartment)
        enclosed = [(one.stored, seal_file(original, one)) for one in files if original]
        return cls(tuple(boxes.values()), sealed, tuple(enclosed))


@dataclass(frozen=True)
class Opening:
    """Everything that a new case is opened with. `by` is the member of staff who split it from
    `part_of`; `recorded_by` who wrote it down, for how many `representatives` at a visit,
    and `received_on` when its letter came."""

    number: str
    kind: Kind
    channel: Channel
    identity: Identity
    fund_year: int | None
    on_behalf: bool
    decision: Decision
    bars: tuple[BarOf, ...]
    sealed: SealedTexts
    clocks: tuple[Running, ...]
    book: Book
    part_of: Case | None = None
    by: int | None = None
    recorded_by: int | None = None
    representatives: int = 0
    received_on: date | None = None
    # The reporter's number, sealed for notices; None where none may be sent.
    address: bytes | None = None

    @property
    def registered_on(self) -> date:
        """The Shanghai day on which the reporter sent it; of a letter, on which it came."""
        if self.part_of:
            return self.part_of.registered_on
        return self.received_on or clock.today()


def open_case(session: Session, opening: Opening) -> Case:
    """Open a case: bar whom it accuses from its first moment, store its words, assign it."""
    case = _case(session, opening)
    _bar(session, case, opening)
    _store_words(session, case, opening)
    _store_files(session, case, opening)
    _note_who_recorded(session, case, opening)
    _keep_address(session, case, opening)
    _tell(session, case, opening)
    _assign(session, case, opening)
    return case


def _case(session: Session, opening: Opening) -> Case:
    decision, now = opening.decision, clock.now()
    root = opening.part_of
    case = Case(
        number=opening.number,
        part_of_id=(root.part_of_id or root.id) if root else None,
        kind=opening.kind,
        channel=opening.channel,
        state=State.REGISTERED if decision.in_triage else State.ASSIGNED,
        unit_code=decision.unit,
        first_unit_code=decision.unit,
        policy_code=decision.policy,
        problem_code=decision.problem,
        place_code=decision.place,
        fund_year=opening.fund_year,
        identity=opening.identity,
        accusing=decision.accusing,
        barred=bool(opening.bars),
        sealed=decision.sealed,
        doubted=decision.suggested_kind is not None,
        on_behalf=opening.on_behalf,
        in_ledger_scope=decision.in_ledger_scope,
        registered_at=now,
        registered_on=opening.registered_on,
        last_act_at=now,
        last_word_at=now,
        answer_by=NO_DUE_DATE,
    )
    put_dates(case, opening.clocks, opening.book)
    session.add(case)
    session.flush()
    return case


def _bar(session: Session, case: Case, opening: Opening) -> None:
    if not opening.bars:
        return
    session.connection().execute(
        insert(Bar),
        [
            {
                "case_id": case.id,
                "unit_code": one.unit_code,
                "staff_id": one.staff_id,
                "source": one.source,
                "named": one.named,
                "set_at": case.registered_at,
            }
            for one in opening.bars
        ],
    )


def _store_words(session: Session, case: Case, opening: Opening) -> None:
    """Rows go in by the table: one by one through the mapper they would cost most of a report."""
    connection = session.connection()
    store_compartments(connection, opening.sealed.boxes)
    connection.execute(
        insert(Message),
        [
            {
                "case_id": case.id,
                "kind": kind,
                "sealed": sealed,
                "staff_id": opening.by if kind is MessageKind.WORDS else None,
                "written_at": case.registered_at,
            }
            for kind, sealed in opening.sealed.texts
        ],
    )


def _store_files(session: Session, case: Case, opening: Opening) -> None:
    if not opening.sealed.files:
        return
    session.connection().execute(
        insert(Attachment),
        [
            {
                "case_id": case.id,
                "stored": stored,
                "sealed": sealed,
                "staff_id": opening.by or opening.recorded_by,
                "attached_at": case.registered_at,
            }
            for stored, sealed in opening.sealed.files
        ],
    )


def _note_who_recorded(session: Session, case: Case, opening: Opening) -> None:
    """An order is noted by itself, with who entered it."""
    if opening.recorded_by is None or opening.channel.is_order:
        return
    session.connection().execute(
        insert(Recorded),
        {
            "case_id": case.id,
            "staff_id": opening.recorded_by,
            "recorded_at": case.registered_at,
            "representatives": opening.representatives,
        },
    )


def _keep_address(session: Session, case: Case, opening: Opening) -> None:
    if opening.address is not None:
        row = {"case_id": case.id, "medium": Medium.TEXT, "sealed": opening.address}
        session.connection().execute(insert(NoticeAddress), row)


def _tell(session: Session, case: Case, opening: Opening) -> None:
    by, unit = opening.recorded_by or opening.by, opening.decision.unit
    facts = {"kind": opening.kind, "channel": opening.channel, "unit": unit}
    record(session, "registered", case_id=case.id, by=by, **facts)
    if opening.received_on:
        record(session, "received", case_id=case.id, on=opening.received_on.isoformat())
    for source, bars in _by_origin(opening.bars).items():
        barred: dict[str, Any] = {
            "units": sorted(one.unit_code for one in bars if one.unit_code),
            "staff": sorted(one.staff_id for one in bars if one.staff_id),
            "source": source,
        }
        record(session, "barred", case_id=case.id, **barred)


def _by_origin(bars: Iterable[BarOf]) -> dict[str, list[BarOf]]:
    """What the case itself bars, and what it bars for others of the same message."""
    found: dict[str, list[BarOf]] = {}
    for one in bars:
        origin = "relative" if one.source is BarSource.RELATIVE else "registration"
        found.setdefault(origin, []).append(one)
    return found


def _assign(session: Session, case: Case, opening: Opening) -> None:
    decision = opening.decision
    if decision.in_triage:
        return
    session.connection().execute(
        insert(Assignment),
        {
            "case_id": case.id,
            "unit_code": decision.unit,
            "responsibility_id": decision.responsibility_id,
            "revision": decision.revision,
            "staff_id": opening.by,
            "assigned_at": case.registered_at,
        },
    )
    facts = {"unit": decision.unit, "responsibility": decision.responsibility_id}
    record(session, "assigned", case_id=case.id, by=opening.by, **facts)
