"""Every check that was agreed on has a test, and every test that the page names is there."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "service-design-checks.md"
CHECKS = [
    f"{part}{at}" for part, most in (("A", 20), ("B", 24), ("C", 13)) for at in range(1, most + 1)
]
_ROW = re.compile(r"^\| ([ABC]\d+) \|[^|]+\|([^|]+)\|$", re.MULTILINE)
_NAMED = re.compile(r"`(tests/[a-z_/]+\.py)(?:::(test_\w+))?`")


def rows() -> dict[str, list[tuple[str, str]]]:
    """Of each id, the files and tests that its row names."""
    return {check: _NAMED.findall(proof) for check, proof in _ROW.findall(PAGE.read_text("utf-8"))}


@cache
def names_in(file: str) -> frozenset[str]:
    """The tests that a file holds; none where it isn't there."""
    path = ROOT / file
    tree = ast.parse(path.read_text("utf-8") if path.exists() else "")
    return frozenset(one.name for one in tree.body if isinstance(one, ast.FunctionDef))


def is_there(file: str, test: str) -> bool:
    return test in names_in(file) if test else bool(names_in(file))


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
