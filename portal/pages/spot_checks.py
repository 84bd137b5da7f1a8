"""The draws of spot checks (重点抽查): what was promised, what came out, and how to repeat it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from flask import Response, abort
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.campaign.book import Book, book
from portal.campaign.spot_check_rule import SpotCheckRule, ratio_of, ratio_words
from portal.campaign.unit import UnitKind
from portal.foundation.cached_pages import published_page
from portal.foundation.database import reading
from portal.pages.blueprint import blueprint, filled
from portal.pages.typed_words import sound
from portal.published.appearance import appearances_of
from portal.published.spot_check_record import SpotCheckRecord, written

_SCRIPT = Path(__file__).parents[2] / "docs" / "repeat-the-draw.py"


@blueprint.get("/spot-checks")
@published_page
def spot_checks() -> str:
    """Every draw, the newest first; those too that are promised only."""
    newest_first = select(SpotCheckRecord).order_by(SpotCheckRecord.committed_at.desc())
    with reading() as session:
        found = book(session)
        records = session.scalars(newest_first).all()
        stands = appearances_of(session, "/spot-checks")
    rule = SpotCheckRule.of(found.campaign)
    ratio = ratio_words(rule.ratio) if rule.ratio else ""
    return filled("spot_checks", found, records=records, rule=rule, ratio=ratio, stands=stands)


@blueprint.get("/spot-checks/<number>")
@published_page
def spot_check(number: str) -> str:
    """One draw."""
    with reading() as session:
        found = book(session)
        record = _the_record(session, number)
        stands = appearances_of(session, f"/spot-checks/{record.number}")
    kept = record.kept
    ratio = ratio_of(kept["ratio"])
    return filled(
        "spot_check",
        found,
        record=record,
        stands=stands,
        kept=kept,
        ratio=ratio_words(ratio) if ratio else "",
        on=date.fromisoformat(kept["public_number_on"]),
        drawn=_drawn(kept, found),
        strata=[(one, _named(kept, one["code"])) for one in kept.get("strata", ()) if one["units"]],
    )


@blueprint.get("/spot-checks/<number>/record.json")
@published_page
def spot_check_file(number: str) -> Response:
    """The record as a file, in the bytes that its SHA-256 is of."""
    with reading() as session:
        record = _the_record(session, number)
    answer = Response(written(record.kept), mimetype="application/json")
    answer.headers["Content-Disposition"] = (
        f'attachment; filename="spot-check-{record.number}.json"'
    )
    answer.headers["Access-Control-Allow-Origin"] = "*"
    return answer


@blueprint.get("/spot-checks/repeat-the-draw.py")
@published_page
def draw_script() -> Response:
    """The script by which anybody repeats a draw."""
    answer = Response(_SCRIPT.read_bytes(), mimetype="text/x-python")
    answer.headers["Content-Disposition"] = f'attachment; filename="{_SCRIPT.name}"'
    return answer


def _the_record(session: Session, number: str) -> SpotCheckRecord:
    return session.get(SpotCheckRecord, sound(number)) or abort(404)


def _drawn(kept: dict[str, Any], found: Book) -> dict[str, list[str]]:
    """The names of the units that were drawn, by the word for what they are."""
    named: dict[str, list[str]] = {"街道、乡镇": [], "社区、村": [], "其他": []}
    words = {UnitKind.STREET: "街道、乡镇", UnitKind.COMMUNITY: "社区、村"}
    names = {one["code"]: one["name"] for one in kept.get("frame", ())}
    for code in kept.get("drawn", ()):
        unit = found.units.get(code)
        named[words.get(unit.kind, "其他") if unit else "其他"].append(names[code])
    return {word: those for word, those in named.items() if those}


def _named(kept: dict[str, Any], stratum: str) -> list[str]:
    return [one["name"] for one in kept["frame"] if one["stratum"] == stratum]
