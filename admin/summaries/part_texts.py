"""The sentences of the units' parts, before whoever puts the whole together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from admin.accounts.hand import Hand
from admin.returns import return_texts
from admin.summaries.contribution import Contribution
from admin.summaries.part_content import PartTexts
from admin.summaries.summary_words import TAKEN_INTO


@dataclass(frozen=True)
class UnitTexts:
    """What one unit wrote."""

    unit: str
    texts: PartTexts


def unit_texts(session: Session, by: Hand, parts: Iterable[Contribution]) -> list[UnitTexts]:
    """The sentences of some parts, opened as the office.

    Raises:
        NotAHolder: the reader isn't of the office.
    """
    return [
        UnitTexts(one.unit_code, PartTexts.of(return_texts.read(session, one, by.access)["body"]))
        for one in parts
    ]


def taken_over(
    texts: dict[str, str], units: Iterable[UnitTexts], wanted: Iterable[str], by: Hand
) -> dict[str, str]:
    """The sections of the whole with some of the units' sentences behind them, each with its unit's
    name. `wanted` names them as UNIT:SENTENCE; what isn't there is left out."""
    told = {one.unit: one.texts for one in units}
    found = dict(texts)
    for one in wanted:
        unit, _, name = one.partition(":")
        text = getattr(told[unit], name) if unit in told and name in TAKEN_INTO else ""
        if text:
            section = TAKEN_INTO[name]
            said = f"{by.book.unit_name(unit)}：{text}"
            found[section] = "\n".join(filter(None, (found.get(section, "").rstrip(), said)))
    return found
