"""What the forms take, field by field and between fields, read from their classes."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from inspect import getdoc
from itertools import groupby
from typing import Any

from wtforms import validators
from wtforms.fields.core import UnboundField
from wtforms.form import BaseForm

_OURS = ("portal.", "intake.", "admin.")
_HEAD = """\
<!-- Made from the classes of the forms; `make docs` renews it. -->

# What the forms take

Everything is checked by the server: the one script there is, on the staff site alone, only does
passkeys. A field takes what its kind and its rules say; what it refuses is said beside it, with all
that was typed still there. A rule without quotes is a check of the form's own, in the words of its
code. Choices are those that the page offered: what wasn't offered is refused. A rule that speaks of
others (who chose to be known leaves a telephone) looks at both fields. Hidden fields (token, once,
the version that the page showed) are left out. Files: [attachments.md](attachments.md). Texts:
[text-messages.md](text-messages.md). Which step may follow which:
[life-of-a-case.md](life-of-a-case.md).

{kinds}

{forms}
"""


@dataclass(frozen=True)
class FieldRules:
    """One field of a form: its name and label, what kind of field it is, and what it refuses."""

    name: str
    label: str
    kind: type
    rules: tuple[str, ...]


@dataclass(frozen=True)
class FormRules:
    """One form: the file and name of its class, what it is for, its fields that somebody fills in,
    and what is asked of all of it."""

    file: str
    name: str
    what: str
    fields: tuple[FieldRules, ...]
    together: str


def all_forms() -> list[FormRules]:
    """Every form of the parts that are loaded, in the order of their modules."""
    found = {one for one in _below(BaseForm) if _is_ours(one)}
    rules = (_rules(one) for one in found)
    return sorted((one for one in rules if one.fields), key=lambda one: (one.file, one.name))


def page() -> str:
    """What the kinds of fields of our own take, and the forms, file by file."""
    forms, parts = all_forms(), []
    for file, group in groupby(forms, key=lambda one: one.file):
        parts += [f"## `{file}`", *(_shown(form) for form in group)]
    own = {field.kind for form in forms for field in form.fields if _is_of_ours(field.kind)}
    rows = sorted({f"| {_kind(one)} | {_first(one)} |" for one in own})
    kinds = "\n".join(["| kind | what it takes |", "|---|---|", *rows])
    return _HEAD.format(kinds=kinds, forms="\n\n".join(parts))


def _shown(form: FormRules) -> str:
    also = f" Together: {form.together}" if form.together else ""
    rows = [
        f"| {one.label} | {_kind(one.kind)} | {'; '.join(one.rules).replace('|', chr(92) + '|')} |"
        for one in form.fields
    ]
    head = ["| field | kind | rules |", "|---|---|---|"]
    return "\n".join([f"**{form.name}**. {form.what}{also}", "", *head, *rows])


def _below(cls: type) -> Iterator[type]:
    one: type
    for one in cls.__subclasses__():
        yield one
        yield from _below(one)


def _is_ours(form: type) -> bool:
    """Whether it stands in a module of ours under its own name; what a request makes doesn't."""
    module = sys.modules.get(form.__module__)
    named = not form.__name__.startswith("_") and getattr(module, form.__name__, None) is form
    return named and _is_of_ours(form)


def _is_of_ours(cls: type) -> bool:
    return cls.__module__.startswith(_OURS)


def _kind(field: type) -> str:
    return field.__name__.removesuffix("Field").lstrip("_")


def _rules(form: type) -> FormRules:
    filled = (_field(form, name, made) for name, made in _fields(form).items())
    together = _first(getattr(form, "validate", None)) if _defines(form, "validate") else ""
    return FormRules(
        file=form.__module__.replace(".", "/") + ".py",
        name=form.__name__,
        what=_first(form),
        fields=tuple(one for one in filled if one.label),
        together=together,
    )


def _fields(form: type) -> dict[str, UnboundField[Any]]:
    """The fields in the order in which they were written."""
    found = {
        name: made for name in dir(form) if isinstance(made := getattr(form, name), UnboundField)
    }
    return dict(sorted(found.items(), key=lambda one: one[1].creation_counter))


def _field(form: type, name: str, made: UnboundField[Any]) -> FieldRules:
    label = made.kwargs.get("label") or next((x for x in made.args if isinstance(x, str)), "")
    given = made.kwargs.get("validators") or next(
        (x for x in made.args if isinstance(x, list | tuple)), ()
    )
    rules = [*_choices(made), *filter(None, map(_rule, given))]
    inline = _first(getattr(form, f"validate_{name}", None))
    return FieldRules(name, label, made.field_class, tuple(filter(None, [*rules, inline])))


def _choices(made: UnboundField[Any]) -> Iterator[str]:
    offered = made.kwargs.get("choices")
    if offered and not callable(offered):
        yield f"one of {len(offered)}"


def _rule(one: Any) -> str:
    """A validator in words, with what it says to whoever breaks it."""
    said = getattr(one, "message", None)
    words = _words(one)
    return f"{words}: “{said}”" if words and said else words or (f"“{said}”" if said else "")


def _words(one: Any) -> str:
    match one:
        case validators.Length():
            return _between(max(one.min, 0), one.max, " characters")
        case validators.NumberRange():
            return _between(one.min, one.max, "")
        case validators.InputRequired() | validators.DataRequired():
            return "needed"
        case validators.EqualTo():
            return "the same again"
        case validators.Optional():
            return "may be empty"
        case validators.Regexp():
            return f"as `{one.regex.pattern}`"
        case _:
            return _first(one if callable(one) and hasattr(one, "__name__") else type(one))


def _between(least: Any, most: Any, unit: str) -> str:
    if most is None or most == -1:
        return f"{least} or more{unit}"
    return f"{least} to {most}{unit}" if least else f"at most {most}{unit}"


def _defines(form: type, name: str) -> bool:
    """Whether a class of ours, and not the library, has a method."""
    return any(name in one.__dict__ for one in form.__mro__ if _is_of_ours(one))


def _first(thing: Any) -> str:
    """The first paragraph of what is said of something, in one line."""
    return " ".join((getdoc(thing) or "").split("\n\n")[0].split())
