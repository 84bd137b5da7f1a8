"""What was learnt from labelled examples, kept as tables in `learned_weights/`, read once.

`flask --app wsgi routing learn` writes them anew; nobody changes them by hand.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from functools import cache
from hashlib import sha256
from pathlib import Path

from intake.rules.linear import LinearModel, Weight
from intake.rules.reading import Learned

FOLDER = Path(__file__).with_name("learned_weights")
_SHARED = ("kind", "problem", "scope", "accusation")
_UNITS = "units-"
_TYPES = "problem_types.tsv"
_ORIGIN = "origin.tsv"
_BIAS = ""


@cache
def learned() -> Learned:
    """The models by which texts are read."""
    shared = {name: _read(FOLDER / f"{name}.tsv") for name in _SHARED}
    own = {file.stem.removeprefix(_UNITS): _read(file) for file in FOLDER.glob(f"{_UNITS}*.tsv")}
    return Learned(**shared, units=own, problem_types=_read_types())


def store(found: Learned) -> None:
    """Write the models' tables."""
    FOLDER.mkdir(exist_ok=True)
    tables = {name: getattr(found, name) for name in _SHARED}
    tables |= {_UNITS + code: model for code, model in found.units.items()}
    for name, model in tables.items():
        (FOLDER / f"{name}.tsv").write_text(as_table(model), "utf-8")
    lines = ("\t".join(one) for one in sorted(found.problem_types))
    (FOLDER / _TYPES).write_text("\n".join(lines) + "\n", "utf-8")


def store_origin(files: Iterable[Path]) -> None:
    """Write down from which files it was learnt."""
    lines = (f"{name}\t{digest}\n" for name, digest in sorted(digests(files).items()))
    (FOLDER / _ORIGIN).write_text("".join(lines), "utf-8")


def origin() -> dict[str, str]:
    """The files from which it was learnt: name to digest."""
    lines = (FOLDER / _ORIGIN).read_text("utf-8").splitlines()
    return dict(line.split("\t") for line in lines)


def digests(files: Iterable[Path]) -> dict[str, str]:
    """The digest of each file, by its name."""
    return {file.name: sha256(file.read_bytes()).hexdigest() for file in files}


def _read_types() -> frozenset[tuple[str, str]]:
    lines = (FOLDER / _TYPES).read_text("utf-8").splitlines()
    pairs = (line.partition("\t") for line in lines)
    return frozenset((code, plan_text) for code, _, plan_text in pairs)


def _read(file: Path) -> LinearModel:
    return from_table(file.read_text("utf-8"))


def as_table(model: LinearModel) -> str:
    """A model as lines of a feature, its rarity and its votes. No feature holds a tab or the end of
    a line: masking makes every blank a space."""
    lines = ["\t".join(("", "", *model.labels)), _line(_BIAS, 0, model.bias)]
    lines += [_line(f, one.rarity, one.votes) for f, one in sorted(model.weights.items())]
    return "\n".join(lines) + "\n"


def from_table(table: str) -> LinearModel:
    """The model that a table holds."""
    head, bias, *lines = (line.split("\t") for line in table.removesuffix("\n").split("\n"))
    return LinearModel(
        labels=tuple(head[2:]),
        bias=tuple(map(int, bias[2:])),
        weights={
            sys.intern(feature): Weight.of(int(rarity), map(int, votes))
            for feature, rarity, *votes in lines
        },
    )


def _line(feature: str, rarity: int, votes: Iterable[int]) -> str:
    return "\t".join((feature, str(rarity), *map(str, votes)))
