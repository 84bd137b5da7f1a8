"""The pages of docs/ that are made from the code, so that they can't say anything else.

`make docs` writes them; a test fails while one of them is stale.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields
from pathlib import Path

from flask import Flask
from werkzeug.routing import Rule

from admin.system import form_rules
from intake.cases.event_names import FIELDS
from intake.rules.lifecycle import MOVES, Actor, Move, Need, State
from portal.foundation.settings import Settings

CHECKOUT = Path(__file__).resolve().parents[2]

_LIFE = """\
<!-- Made from intake/rules/lifecycle.py; `make docs` renews it. -->

# The life of a case

Every move of a case is a row of one table. What isn't in it can't happen.

{states}
{moves}
Which clock a move starts or stops is read from its event: `intake/rules/clocks.py`, with the
limits, extensions and pauses of the campaign's `clocks.csv`.

Of a tip-off the reporter reads four states only, and no unit: see `intake/told.py`. What leaves the
state as it is (look, note, withhold, recuse, ask, extend, remind, opening the contact, adding
words) is an act of `admin/desk` or `intake/progress.py`.
"""
_EVENTS = """\
<!-- Made from intake/cases/event_names.py; `make docs` renews it. -->

# Events

Everything that happens is an event in one chain: what, when, to which case, by which member of
staff, with exactly the facts listed here. Facts are codes, dates and ids, never words, and are kept
in the clear.

{events}"""
_SETTINGS = """\
<!-- Made from portal/foundation/settings.py; `make docs` renews it. -->

# Settings

Read once from the environment when a process starts. An empty value means the default. A value that
can't be used stops the start with one line that says which and why. `.env.example` holds the same
list to copy.

{settings}
The key files lie in `DATA_DIR` unless their settings name another place. `CAMPAIGN` is read by
`make run` alone: the folder of `campaigns/` that it loads where none is loaded yet
(`jianghan-2022` by default).
"""
_ENDPOINTS = """\
<!-- Made from the application's own list of addresses; `make docs` renews it. -->

# Endpoints

HEAD goes without saying. A role opens a page; which cases and problems are on it and
which acts it offers, `admin/accounts/access.py`, `admin/ledger/sight.py` and the tables of moves
decide. What somebody may not see answers 404. Tests hold the list of audiences in
`tests/house/audiences.py`.

## The public site

Under `/staff` it only points to the staff site. `/healthz`, `/readyz` and `/static` are on both
sites.

{public}
## The staff site

{staff}"""
_NEEDS = {
    Need.UNIT: "a unit that isn't barred",
    Need.REASON: "a reason",
    Need.TEXT: "a text",
    Need.SECOND_PERSON: "somebody other than the writer",
}
_NOT_METHODS = frozenset({"HEAD", "OPTIONS"})


@dataclass(frozen=True)
class GeneratedPage:
    """One file that is made from the code. `path` is its place in the checkout."""

    path: str
    write: Callable[[], str]


def generated_pages(app: Flask) -> list[GeneratedPage]:
    """Every generated file. `app` serves all parts, since the addresses are read from it."""
    return [
        GeneratedPage("docs/life-of-a-case.md", life_of_a_case),
        GeneratedPage("docs/events.md", events),
        GeneratedPage("docs/settings.md", settings),
        GeneratedPage(".env.example", example),
        GeneratedPage("docs/forms.md", form_rules.page),
        GeneratedPage("docs/endpoints.md", lambda: endpoints(app)),
    ]


def stale(app: Flask, checkout: Path = CHECKOUT) -> list[str]:
    """The paths of generated files that are missing or say something else than the code."""
    pages = generated_pages(app)
    return [page.path for page in pages if _held(checkout / page.path) != page.write()]


def renew(app: Flask, checkout: Path = CHECKOUT) -> list[str]:
    """Write what is stale; returns the paths that were written."""
    changed = stale(app, checkout)
    for page in generated_pages(app):
        if page.path in changed:
            (checkout / page.path).write_text(page.write(), encoding="utf-8")
    return changed


def life_of_a_case() -> str:
    """The states and the moves of a case."""
    states = [(f"`{one}`", one.official, "yes" if one.is_open else "no") for one in State]
    head = (
        "move",
        "button",
        "kinds",
        "from",
        "to",
        "who may",
        "needs",
        "event",
        "the reporter reads",
    )
    return _LIFE.format(
        states=_table(("state", "on the officers' pages", "open"), states),
        moves=_table(head, map(_move, MOVES.values())),
    )


def events() -> str:
    """The vocabulary of the event chain."""
    left_by = {move.event: f"`{move.name}` {move.label}" for move in MOVES.values()}
    rows = [
        (f"`{name}`", _codes(sorted(facts)), left_by.get(name, ""))
        for name, facts in FIELDS.items()
    ]
    return _EVENTS.format(events=_table(("event", "facts", "left by the move"), rows))


def settings() -> str:
    """Every setting with its default."""
    rows = [
        (f"`{one['name']}`", f"`{one['default']}`" if one["default"] else "", one["help"])
        for one in (field.metadata for field in fields(Settings))
    ]
    return _SETTINGS.format(settings=_table(("variable", "default", "what it is for"), rows))


def example() -> str:
    """The text of `.env.example`: every setting with its default and what it is for."""
    lines = ["# Settings of Huimin Hotline, generated from portal/foundation/settings.py."]
    for one in fields(Settings):
        lines += [
            "",
            f"# {one.metadata['help']}",
            f"{one.metadata['name']}={one.metadata['default']}",
        ]
    return "\n".join(lines) + "\n"


def endpoints(app: Flask) -> str:
    """Every address with its methods and its audience."""
    rows = sorted(
        (
            f"`{rule.rule}`",
            ", ".join(sorted((rule.methods or set()) - _NOT_METHODS)),
            f"`{rule.endpoint}`",
            _audience(app, rule),
        )
        for rule in app.url_map.iter_rules()
    )
    staff = [row for row in rows if row[0].startswith("`/staff")]
    head = ("address", "methods", "endpoint", "who may")
    return _ENDPOINTS.format(
        public=_table(head, [row for row in rows if row not in staff]), staff=_table(head, staff)
    )


def _move(move: Move) -> Sequence[str]:
    return (
        f"`{move.name}`",
        move.label,
        ", ".join(f"`{kind}`" for kind in sorted(move.kinds)) or "all",
        _codes(state for state in State if state in move.sources),
        f"`{move.target}`" if move.target else "where it was before",
        "、".join(actor.official for actor in Actor if actor in move.actors),
        ", ".join(_NEEDS[need] for need in Need if need in move.needs),
        f"`{move.event}`",
        move.told,
    )


def _audience(app: Flask, rule: Rule) -> str:
    """What `staff_only` left on the view; a view without it asks for no sign-in."""
    roles: Iterable[str] | None = getattr(app.view_functions[rule.endpoint], "audience", None)
    if roles is not None:
        return _codes(roles) or "whoever is signed in"
    if rule.rule.startswith("/staff"):
        return "staff who aren't signed in yet"
    return "the provider, by its signature" if rule.rule.startswith("/sms") else "everybody"


def _codes(words: Iterable[str]) -> str:
    return ", ".join(f"`{word}`" for word in words)


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    rule = "|".join("---" for _ in head)
    lines = [" | ".join(cell.replace("|", "&#124;") for cell in row) for row in (head, *rows)]
    return "".join([f"| {lines[0]} |\n|{rule}|\n", *(f"| {line} |\n" for line in lines[1:])])


def _held(file: Path) -> str | None:
    return file.read_text(encoding="utf-8") if file.exists() else None
