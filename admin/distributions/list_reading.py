"""Reading an uploaded list of recipients. Names are masked while the lines are read: what comes out
of this module holds none, and the file itself is kept nowhere."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from admin.distributions.columns import (
    AMOUNT,
    COMMUNITY,
    HEADINGS,
    NAME,
    OPTIONAL,
    PEOPLE,
    STANDARD,
    column_of,
    why_not,
)
from admin.distributions.suspicions import names_a_child
from admin.sheets.uploaded import BadSheet, Line, lines_of
from portal.campaign.book import Book
from portal.published.masking import is_plain_name, mask

MOST_CHARACTERS_OF_STANDARD = 60
_LONGEST_NAME = 40
_MOST_PEOPLE = 99
_MOST_YUAN = Decimal("99999999.99")
_SUM_LINE = frozenset({"合计", "总计", "小计", "共计", "累计"})
_YUAN = re.compile(r"[0-9]{1,8}(?:\.[0-9]+)?")


@dataclass(frozen=True)
class ListRow:
    """One row as it may be published: `name` is masked, `community` a code or empty, `amount` in
    yuan."""

    name: str
    community: str
    people: int
    standard: str
    amount: Decimal


@dataclass(frozen=True)
class ReadList:
    """What an uploaded list says; `columns` are those of `OPTIONAL` that it has."""

    columns: tuple[str, ...]
    rows: tuple[ListRow, ...]

    @property
    def people(self) -> int:
        """For how many people all rows are."""
        return sum(row.people for row in self.rows)

    @property
    def amount(self) -> Decimal:
        """The sum of all rows in yuan."""
        return sum((row.amount for row in self.rows), Decimal(0))


def read_list(content: bytes, street: str, book: Book) -> ReadList:
    """The rows of an uploaded list of a street, names masked.

    Raises:
        BadSheet: with everything that is wrong in it, each with row and column. A column that
            isn't known refuses the whole file.
    """
    lines = [(line, cells) for line, cells in lines_of(content) if any(cells)]
    if not lines:
        raise BadSheet(["表格是空的"])
    (_, heads), *body = lines
    columns = _columns(heads, body)
    if not body:
        raise BadSheet(["表格里只有表头，没有名单"])
    reader = _RowReader(columns, _communities(street, book), book.places[street].name)
    rows = [reader.read(line, cells) for line, cells in body]
    if reader.problems:
        raise BadSheet(reader.problems)
    return ReadList(tuple(one for one in OPTIONAL if one in columns), tuple(rows))


def _columns(heads: Sequence[str], body: Sequence[Line]) -> list[str | None]:
    """The column at each place; None where there is neither a heading nor anything below it."""
    columns = [column_of(head) if head else None for head in heads]
    problems = list(_unknown(heads, columns, body))
    for column, heading in HEADINGS.items():
        if columns.count(column) > 1:
            problems.append(f"“{heading}”这一列有两个")
        elif column not in columns and column not in OPTIONAL:
            problems.append(f"缺少“{heading}”这一列；第一行要是表头")
    if problems:
        raise BadSheet(problems)
    return columns


def _unknown(
    heads: Sequence[str], columns: Sequence[str | None], body: Sequence[Line]
) -> Iterator[str]:
    for place, (head, column) in enumerate(zip(heads, columns, strict=True)):
        if head and column is None:
            yield f"“{head[:20]}”这一列不能公布：{why_not(head)}，请删掉再传"
        elif not head and any(
            cells[place : place + 1] != [""] for _, cells in body if cells[place:]
        ):
            yield f"第{place + 1}列没有表头，请删掉这一列再传"
    for line, cells in body:
        if any(cells[len(heads) :]):
            yield f"第{line}行比表头多出几格，请删掉再传"


def _communities(street: str, book: Book) -> dict[str, str]:
    """The communities of a street by what people call them."""
    inside = [one for one in book.places.values() if one.parent_code == street]
    return {_flat(word): one.code for one in inside for word in (*one.aliases, one.name, one.code)}


class _RowReader:
    """Reads the cells of one row after another and remembers what is wrong."""

    def __init__(
        self, columns: Sequence[str | None], communities: dict[str, str], street: str
    ) -> None:
        self.problems: list[str] = []
        self._columns = columns
        self._communities = communities
        self._street = street

    def read(self, line: int, cells: Sequence[str]) -> ListRow:
        """One row; of a cell that is wrong something harmless stands in its place."""
        padded = [*cells, *[""] * (len(self._columns) - len(cells))]
        row = {column: cell for column, cell in zip(self._columns, padded, strict=False) if column}
        return ListRow(
            name=self._name(line, row[NAME]),
            community=self._community(line, row.get(COMMUNITY, "")),
            people=self._people(line, row.get(PEOPLE, "")),
            standard=self._standard(line, row.get(STANDARD, "")),
            amount=self._amount(line, row[AMOUNT]),
        )

    def _wrong(self, line: int, column: str, what: str) -> None:
        self.problems.append(f"第{line}行“{HEADINGS[column]}”：{what}")

    def _name(self, line: int, cell: str) -> str:
        if not cell:
            self._wrong(line, NAME, "没有写")
        elif _flat(cell) in _SUM_LINE:
            self._wrong(line, NAME, "合计、小计的行请删掉，合计由系统算")
        elif names_a_child(cell):
            self._wrong(line, NAME, "像是孩子；未满18岁的人不列姓名，请删掉这一行")
        elif len(cell) > _LONGEST_NAME or not is_plain_name(cell):
            self._wrong(line, NAME, "只能写姓名，不能有数字、括号和别的话")
        return mask(cell)

    def _community(self, line: int, cell: str) -> str:
        code = self._communities.get(_flat(cell), "")
        if cell and not code:
            # What stands in the cell isn't repeated: it may be an address.
            self._wrong(line, COMMUNITY, f"{self._street}没有这个社区，请写社区的全名")
        return code

    def _people(self, line: int, cell: str) -> int:
        plain = _flat(cell).removesuffix("人")
        if not plain:
            return 1
        if not re.fullmatch(r"[0-9]{1,3}", plain) or not 1 <= int(plain) <= _MOST_PEOPLE:
            self._wrong(line, PEOPLE, f"要写1到{_MOST_PEOPLE}的整数")
            return 1
        return int(plain)

    def _standard(self, line: int, cell: str) -> str:
        if len(cell) > MOST_CHARACTERS_OF_STANDARD:
            self._wrong(line, STANDARD, f"太长了，最多{MOST_CHARACTERS_OF_STANDARD}字")
        return cell

    def _amount(self, line: int, cell: str) -> Decimal:
        plain = _flat(cell).replace(",", "").removeprefix("¥").removesuffix("元")
        if not plain:
            self._wrong(line, AMOUNT, "没有写")
        elif plain.startswith("-"):
            self._wrong(line, AMOUNT, "不能是负数")
        elif not _YUAN.fullmatch(plain) or Decimal(plain) > _MOST_YUAN:
            self._wrong(line, AMOUNT, "要写数字，比如 1200.50")
        elif len(plain.partition(".")[2]) > 2:
            self._wrong(line, AMOUNT, "最多两位小数")
        elif Decimal(plain) == 0:
            self._wrong(line, AMOUNT, "是0，没领到钱的不列")
        else:
            return Decimal(plain).quantize(Decimal("0.01"))
        return Decimal(0)


def _flat(cell: str) -> str:
    return "".join(unicodedata.normalize("NFKC", cell).split())
