"""One short round of `make soak`: kills in the middle of mixed submissions, a provider in a bad
mood, and everybody finds what he wrote, once."""

from __future__ import annotations

from pathlib import Path

from tests.soak.plan import Plan
from tests.soak.rounds import faults, soak
from tests.soak.table import table
from tests.templates import Templates

_SHORT = Plan(seed=7, rounds=1, submissions=24, kills=1, troubles=())


def test_a_short_soak(templates: Templates, tmp_path: Path) -> None:
    outcome = soak(_SHORT, templates, tmp_path / "ground")
    assert not faults(outcome), table(outcome)
    assert outcome.verdict.acknowledged == _SHORT.submissions
    assert outcome.counts["kills of everything"] == 1
