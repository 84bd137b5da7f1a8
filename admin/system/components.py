"""What the product is made of, as a list in a common format (CycloneDX), so that whoever watches
for known holes needn't read our lock."""

from __future__ import annotations

import json
import re
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from typing import Any

CHECKOUT = Path(__file__).resolve().parents[2]
_PINNED = re.compile(r"^([a-z0-9][a-z0-9._-]*)==(\S+)", re.MULTILINE)


def components(checkout: Path = CHECKOUT) -> str:
    """The list as JSON: every pinned package with its version, its address as a package, and its
    licence where it is installed here. The same lock gives the same text."""
    pinned = _PINNED.findall((checkout / "requirements.lock").read_text("utf-8"))
    said = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": {"type": "application", "name": "huimin-hotline"}},
        "components": [_component(name, version) for name, version in pinned],
    }
    return json.dumps(said, indent=2, ensure_ascii=False) + "\n"


def _component(name: str, version: str) -> dict[str, Any]:
    purl = f"pkg:pypi/{name}@{version}"
    made = {"type": "library", "bom-ref": purl, "name": name, "version": version, "purl": purl}
    licence = _licence(name)
    return made | ({"licenses": [{"license": {"name": licence}}]} if licence else {})


def _licence(name: str) -> str:
    """What a package says of its licence in one line; empty where it says more or isn't here."""
    try:
        found = metadata(name)
    except PackageNotFoundError:
        return ""
    said = next((found[key] for key in ("License-Expression", "License") if key in found), "")
    return said if said.isprintable() and len(said) < 100 else ""
