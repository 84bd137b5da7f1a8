"""The whole policy list as a file: a workbook to read and edit, or the file of a campaign's
folder. What is exported can be uploaded again."""

from __future__ import annotations

from collections.abc import Iterator

from admin.policies.cells import cell_of
from admin.policies.columns import COLUMNS, HEADINGS, UNIT_NAME
from portal.campaign.book import Book
from portal.campaign.policy import Policy, SourceStatus
from portal.foundation.spreadsheets import csv_file, workbook_of
from portal.loading.sheets import POLICIES

_WIDTHS = {"code": 10, "name": 28, "legal_basis": 44, "eligibility": 44, UNIT_NAME: 20}


def to_xlsx(book: Book) -> bytes:
    """A workbook with the headings that people read."""
    widths = {heading: _WIDTHS.get(column, 24) for column, heading in HEADINGS.items()}
    lines = (_cells(policy, book) for policy in book.policies.values())
    return workbook_of("政策清单", widths, lines)


def to_csv(book: Book) -> bytes:
    """The file policies.csv of a campaign's folder."""
    columns = {column.name: column.attribute for column in POLICIES.columns}
    lines = [
        [cell_of(getattr(policy, attribute)) for attribute in columns.values()]
        for policy in book.policies.values()
    ]
    return csv_file([list(columns), *lines])


def _cells(policy: Policy, book: Book) -> Iterator[str]:
    for column in HEADINGS:
        if column == "code":
            yield policy.code
        elif column == UNIT_NAME:
            yield book.unit_name(policy.unit_code)
        else:
            yield _word(getattr(policy, COLUMNS[column]), column)


def _word(value: object, column: str) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if column == "source_status":
        return SourceStatus(str(value)).official
    return cell_of(value)
