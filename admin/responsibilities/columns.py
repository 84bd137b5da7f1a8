"""The columns of the responsibilities as a spreadsheet names them: the campaign's own words, and
those that people read."""

from __future__ import annotations

from collections.abc import Mapping

from admin.sheets.headed import HeadedSheet
from portal.campaign.kinds import Kind
from portal.campaign.responsibility import Actor
from portal.loading.sheets import RESPONSIBILITIES

# The columns of the campaign's file, in its order, with what a person reads above them.
HEADINGS: Mapping[str, str] = {
    "policy": "补贴编号",
    "problem": "问题编号",
    "place": "地方编号",
    "kind": "类",
    "actor": "谁做的",
    "unit": "单位编号",
    "basis": "依据",
    "valid_from": "从哪天起",
    "valid_to": "到哪天止",
}
# Names that stand beside the codes for the eye alone; nothing is read from them.
NAMES: Mapping[str, str] = {"policy": "补贴", "problem": "问题", "place": "地方", "unit": "单位"}
SHEET = HeadedSheet(HEADINGS, frozenset(NAMES.values()), days=("valid_from", "valid_to"))
ATTRIBUTES = {column.name: column.attribute for column in RESPONSIBILITIES.columns}
REQUIRED = frozenset(column.name for column in RESPONSIBILITIES.columns if column.required)

KINDS = {word: kind for kind in Kind for word in (kind.value, kind.official)}
ACTORS = {word: actor for actor in Actor for word in (actor.value, actor.official)}
