"""A line of a spreadsheet as an order: what it demands, the draft that it becomes, and everything
that is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from admin.orders.columns import COLUMNS, columns_for
from admin.orders.demand import Demand, Fault, kinds_from, wrong_days, wrong_number
from admin.orders.sheet_reading import Line
from admin.sheets.names import Names
from intake.cases.case import Channel, Identity
from intake.draft import Draft
from intake.order_number import plain_number
from intake.typed_text import digits, telephone, tidy, tidy_line
from portal.campaign.book import Book
from portal.campaign.kinds import Kind
from portal.foundation import clock

_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?", re.ASCII)
_EARLIEST_YEAR = 1990


@dataclass(frozen=True)
class Sender:
    """Whose orders these are, and who enters them."""

    source: Channel
    entered_by: int
    from_unit: str | None = None


@dataclass(frozen=True)
class Row:
    """One order of a spreadsheet. `draft` and `demand` are None where anything is wrong."""

    line: int
    number: str
    words: str
    faults: tuple[Fault, ...]
    draft: Draft | None
    demand: Demand | None


def read_rows(lines: Iterable[Line], sender: Sender, book: Book) -> list[Row]:
    """Every line as an order; of two with one number the second is wrong, for only a person can say
    whether they are one."""
    names = Names.of(book)
    rows: list[Row] = []
    first: dict[str, int] = {}
    for line in lines:
        typed = _tidied(line.cells, columns_for(sender.source))
        again = first.setdefault(plain_number(typed["number"]), line.line)
        twice = again if typed["number"] and again != line.line else None
        rows.append(_row(line.line, typed, sender, names, twice))
    return rows


def known_identity(name: str, phone: str) -> Identity:
    """How the writer is known, by what the order says of him. Nobody is asked for more: his name
    alone will do, since its sender knows where to find him."""
    if name:
        return Identity.REAL_NAME
    return Identity.PHONE if phone else Identity.ANONYMOUS


def _tidied(cells: Mapping[str, str], wanted: Sequence[str]) -> dict[str, str]:
    return {
        name: (tidy if name == "words" else tidy_line)(
            cells.get(name, "") if name in wanted else ""
        )
        for name in COLUMNS
    }


def _row(
    line: int, typed: Mapping[str, str], sender: Sender, names: Names, twice: int | None
) -> Row:
    ordered_on, answer_by = _day(typed["ordered_on"]), _day(typed["answer_by"])
    faults = [*_wrong(typed, sender, names)]
    if not any(one.column in {"ordered_on", "answer_by"} for one in faults):
        faults += wrong_days(sender.source, ordered_on, answer_by)
    if twice:
        faults.append(
            Fault(
                "number", f"和第{twice}行是同一个编号。是一件就删掉一行，是两件就请对方给另一个编号"
            )
        )
    if faults or ordered_on is None:
        return Row(line, typed["number"], typed["words"], tuple(faults), None, None)
    demand = Demand(sender.source, typed["number"], ordered_on, answer_by, sender.from_unit)
    draft = _draft(typed, sender, names, ordered_on)
    return Row(line, typed["number"], typed["words"], (), draft, demand)


def _wrong(typed: Mapping[str, str], sender: Sender, names: Names) -> Iterator[Fault]:
    for name, column in COLUMNS.items():
        if name != "number" and len(typed[name]) > column.most:
            yield Fault(name, f"太长了，最多{column.most}个字")
    yield from wrong_number(typed["number"])
    for name in ("ordered_on", "answer_by"):
        if typed[name] and _day(typed[name]) is None:
            yield Fault(name, f"“{typed[name][:20]}”不是日期，要这样写：2022-06-20")
    if not typed["words"]:
        yield Fault("words", "内容是空的，请照来单写")
    yield from _wrong_choices(typed, sender, names)
    if typed["contact_phone"] and telephone(typed["contact_phone"]) is None:
        yield Fault("contact_phone", "手机号是11位数字，座机写上区号；对方没给就空着")


def _wrong_choices(typed: Mapping[str, str], sender: Sender, names: Names) -> Iterator[Fault]:
    kinds = [kind.official for kind in kinds_from(sender.source)]
    if typed["kind"] and typed["kind"] not in kinds:
        yield Fault("kind", f"认不出“{typed['kind'][:20]}”，请写{'、'.join(kinds)}")
    where = {"policy": names.policies, "problem": names.problems, "place": names.places}
    for name, known in where.items():
        if typed[name] and typed[name] not in known:
            said = COLUMNS[name].hint.split("；")[0]
            yield Fault(name, f"认不出“{typed[name][:20]}”，请写{said}，或者空着由系统看内容认")
    if typed["fund_year"] and _year(typed["fund_year"]) is None:
        yield Fault("fund_year", "年份是4位数字，例如2021；不清楚就空着")


def _draft(typed: Mapping[str, str], sender: Sender, names: Names, ordered_on: date) -> Draft:
    kind = next((k for k in Kind if k.official == typed["kind"]), Kind.COMPLAINT)
    phone = telephone(typed["contact_phone"]) or ""
    given: dict[str, Any] = {
        name: typed[name] for name in ("words", "accused", "contact_name", "on_behalf_of")
    }
    return Draft(
        channel=sender.source,
        kind=kind,
        submission="",
        policy=names.policies.get(typed["policy"], ""),
        problem=names.problems.get(typed["problem"], ""),
        place=names.places.get(typed["place"], ""),
        fund_year=_year(typed["fund_year"]),
        identity=known_identity(typed["contact_name"], phone),
        contact_phone=phone,
        recorded_by=sender.entered_by,
        received_on=ordered_on,
        **given,
    )


def _day(text: str) -> date | None:
    """A day as people and spreadsheets write it; None where it is none."""
    found = _DAY.fullmatch(text)
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def _year(text: str) -> int | None:
    year = digits(text).removesuffix("年")
    is_year = year.isascii() and year.isdecimal() and len(year) == 4
    return int(year) if is_year and _EARLIEST_YEAR <= int(year) <= clock.today().year else None
