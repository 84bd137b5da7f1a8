"""Rules about the code itself, each with the reason in its failure message."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PARTS = ("portal", "intake", "admin")
CODE = sorted([*(f for part in PARTS for f in (ROOT / part).rglob("*.py")), ROOT / "wsgi.py"])
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
MOST_LINES, MOST_LINES_OF_A_FUNCTION = 300, 40
FORBIDDEN_NAMES = {"models", "utils", "helpers", "common", "misc", "manager"}
# One word has one meaning: the table of words in docs/glossary.md.
BANNED_WORDS = {
    "ticket": "Case",
    "submission_ticket": "Case",
    "agency": "Unit",
    "superadmin": "the office",
    "escalate": "remind or supervise",
}


def name_of(file: Path) -> str:
    return str(file.relative_to(ROOT))


@pytest.mark.parametrize("file", CODE, ids=name_of)
def test_a_file_is_one_noun_or_one_act(file: Path) -> None:
    text = file.read_text()
    assert text.count("\n") <= MOST_LINES, "a room that should be two: split it by act"
    assert file.stem not in FORBIDDEN_NAMES, "a file is named after its noun or its act"
    tree = ast.parse(text)
    assert ast.get_docstring(tree), "say in a sentence or two what this module is for"
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            assert lines <= MOST_LINES_OF_A_FUNCTION, f"{node.name} has {lines} lines"


@pytest.mark.parametrize("file", CODE, ids=name_of)
def test_words_have_one_meaning(file: Path) -> None:
    names = {
        part
        for node in ast.walk(ast.parse(file.read_text()))
        for name in _names(node)
        for part in re.split(r"_|(?<=[a-z])(?=[A-Z])", name)
    }
    found = {word for word in BANNED_WORDS if word in {name.lower() for name in names}}
    assert not found, {word: BANNED_WORDS[word] for word in found}


def _names(node: ast.AST) -> list[str]:
    match node:
        case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
            return [name]
        case ast.Name(id=name) | ast.arg(arg=name):
            return [name]
        case _:
            return []


@pytest.mark.parametrize("file", CODE, ids=name_of)
def test_only_the_database_commits(file: Path) -> None:
    if file.name == "database.py":
        return
    assert ".commit(" not in file.read_text(), "doors write inside `with writing()`, which commits"


@pytest.mark.parametrize("file", CODE, ids=name_of)
def test_a_get_never_writes(file: Path) -> None:
    """A view that only answers GET opens no writing session."""
    for node in ast.walk(ast.parse(file.read_text())):
        if not isinstance(node, ast.FunctionDef) or not _only_get(node):
            continue
        calls = {c.func.id for c in ast.walk(node) if isinstance(c, ast.Call) and _is_name(c.func)}
        assert "writing" not in calls, f"{node.name} answers GET and writes"


def _is_name(node: ast.AST) -> bool:
    return isinstance(node, ast.Name)


def _only_get(function: ast.FunctionDef) -> bool:
    routes = [
        d.func.attr
        for d in function.decorator_list
        if isinstance(d, ast.Call) and isinstance(d.func, ast.Attribute)
    ]
    return "get" in routes and "post" not in routes


@pytest.mark.parametrize("file", TEMPLATES, ids=name_of)
def test_templates_escape_everything_and_carry_nothing_inline(file: Path) -> None:
    text = file.read_text()
    assert not re.search(r"\|\s*safe\b", text), "only portal.foundation.text makes markup"
    assert "<script" not in text, "no page has a script"
    assert not re.search(r"\sstyle=|\son[a-z]+=", text), "styles are in site.css"


@pytest.mark.parametrize("file", TEMPLATES, ids=name_of)
def test_a_page_has_a_title_and_one_heading(file: Path) -> None:
    text = file.read_text()
    if "{% extends" not in text:
        return
    assert "{% block title %}" in text, "a page says its name in the title"


@pytest.mark.parametrize("file", [f for f in TEMPLATES if "macros" in f.parts], ids=name_of)
def test_one_macro_a_file(file: Path) -> None:
    assert len(re.findall(r"{%-?\s*macro ", file.read_text())) >= 1
