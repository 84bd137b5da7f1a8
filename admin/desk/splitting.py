"""Splitting a case: several matters in one message become cases of their own, which share the
receipt.

A part holds only what the office cut out for it, and is kept from everybody from whom the whole is
kept: whoever handles the part learns nothing of the rest.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from admin.desk.hand import Hand, NeedsText, UnitIsBarred, check_decides, settle
from admin.desk.recusing import follow
from admin.desk.reporting_back import set_report_day
from intake import correspondence
from intake.attachments.stored_file import StoredFile
from intake.cases.case import Case
from intake.cases.event import record
from intake.cases.message import MessageKind
from intake.dates import set_dates
from intake.family import of_one_message
from intake.part import Part, register_part
from intake.rules.lifecycle import MoveNotAllowed
from portal.campaign.kinds import Kind


@dataclass(frozen=True)
class Cut:
    """What is cut out of a case: its words, what they are about, who is to have them (without a
    unit the rules say who), and which files of the whole, by their names in the store, go along.
    A unit that is named may owe a report by a Shanghai day."""

    words: str
    kind: Kind
    policy: str | None
    problem: str | None
    unit: str = ""
    files: tuple[str, ...] = ()
    report_by: date | None = None


def split(session: Session, case: Case, hand: Hand, cut: Cut) -> Case:
    """Make a case of a part of another; its reporter finds both under the same query code.

    Raises:
        MoveNotAllowed: the actor doesn't act for the office, or the case is over.
        NeedsText: no words were cut out.
        UnitIsBarred: the whole case accuses the unit that is to have the part.
        DayIsOver: nobody can report back by then.
    """
    check_decides(session, case, hand, "split")
    if not case.state.is_open:
        raise MoveNotAllowed("split")
    if not cut.words.strip():
        raise NeedsText
    if cut.unit in correspondence.handling_of(session, case, hand.book).barred:
        raise UnitIsBarred(cut.unit)
    part = register_part(
        session,
        Part(
            whole=case,
            words=cut.words.strip(),
            kind=cut.kind,
            policy=cut.policy,
            problem=cut.problem,
            unit=cut.unit,
            files=_files(session, case, hand, cut),
        ),
        hand.book,
        by=hand.access.staff_id,
    )
    record(session, "split", case_id=case.id, by=hand.access.staff_id, part=part.number)
    if cut.report_by is not None:
        _ask_for_report(session, part, hand, cut.report_by)
    follow(session, part, hand)
    correspondence.rewrap(session, case, hand.book)
    settle(session, case, hand)
    return part


def _files(session: Session, case: Case, hand: Hand, cut: Cut) -> tuple[StoredFile, ...]:
    letters = correspondence.read_as_unit(session, case, hand.access.openers, [MessageKind.WORDS])
    return tuple(x.file for one in letters for x in one.files if x.file.stored in cut.files)


def _ask_for_report(session: Session, part: Case, hand: Hand, due_on: date) -> None:
    set_report_day(session, part, hand, due_on)
    set_dates(session, part, hand.book)


def family_of(session: Session, case: Case, seen: ColumnElement[bool]) -> list[Case]:
    """The cases that came in the same message, without this one, as far as somebody sees them."""
    found = select(Case).where(of_one_message(case), Case.id != case.id, seen)
    return list(session.scalars(found.order_by(Case.id)))
