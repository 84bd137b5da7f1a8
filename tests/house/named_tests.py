"""The tests that a list or a page names as its proofs: whether each is there and is run."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
# A test, or a whole file of tests, as a page names it.
NAMED = re.compile(r"`(tests/[a-z0-9_/]+\.py)(?:::(test_\w+))?`")
_NOT_RUN = {"skip", "skipif", "xfail"}


@cache
def names_in(file: str) -> frozenset[str]:
    """The tests of a file that are run wherever the suite is; none where it isn't there."""
    path = ROOT / file
    tree = ast.parse(path.read_text("utf-8") if path.exists() else "")
    if any(isinstance(one, ast.Assign) and _is_marked(one) for one in tree.body):
        return frozenset()
    found = (one for one in tree.body if isinstance(one, ast.FunctionDef))
    return frozenset(
        one.name
        for one in found
        if one.name.startswith("test_") and not any(map(_mentions, one.decorator_list))
    )


def is_there(file: str, test: str = "") -> bool:
    """Whether a file holds this test, or where none is named any test at all."""
    return test in names_in(file) if test else bool(names_in(file))


def _is_marked(assignment: ast.Assign) -> bool:
    names = {one.id for one in assignment.targets if isinstance(one, ast.Name)}
    return "pytestmark" in names and _mentions(assignment.value)


def _mentions(node: ast.expr) -> bool:
    """Whether a decorator, or a list of marks, keeps a test from being run or from failing."""
    return any(isinstance(one, ast.Attribute) and one.attr in _NOT_RUN for one in ast.walk(node))
