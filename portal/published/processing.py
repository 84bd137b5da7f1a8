"""What personal information is processed for what (个人信息保护法 17, 55, 56), and what may be
asked about it, as the public reads it: `personal_information.toml`, the same for every campaign."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Processed:
    """One kind of personal information: what it is for and by what clause, how it is kept, how
    long."""

    what: str
    purpose: str
    clause: str
    kept: str
    until: str


@dataclass(frozen=True)
class RightTold:
    """Something that anybody may ask, where the law gives it, and the quickest way to it."""

    what: str
    clause: str
    how: str


_READ = tomllib.loads(Path(__file__).with_name("personal_information.toml").read_text("utf-8"))

PROCESSED = tuple(Processed(**one) for one in _READ["processed"])
RIGHTS = tuple(RightTold(**one) for one in _READ["right"])
