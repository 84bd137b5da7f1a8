"""What an interviewer reads of his rows and writes down about them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.accounts.hand import Hand
from admin.assessments.drawn_row import DrawnRow
from admin.assessments.entry import NOTHING, Entry, Result, filled_up
from admin.assessments.interviewer_box import open_entries, seal_entries
from admin.assessments.refusals import NothingAnswered
from admin.ledger.refusals import StepNotAllowed
from intake.assessing.assessment import Assessment, AssessmentState
from intake.assessing.questions import of_rows
from intake.cases.event import record
from portal.foundation import clock


@dataclass(frozen=True)
class OwnRow:
    """A row with what its interviewer wrote down, if he did. `to_ask`: it was drawn, or is a
    reserve for which somebody had complained before."""

    row: DrawnRow
    entry: Entry | None
    to_ask: bool


def open_rows(
    session: Session, one: Assessment, rows: Sequence[DrawnRow], *, by: Hand
) -> list[OwnRow]:
    """The rows of this person, opened, in the given order.

    Raises:
        NotAHolder: he serves no longer any unit that he served when he got them.
    """
    sealed = {row.id: row.sealed for row in rows if row.sealed}
    texts = open_entries(session, one, by.access.staff_id, sealed, by.access.openers)
    questions = of_rows(one.questions)
    read = {row_id: Entry.of(text, questions) for row_id, text in texts.items()}
    entries = {row_id: entry for row_id, entry in read.items() if entry}
    complained = Counter(
        row.unit_code
        for row in rows
        if row.id in entries and entries[row.id].result is Result.COMPLAINED
    )
    found = []
    for row in rows:
        to_ask = not row.is_reserve or complained[row.unit_code] > 0
        complained[row.unit_code] -= row.is_reserve
        found.append(OwnRow(row, entries.get(row.id), to_ask))
    return found


def write_down(session: Session, one: Assessment, own: OwnRow, *, by: Hand, entry: Entry) -> None:
    """Write down what came of a row, or write it anew, as long as the assessment isn't over.

    About a reserve neither day nor event is kept, nor about a correction, and what he has of the
    street is sealed anew with every entry: whoever compares two backups doesn't see either whether
    a reserve was asked.

    Raises:
        NotAHolder: see `open_rows`.
        StepNotAllowed: it is over, the row isn't his, or it is a reserve that isn't needed.
        NothingAnswered: see there.
    """
    row = own.row
    is_his = row.staff_id == by.access.staff_id and (own.to_ask or own.entry is not None)
    if one.state is not AssessmentState.DRAWN or not is_his:
        raise StepNotAllowed
    if entry.result is Result.ANSWERED and not entry.said.chosen:
        raise NothingAnswered
    _seal(session, one, row, entry, by)
    if not row.is_reserve and row.entered_on is None:
        row.entered_on = clock.today()
        record(session, "assessment_entered", by=by.access.staff_id, assessment=one.key)
    session.flush()


def _seal(session: Session, one: Assessment, row: DrawnRow, entry: Entry, by: Hand) -> None:
    """Seal an entry, all others of this person in the street, and what stands for none."""
    wanted = select(DrawnRow).where(
        DrawnRow.assessment_id == one.id,
        DrawnRow.unit_code == row.unit_code,
        DrawnRow.staff_id == by.access.staff_id,
    )
    his = {other.id: other for other in session.scalars(wanted)}
    known = {other.id: other.sealed for other in his.values() if other.sealed}
    opened = open_entries(session, one, by.access.staff_id, known, by.access.openers)
    texts = {other.id: NOTHING for other in his.values() if other.is_reserve}
    texts |= {row_id: filled_up(text) for row_id, text in opened.items()}
    texts[row.id] = entry.text
    for row_id, sealed in seal_entries(session, one, by.access.staff_id, texts).items():
        his[row_id].sealed = sealed
