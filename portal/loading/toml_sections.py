"""TOML read key by key, so that what is missing, unknown or of the wrong sort is named and not
guessed."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from portal.foundation.refusal import Problem

_LINE = re.compile(r"\s*\(at line (\d+), column \d+\)$")
_SORTS = {
    str: "words in quotation marks",
    bool: "true or false",
    int: "a whole number",
    float: "a number",
    date: "a date like 2022-05-31",
    dict: "a table",
    list: "a list",
}


def parse_toml(
    text: str, file: str, problems: list[Problem], *, first_line: int = 1
) -> dict[str, Any] | None:
    """The tables of a TOML text, or None with the syntax error and its line added to `problems`."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = _LINE.search(str(error))
        line = int(found[1]) if found else text.count("\n") + 1
        what = _LINE.sub("", str(error))
        problems.append(Problem(file, line + first_line - 1, f"not readable as TOML: {what}"))
        return None


@dataclass
class Section:
    """One table of a TOML file. What is taken from it is checked; what nobody took is unknown."""

    file: str
    name: str
    content: dict[str, Any]
    problems: list[Problem]
    line: int | None = None
    _taken: set[str] = field(default_factory=set)

    def wrong(self, what: str) -> None:
        """Note something that is wrong with this table."""
        self.problems.append(Problem(self.file, self.line, what))

    def text(self, key: str, longest: int | None = None, *, optional: bool = False) -> str | None:
        """Words, not empty, of at most `longest` characters."""
        value: str | None = self._take(key, str, optional)
        if value is None:
            return None
        if not value.strip() and not optional:
            self.wrong(f"{self._path(key)} is empty")
        elif "\0" in value:
            self.wrong(f"{self._path(key)} holds a zero character")
        elif longest is not None and len(value) > longest:
            self.wrong(f"{self._path(key)} has {len(value)} characters; {longest} are the most")
        return value

    def flag(self, key: str) -> bool | None:
        """true or false."""
        value: bool | None = self._take(key, bool, False)
        return value

    def day(self, key: str, *, optional: bool = False) -> date | None:
        """A date."""
        value: date | None = self._take(key, date, optional)
        return value

    def whole(self, key: str, *, optional: bool = False) -> int | None:
        """A whole number."""
        value: int | None = self._take(key, int, optional)
        return value

    def share(self, key: str) -> float | None:
        """A number from 0 to 1."""
        value: float | None = self._take(key, float, False)
        if value is not None and not 0 <= value <= 1:
            self.wrong(f"{self._path(key)} must lie between 0 and 1")
        return value

    def list_of(self, key: str, sort: type, *, optional: bool = False) -> list[Any]:
        """A list whose parts are all of one sort; an empty one where there is none."""
        value: list[Any] = self._take(key, list, optional) or []
        sound = [part for part in value if type(part) is sort]
        if len(sound) != len(value):
            self.wrong(f"every part of {self._path(key)} must be {_SORTS[sort]}")
        return sound

    def table(self, key: str, *, optional: bool = False) -> Section:
        """The table under a key; an empty one, already blamed if needed, where there is none."""
        found = self._take(key, dict, optional)
        silent: list[Problem] = []
        problems = self.problems if found is not None else silent
        return Section(self.file, self._path(key), found or {}, problems, self.line)

    def tables(self, key: str, *, optional: bool = False) -> list[Section]:
        """The tables of a list, numbered from 1."""
        found = self.list_of(key, dict, optional=optional)
        return [
            Section(self.file, f"{self._path(key)}[{number}]", one, self.problems, self.line)
            for number, one in enumerate(found, start=1)
        ]

    def close(self) -> None:
        """Refuse the keys that nobody asked for."""
        for key in self.content.keys() - self._taken:
            self.wrong(f"{self._path(key)} is unknown")

    def _take(self, key: str, sort: type, optional: bool) -> Any:
        self._taken.add(key)
        if key not in self.content:
            if not optional:
                self.wrong(f"{self._path(key)} is missing")
            return None
        value = self.content[key]
        if type(value) is sort or (sort is float and type(value) is int):
            return value
        self.wrong(f"{self._path(key)} must be {_SORTS[sort]}")
        return None

    def _path(self, key: str) -> str:
        return f"{self.name}.{key}" if self.name else key
