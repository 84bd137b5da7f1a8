"""Twilio's published description of its interface (OpenAPI 3.0), as far as a request and its answer
are held against it. The file isn't ours to carry along: a setting names where it lies."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

SETTING = "TWILIO_DESCRIPTION"
_BESIDE = Path(__file__).parents[2] / "shared" / "data" / "twilio_api_v2010.json"
_TYPES: Mapping[str, type | tuple[type, ...]] = {
    "string": str,
    "integer": int,
    "boolean": bool,
    "number": (int, float),
    "array": list,
    "object": dict,
}


def description_file() -> Path:
    """Where the description lies; the file may not be there."""
    return Path(os.environ.get(SETTING) or _BESIDE)


@dataclass(frozen=True)
class Exchange:
    """One request to Twilio with its answer; `sent` are the fields of its query or its form."""

    method: str
    path: str
    sent: Mapping[str, str]
    status: int
    said: Any = field(repr=False, default=None)


class Description:
    """The description, read from its file."""

    def __init__(self, file: Path) -> None:
        self._whole = json.loads(file.read_text())

    def faults_of(self, exchange: Exchange) -> list[str]:
        """Everything about a request and its answer that the description doesn't know."""
        for template, item in self._whole["paths"].items():
            operation = item.get(exchange.method.lower())
            if operation and (values := _values_of(template, exchange.path)):
                return [
                    *self._request_faults(operation, exchange, values),
                    *self._answer_faults(operation, exchange),
                ]
        return [f"no {exchange.method} of {exchange.path}"]

    def _request_faults(
        self, operation: Any, exchange: Exchange, values: Mapping[str, str]
    ) -> Iterator[str]:
        known = {one["name"]: one for one in operation.get("parameters", [])}
        form = operation.get("requestBody", {}).get("content", {})
        schema = form.get("application/x-www-form-urlencoded", {}).get("schema", {})
        fields = {name: one["schema"] for name, one in known.items() if one["in"] == "query"}
        fields |= schema.get("properties", {})
        for name, value in exchange.sent.items():
            yield from self._faults(fields.get(name), _as_sent(fields.get(name), value), name)
        for name in schema.get("required", []):
            if name not in exchange.sent:
                yield f"{name} is missing"
        for name, value in values.items():
            yield from self._faults(known[name]["schema"], value, name)

    def _answer_faults(self, operation: Any, exchange: Exchange) -> Iterator[str]:
        answer = operation["responses"].get(str(exchange.status))
        if answer is None:
            yield f"no answer {exchange.status}"
        else:
            schema = answer["content"]["application/json"]["schema"]
            yield from self._faults(schema, exchange.said, "answer")

    def _faults(self, schema: Any, value: Any, name: str) -> Iterator[str]:
        schema = self._named(schema["$ref"]) if schema and "$ref" in schema else schema
        if schema is None:
            yield f"{name} is unknown"
        elif value is None:
            yield from () if schema.get("nullable") else (f"{name} may not be null",)
        elif not isinstance(value, _TYPES[schema.get("type", "object")]):
            yield f"{name} isn't of its type"
        elif isinstance(value, Mapping):
            for key, one in value.items():
                yield from self._faults(schema.get("properties", {}).get(key), one, key)
        elif isinstance(value, list):
            for one in value:
                yield from self._faults(schema["items"], one, f"{name}[]")
        else:
            yield from _faults_of_word(schema, value, name)

    def _named(self, reference: str) -> Any:
        found = self._whole
        for step in reference.removeprefix("#/").split("/"):
            found = found[step]
        return found


def _values_of(template: str, path: str) -> Mapping[str, str] | None:
    """The values in a path that a template describes; None where it describes another."""
    pattern = re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>[^/]+?)", re.escape(template))
    found = re.fullmatch(pattern, path)
    return found.groupdict() if found else None


def _faults_of_word(schema: Any, value: Any, name: str) -> Iterator[str]:
    if value not in schema.get("enum", [value]):
        yield f"{name} is none of its words"
    if not re.search(schema.get("pattern", ""), str(value)):
        yield f"{name} isn't in its form"


def _as_sent(schema: Any, text: str) -> Any:
    """What the text of a field says where it isn't to be a text."""
    kind = (schema or {}).get("type")
    if kind in {"integer", "number"} and text.isdigit():
        return int(text)
    return {"true": True, "false": False}.get(text, text) if kind == "boolean" else text
