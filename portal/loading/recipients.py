"""How many recipients a unit has: a column of units.csv, kept with the rule of the monthly returns,
which alone asks for it; a unit's own record has no place for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from portal.loading.bad_campaign import Row
from portal.loading.manifest import Manifest
from portal.loading.sheets import UNITS

_COLUMN = "recipients"
_Tables = Mapping[str, tuple[Row, ...]]


def keep_recipients(manifest: Manifest, tables: _Tables) -> tuple[Manifest, _Tables]:
    """Take the numbers out of the rows of units and give them to the rule of returns. A campaign
    without returns compares nobody, and keeps none."""
    units = tables[UNITS.file]
    known = {row["code"]: row[_COLUMN] for row in units if row[_COLUMN] is not None}
    rest = tuple(
        replace(row, values={name: v for name, v in row.values.items() if name != _COLUMN})
        for row in units
    )
    return _with_numbers(manifest, known), {**tables, UNITS.file: rest}


def _with_numbers(manifest: Manifest, known: Mapping[str, int]) -> Manifest:
    campaign = manifest.campaign
    if not known or not campaign["returns"]:
        return manifest
    returns = {**campaign["returns"], _COLUMN: dict(known)}
    return replace(
        manifest, campaign=replace(campaign, values={**campaign.values, "returns": returns})
    )
