"""How many rows a street's list of recipients has, and by what the list is known again. The list
itself stays with the street: nobody uploads it (decision 40)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from admin.accounts.hand import Hand
from admin.assessments.assessed_street import AssessedStreet
from admin.assessments.refusals import WrongMark, WrongNumber
from admin.assessments.sight import streets_of
from admin.ledger.refusals import SomebodyWasFaster, StepNotAllowed
from admin.sheets.headed import HeadedSheet
from admin.sheets.uploaded import BadSheet
from intake.assessing.assessment import Assessment, AssessmentState
from intake.cases.event import record
from portal.foundation import clock

MOST_RECIPIENTS = 100_000
_SHA256 = re.compile(r"[0-9a-f]{64}")
_PAPER = re.compile(r"[0-9A-Za-z一-鿿〔〕()（）-]{1,40}")

SHEET = HeadedSheet(
    headings={
        "unit": "街道编号",
        "recipients": "名单行数",
        "fingerprint": "名单指纹",
        "paper": "封存编号",
    },
    names=("街道",),
)


@dataclass(frozen=True)
class ListReport:
    """What is said of a street's list: its number of rows, above zero, and one of two marks: the
    SHA-256 of its file in hexadecimal digits, or the number on the envelope of a sealed copy."""

    recipients: int
    fingerprint: str
    paper: str

    @property
    def mark(self) -> str:
        """By what the list is known again.

        Raises:
            WrongMark: see there.
        """
        digest = "".join(self.fingerprint.split()).lower()
        paper = self.paper.strip()
        if bool(digest) == bool(paper):
            raise WrongMark
        if digest and _SHA256.fullmatch(digest):
            return f"SHA-256 {digest}"
        if paper and _PAPER.fullmatch(paper):
            return f"封存 {paper}"
        raise WrongMark


def report_list(
    session: Session, one: Assessment, street: AssessedStreet, *, by: Hand, report: ListReport
) -> None:
    """Say it, or say it anew, as long as nothing is drawn. `by` has the version of the street.

    Raises:
        StepNotAllowed: it was drawn or dropped.
        SomebodyWasFaster: somebody said it meanwhile.
        WrongNumber, WrongMark: see there.
    """
    if one.state is not AssessmentState.PREPARING:
        raise StepNotAllowed
    if street.version != by.version:
        raise SomebodyWasFaster
    _keep(session, one, street, by, report)
    session.flush()


def _keep(
    session: Session, one: Assessment, street: AssessedStreet, by: Hand, report: ListReport
) -> None:
    if not 1 <= report.recipients <= MOST_RECIPIENTS:
        raise WrongNumber(report.recipients)
    street.list_mark, street.recipients = report.mark, report.recipients
    street.reported_by, street.reported_at = by.access.staff_id, clock.now()
    street.version += 1
    one.version += 1
    record(
        session,
        "assessment_list_reported",
        by=by.access.staff_id,
        assessment=one.key,
        unit=street.unit_code,
        rows=report.recipients,
    )


def read_reports(content: bytes, streets: Sequence[str]) -> dict[str, ListReport]:
    """What an uploaded spreadsheet says of some streets, by their codes. It has numbers only: a
    column that isn't known, such as one of names, refuses all of it.

    Raises:
        BadSheet: it can't be taken; nothing of it was.
    """
    found: dict[str, ListReport] = {}
    problems: list[str] = []
    for row in SHEET.read(content):
        if not any(row.cells[name] for name in ("recipients", "fingerprint", "paper")):
            continue
        try:
            code, report = _read(row.cells, streets, found)
        except ValueError as wrong:
            problems.append(f"第{row.line}行{wrong}")
        else:
            found[code] = report
    if problems or not found:
        raise BadSheet(problems or ["表格里一个街道的数也没有填"])
    return found


def report_all(
    session: Session, one: Assessment, *, by: Hand, reports: dict[str, ListReport]
) -> None:
    """Say it of all streets of a spreadsheet. `by` has the version of the assessment, which every
    street counts on that says something.

    Raises:
        StepNotAllowed, SomebodyWasFaster, WrongNumber, WrongMark: see `report_list`.
    """
    if one.state is not AssessmentState.PREPARING:
        raise StepNotAllowed
    if one.version != by.version:
        raise SomebodyWasFaster
    for street in streets_of(session, one):
        if street.unit_code in reports:
            _keep(session, one, street, by, reports[street.unit_code])
    session.flush()


def _read(
    cells: dict[str, str], streets: Sequence[str], found: dict[str, ListReport]
) -> tuple[str, ListReport]:
    code, number = cells["unit"], cells["recipients"]
    if code not in streets:
        raise ValueError(f"的街道编号“{code[:20]}”不在这次评估里")
    if code in found:
        raise ValueError(f"的{code}前面已经有了")
    is_number = number.isascii() and number.isdecimal() and len(number) < 7
    if not is_number or not 1 <= int(number) <= MOST_RECIPIENTS:
        raise ValueError(f"的名单行数要写1到{MOST_RECIPIENTS}的整数")
    report = ListReport(int(number), cells["fingerprint"], cells["paper"])
    try:
        _ = report.mark
    except WrongMark:
        raise ValueError("：名单指纹是64位数字和字母；纸质名单写封存编号。两样只写一样") from None
    return code, report
