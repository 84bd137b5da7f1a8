"""Due dates that were worked out by hand from the law's text, clause by clause, against the clocks
with the time limits of both campaigns."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from intake.rules.clocks import Limit, Running, Spell, running
from intake.rules.pauses import Happened
from portal.campaign.clock_rule import ClockRule
from portal.campaign.kinds import Kind
from portal.loading.sheets import CLOCKS
from portal.loading.tables import read_table
from tests.intake.rules.known_days import CALENDAR

HERE = Path(__file__).parent
CAMPAIGNS = HERE.parents[2] / "campaigns"
EXAMPLES = list(csv.DictReader((HERE / "dated_examples.csv").read_text("utf-8").splitlines()))
# What stands behind an event's name in the table.
_ARGUMENTS = {
    "extended": ("clock", "days"),
    "ordered": ("due_on",),
    "report_asked": ("due_on",),
    "order_extended": ("due_on",),
    "route_chosen": ("route",),
    "supervised": ("due_on",),
    "supervision_extended": ("due_on",),
}


def rules_of(campaign: str) -> list[ClockRule]:
    """The time limits of a campaign as its folder has them."""
    problems: list[Any] = []
    rows = read_table(CAMPAIGNS / campaign, CLOCKS, problems)
    assert rows
    assert not problems
    return [ClockRule(**row.values) for row in rows]


RULES = {name: rules_of(name) for name in ("jianghan-2022", "caidian-cdpf-2022")}


def happened(written: str) -> Happened:
    """An event as the table spells it."""
    day, name, *arguments = written.split()
    return Happened(
        name,
        date.fromisoformat(day),
        dict(zip(_ARGUMENTS.get(name, ()), arguments, strict=True)),
    )


def clocks(campaign: str, kind: str, events: str, *, named: bool) -> Sequence[Running]:
    """The clocks that run after these events."""
    limits: list[Limit] = [one for one in RULES[campaign] if one.kind in {Kind(kind), None}]
    found = [happened(one) for one in events.split("; ")]
    return running(found, [Spell(limits)], CALENDAR, named=named)


@pytest.mark.parametrize("campaign", RULES)
@pytest.mark.parametrize(
    "example", EXAMPLES, ids=[f"{n}-{one['kind']}-{one['clock']}" for n, one in enumerate(EXAMPLES)]
)
def test_what_was_worked_out_by_hand(campaign: str, example: dict[str, str]) -> None:
    found = clocks(campaign, example["kind"], example["events"], named=example["named"] == "yes")

    dates = {one.clock: one.working for one in found}
    assert example["clock"] in dates, example["why"]
    working = dates[example["clock"]]
    assert (working.due_on.isoformat(), working.tentative) == (
        example["due_on"],
        example["tentative"] == "yes",
    ), example["why"]


def test_there_are_enough_of_them_for_every_kind() -> None:
    kinds = [one["kind"] for one in EXAMPLES]
    assert len(EXAMPLES) >= 40
    assert all(kinds.count(kind.value) >= 5 for kind in Kind)


@pytest.mark.parametrize(
    ("kind", "events", "clock", "why"),
    [
        ("complaint", "2022-05-31 registered", "notice_of_acceptance", "no name was given"),
        ("tip_off", "2022-05-31 registered; 2022-06-10 concluded", "tell_result", "nor here"),
        (
            "disclosure_request",
            "2022-05-31 received; 2022-06-02 correction_asked",
            "reply",
            "an application that has to be corrected isn't counted",
        ),
        ("disclosure_request", "2022-05-31 registered", "reply", "nobody confirmed its receipt"),
        (
            "complaint",
            "2022-06-06 assigned; 2022-06-06 report_asked 2022-06-20; 2022-06-09 reported_back",
            "report_back",
            "the office was told",
        ),
        (
            "complaint",
            "2022-06-06 assigned; 2022-06-06 report_asked 2022-06-20; 2022-06-09 transferred",
            "report_back",
            "another unit has it now, and owes no report",
        ),
        (
            "complaint",
            "2022-06-06 assigned; 2022-06-06 report_asked 2022-06-20; 2022-06-09 replied",
            "report_back",
            "the answer is report enough",
        ),
        ("complaint", "2022-06-06 transferred", "report_back", "nobody asked for one"),
        (
            "petition",
            "2022-05-31 registered; 2022-06-01 accepted; 2022-06-20 replied",
            "close",
            "it was answered",
        ),
        (
            "complaint",
            "2022-05-31 registered; 2022-06-01 merged",
            "reply",
            "it goes on in another case",
        ),
        (
            "complaint",
            "2022-06-01 supervised 2022-06-10; 2022-06-08 supervision_closed",
            "supervision",
            "the office closed it",
        ),
        (
            "complaint",
            "2022-05-31 registered; 2022-06-01 supervised 2022-06-10; 2022-06-08 closed",
            "supervision",
            "nobody works on the case any more",
        ),
    ],
)
def test_what_does_not_run(kind: str, events: str, clock: str, why: str) -> None:
    found = clocks("jianghan-2022", kind, events, named=False)
    assert clock not in {one.clock for one in found}, why


def test_another_route_has_another_limit() -> None:
    events = "2022-06-01 registered; 2022-06-02 accepted; 2022-06-02 route_chosen 1"
    (close,) = (
        one for one in clocks("jianghan-2022", "petition", events, named=True) if one.is_owed
    )
    assert (close.clock, close.working.due_on) == ("close", date(2022, 6, 24))


def test_a_longer_extension_than_the_law_allows_counts_as_the_longest() -> None:
    events = "2022-06-01 accepted; 2022-06-20 extended close 90"
    (close,) = clocks("jianghan-2022", "petition", events, named=True)
    assert close.working.due_on == date(2022, 8, 30)
    assert close.working.extended_by == 30
