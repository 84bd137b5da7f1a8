"""What must hold between the rows and files of a campaign, each broken rule with its file and
line."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from portal.campaign.place import PlaceKind
from portal.foundation.refusal import Problem
from portal.loading import summary_section
from portal.loading.bad_campaign import Row
from portal.loading.manifest import BODIES, FILE, Manifest
from portal.loading.sheets import PLACES, POLICIES, RESPONSIBILITIES, SHEETS, UNITS
from portal.loading.tables import Table
from portal.published.notice import NoticeKind

Tables = Mapping[str, tuple[Row, ...]]
Cell = tuple[Any, ...]

CELL = ("policy_code", "problem_code", "place_code", "kind", "actor")

# A public line is a fixed or a short number; eleven digits after a 1 belong to somebody's own
# telephone.
_MOBILE = re.compile(r"(?<!\d)(?:\+?86[ -]?)?1\d{2}[ -]?\d{4}[ -]?\d{4}(?!\d)")


def check_tables(tables: Tables) -> Iterator[Problem]:
    """Everything that the six tables must keep among themselves."""
    for sheet in SHEETS:
        rows = tables[sheet.file]
        yield from _same(sheet, rows)
        yield from _unknown(sheet, rows, tables)
    for sheet in (UNITS, PLACES):
        yield from _circles(tables[sheet.file])
    yield from _levels(tables[PLACES.file])
    yield from _mobiles(tables[UNITS.file])
    yield from _spans(tables[RESPONSIBILITIES.file])
    yield from _overlaps(tables[RESPONSIBILITIES.file])


def check_manifest(
    manifest: Manifest, tables: Tables, notices: tuple[Row, ...]
) -> Iterator[Problem]:
    """Whether the bodies, the plan and the lines that campaign.toml names are there and fit."""
    campaign = manifest.campaign
    desks = {row["code"]: row["desk"] for row in tables[UNITS.file]}
    yield from _unknown_bodies(campaign, desks)
    if desks.get(campaign["office_code"]) is False:
        yield campaign.problem(
            "bodies.office: the office needs a desk, or cases would have no home"
        )
    yield from _unknown_in_routing(manifest, tables)
    yield from _unknown_in_returns(campaign, tables)
    yield from _day_outside(campaign)
    yield from summary_section.check(campaign, manifest.dates)
    kinds = {row["slug"]: row["kind"] for row in notices}
    plan = campaign["plan_notice"]
    if plan is not None and plan not in kinds:
        yield campaign.problem(f"plan_notice: there is no notices/{plan}.md")
    elif kinds.get(plan) not in {NoticeKind.PLAN, None}:
        yield campaign.problem(f"plan_notice: notices/{plan}.md is not of the kind “plan”")
    numbers = [("lines.hotline", campaign["hotline"])]
    numbers += [(f"doors: {door['name']}", door["telephone"]) for door in campaign["doors"]]
    numbers += _numbers_after(campaign["after"])
    for where, number in numbers:
        if number and _MOBILE.search(number):
            yield Problem(FILE, None, f"{where}: “{number}” is somebody's own mobile number")


def _day_outside(campaign: Row) -> Iterator[Problem]:
    """A last day for declarations that nobody could keep, or that the campaign doesn't see."""
    until = campaign["declarations"].get("until")
    first, last = campaign["starts_on"], campaign["ends_on"]
    if until and first and last and not first <= date.fromisoformat(until) <= last:
        yield campaign.problem("declarations.until must lie inside the campaign")


def _numbers_after(after: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The lines that people are told when the campaign is over."""
    if after:
        yield "after.tip_off_telephone", after["tip_off_telephone"]
    for body in after.get("bodies", []):
        yield f"after.bodies: {body['name']}", body["telephone"]


def _unknown_bodies(campaign: Row, desks: Mapping[str, bool]) -> Iterator[Problem]:
    named = [(f"bodies.{body}", campaign[f"{body}_code"]) for body in BODIES]
    levels = campaign["referral"].get("levels", [])
    named += [("referral.levels", level["body"]) for level in levels]
    named += [("after.unit", campaign["after"].get("unit"))]
    for where, code in named:
        if code is not None and code not in desks:
            yield campaign.problem(f"{where}: unknown unit “{code}”")


def _unknown_in_returns(campaign: Row, tables: Tables) -> Iterator[Problem]:
    codes = {row["code"] for row in tables[POLICIES.file]}
    for code in campaign["returns"].get("not_in_streets", []):
        if code not in codes:
            yield campaign.problem(f"returns.not_in_streets: unknown policy “{code}”")


def _unknown_in_routing(manifest: Manifest, tables: Tables) -> Iterator[Problem]:
    codes = {row["code"] for row in tables[POLICIES.file]}
    for code in manifest.campaign["routing"]["hints"].keys() - codes:
        yield Problem(FILE, None, f"routing.hints: unknown policy “{code}”")
    needs = {need for row in tables[POLICIES.file] for need in row["needs"] or ()}
    for one in manifest.campaign["routing"]["ages"]:
        if one["need"] is not None and one["need"] not in needs:
            yield Problem(FILE, None, f"routing.ages: no policy has the need “{one['need']}”")


def cell_of(row: Row) -> Cell:
    """The cell of a responsibility row: policy, problem type, place, kind, actor; None is any."""
    return tuple(row[attribute] for attribute in CELL)


def _same(sheet: Table, rows: tuple[Row, ...]) -> Iterator[Problem]:
    headings = {column.attribute: column.name for column in sheet.columns}
    for attributes in sheet.unique:
        first: dict[Cell, Row] = {}
        for row in rows:
            key = tuple(row[attribute] for attribute in attributes)
            if key[0] is None and len(key) == 1:
                continue
            if key in first:
                what = " + ".join(headings[attribute] for attribute in attributes)
                words = " + ".join(str(part) for part in key if part is not None)
                yield row.problem(f"{what} “{words}” already stands on line {first[key].line}")
            first.setdefault(key, row)


def _unknown(sheet: Table, rows: tuple[Row, ...], tables: Tables) -> Iterator[Problem]:
    for column in sheet.columns:
        if not column.refers_to:
            continue
        known = {row["code"] for row in tables[column.refers_to]}
        for row in rows:
            code = row[column.attribute]
            if code is not None and code not in known:
                yield row.problem(f"{column.name}: “{code}” is not in {column.refers_to}")


def _circles(rows: tuple[Row, ...]) -> Iterator[Problem]:
    parents = {row["code"]: row["parent_code"] for row in rows}
    for row in rows:
        seen, above = {row["code"]}, row["parent_code"]
        while above is not None and above not in seen:
            seen.add(above)
            above = parents.get(above)
        if above is not None and above == row["code"]:
            yield row.problem(f"parent: “{above}” stands above itself")


def _levels(places: tuple[Row, ...]) -> Iterator[Problem]:
    kinds = {row["code"]: row["kind"] for row in places}
    for row in places:
        above = kinds.get(row["parent_code"])
        if row["kind"] is PlaceKind.STREET and row["parent_code"] is not None:
            yield row.problem("parent: a street has no place above it")
        if row["kind"] is PlaceKind.COMMUNITY and above is not PlaceKind.STREET:
            yield row.problem("parent: a community needs the street above it")


def _mobiles(units: tuple[Row, ...]) -> Iterator[Problem]:
    for row in units:
        if row["telephone"] and _MOBILE.search(row["telephone"]):
            yield row.problem(f"telephone: “{row['telephone']}” is somebody's own mobile number")


def _spans(rows: tuple[Row, ...]) -> Iterator[Problem]:
    for row in rows:
        if row["valid_from"] and row["valid_to"] and row["valid_to"] < row["valid_from"]:
            yield row.problem("valid_to lies before valid_from")


def _overlaps(rows: tuple[Row, ...]) -> Iterator[Problem]:
    cells: dict[Cell, list[Row]] = defaultdict(list)
    for row in rows:
        if row["valid_from"] is not None:
            cells[cell_of(row)].append(row)
    for same in cells.values():
        same.sort(key=lambda row: (row["valid_from"], row.line or 0))
        holder = same[0]
        for row in same[1:]:
            if row["valid_from"] <= _end(holder):
                yield row.problem(f"the same cell is held from line {holder.line} at that time")
            holder = max(holder, row, key=_end)


def _end(row: Row) -> date:
    last: date | None = row["valid_to"]
    return last or date.max
