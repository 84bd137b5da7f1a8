"""Every check that was agreed on has a test, and every test that the page names is there."""

from __future__ import annotations

import re

import pytest

from tests.house.named_tests import NAMED, ROOT, is_there

PAGE = ROOT / "docs" / "service-design-checks.md"
CHECKS = [
    f"{part}{at}" for part, most in (("A", 20), ("B", 24), ("C", 13)) for at in range(1, most + 1)
]
_ROW = re.compile(r"^\| ([ABC]\d+) \|[^|]+\|([^|]+)\|$", re.MULTILINE)


def rows() -> dict[str, list[tuple[str, str]]]:
    """Of each id, the files and tests that its row names."""
    return {check: NAMED.findall(proof) for check, proof in _ROW.findall(PAGE.read_text("utf-8"))}


def test_all_fifty_seven_are_listed_once() -> None:
    listed = [check for check, _ in _ROW.findall(PAGE.read_text("utf-8"))]
    assert listed == CHECKS
    assert len(CHECKS) == 57


@pytest.mark.parametrize("check", CHECKS)
def test_its_tests_are_there(check: str) -> None:
    named = rows()[check]
    assert named, "say which test proves it"
    assert [one for one in named if not is_there(*one)] == []


def test_a_dead_name_is_noticed() -> None:
    here = "tests/house/test_service_design_checks.py"
    assert is_there(here, "test_a_dead_name_is_noticed")
    assert not is_there(here, "test_that_was_renamed")
    assert not is_there("tests/house/test_that_was_moved.py", "")
