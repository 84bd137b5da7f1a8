"""Rules about the code itself. Each test lists what breaks its rule, with what to do about it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PARTS = ("portal", "intake", "admin")
CODE = sorted([*(f for part in PARTS for f in (ROOT / part).rglob("*.py")), ROOT / "wsgi.py"])
# The pages that name the one script of the product.
SCRIPTED = ("new_passkey", "passkey_sign_in", "prove_again")
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
MOST_LINES, MOST_LINES_OF_A_FUNCTION = 300, 40
FORBIDDEN_NAMES = {"models", "utils", "helpers", "common", "misc", "manager"}
# One word has one meaning: the table of words is in docs/glossary.md.
BANNED_WORDS = {
    "agency": "Unit",
    "ticket": "Case",
    "superadmin": "the office",
    "escalate": "remind or supervise",
    "feedback": "reply",
}


@cache
def tree_of(file: Path) -> ast.Module:
    return ast.parse(file.read_text())


def name_of(file: Path) -> str:
    return str(file.relative_to(ROOT))


def functions() -> Iterator[tuple[Path, ast.FunctionDef]]:
    for file in CODE:
        for node in ast.walk(tree_of(file)):
            if isinstance(node, ast.FunctionDef):
                yield file, node


def test_a_file_fits_in_the_head() -> None:
    """A longer file is a room that should be two: split it by act."""
    assert [name_of(f) for f in CODE if f.read_text().count("\n") > MOST_LINES] == []


def test_a_file_is_named_after_its_noun_or_its_act() -> None:
    assert [name_of(f) for f in CODE if f.stem in FORBIDDEN_NAMES] == []


def test_every_module_says_what_it_is_for() -> None:
    assert [name_of(f) for f in CODE if not ast.get_docstring(tree_of(f))] == []


def test_a_function_fits_on_a_screen() -> None:
    long = [
        f"{name_of(file)}: {f.name}"
        for file, f in functions()
        if (f.end_lineno or f.lineno) - f.lineno >= MOST_LINES_OF_A_FUNCTION
    ]
    assert long == []


def test_a_word_has_one_meaning() -> None:
    found = [
        f"{name_of(file)}: {name} (say {BANNED_WORDS[word]})"
        for file in CODE
        for node in ast.walk(tree_of(file))
        for name in _names(node)
        for word in re.split(r"_|(?<=[a-z])(?=[A-Z])", name)
        if word.lower() in BANNED_WORDS
    ]
    assert found == []


def _names(node: ast.AST) -> list[str]:
    match node:
        case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
            return [name]
        case ast.Name(id=name) | ast.arg(arg=name):
            return [name]
        case _:
            return []


def test_only_the_database_commits() -> None:
    """Doors write inside `with writing()`, which commits when the block ends."""
    others = [f for f in CODE if f.name != "database.py"]
    assert [name_of(f) for f in others if ".commit(" in f.read_text()] == []


def test_a_get_never_writes() -> None:
    """A view that answers only GET opens no writing session."""
    found = [
        f"{name_of(file)}: {f.name}"
        for file, f in functions()
        if _only_get(f) and "writing" in {_called(node) for node in ast.walk(f)}
    ]
    assert found == []


def _called(node: ast.AST) -> str:
    return node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else ""


def _only_get(function: ast.FunctionDef) -> bool:
    routes = {
        d.func.attr
        for d in function.decorator_list
        if isinstance(d, ast.Call) and isinstance(d.func, ast.Attribute)
    }
    return "get" in routes and "post" not in routes


def test_templates_escape_everything() -> None:
    """Few files make markup (test_own_rules.py); a template never says that something is safe."""
    assert [name_of(f) for f in TEMPLATES if re.search(r"\|\s*safe\b", f.read_text())] == []


def test_templates_carry_nothing_inline() -> None:
    """The content policy would refuse it: styles lie in style sheets, and the one script in
    a file, which three pages name and no other."""
    inline = re.compile(r"<script|<style|\sstyle=|\son[a-z]+=")
    script = "<script src=\"{{ asset('passkey.js') }}\" defer></script>"
    named = {name_of(f) for f in TEMPLATES if script in f.read_text()}
    assert named == {f"templates/admin/accounts/{name}.html" for name in SCRIPTED}
    texts = {name_of(f): f.read_text() for f in TEMPLATES}
    found = [name for name, text in texts.items() if inline.search(text.replace(script, "", 1))]
    assert found == []
    assert [f.name for f in (ROOT / "portal/static").glob("*.js")] == ["passkey.js"]


def test_a_page_says_its_name() -> None:
    # Who fills in another page's blocks has its name from there.
    frame = re.compile(r'{% extends "(staff_)?base\.html" %}')
    pages = [f for f in TEMPLATES if frame.search(f.read_text())]
    assert pages
    assert [name_of(f) for f in pages if "{% block title %}" not in f.read_text()] == []


def test_one_macro_a_file() -> None:
    macros = [f for f in TEMPLATES if "macros" in f.parts]
    assert [name_of(f) for f in macros if "{% macro " not in f.read_text()] == []
