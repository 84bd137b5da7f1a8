"""Every act of a case by its place in an address, and in which order a page offers them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from admin.desk.pages.act import Act
from admin.desk.pages.beside import BESIDE
from admin.desk.pages.moves import MOVES
from admin.desk.pages.office_acts import OFFICE
from admin.desk.pages.reporting_acts import REPORTING

ACTS: dict[str, Act] = MOVES | BESIDE | OFFICE | REPORTING

_MAIN = (
    "sign-for",
    "confirm-receipt",
    "accept",
    "accept-petition",
    "draft",
    "extend",
    "refuse-extension",
    "decline",
    "refuse-decline",
    "sign",
    "reply",
    "release",
    "send-back",
    "close",
    "sort",
    "report-back",
    "opinion",
    "return",
    "refuse",
    "look",
    "give-up",
    "third-party-answered",
    "end-hearing",
)
# What is seldom needed, by what it is about.
_OTHER = {
    "问和核实": (
        "ask",
        "ask-correction",
        "ask-third-party",
        "begin-hearing",
        "verify",
        "drop-verification",
        "assist",
        "drop-assistance",
    ),
    "期限": (
        "propose-extension",
        "ask-report",
        "remind",
        "mark-urgent",
        "lift-urgency",
    ),
    "记事": ("note", "split"),
    "要慎重的": ("propose-decline", "withhold", "recuse", "lift-recusal"),
}


def main_acts(allowed: frozenset[str]) -> Sequence[Act]:
    """The moves that are allowed now, in the order of a case's life."""
    return [ACTS[slug] for slug in _MAIN if slug in allowed]


def other_acts(allowed: frozenset[str]) -> Mapping[str, Sequence[Act]]:
    """What is allowed now and seldom needed, by what it is about; a group of which nothing is
    allowed is left out."""
    groups = {
        heading: [ACTS[slug] for slug in slugs if slug in allowed]
        for heading, slugs in _OTHER.items()
    }
    return {heading: acts for heading, acts in groups.items() if acts}
