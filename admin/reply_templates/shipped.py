"""The templates that the product brings along."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from admin.reply_templates.wording import Wording
from portal.campaign.kinds import Kind

_FILE = Path(__file__).with_name("shipped.toml")


@cache
def shipped() -> Mapping[str, Wording]:
    """What each of them says, by key, in the file's order."""
    read = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return {
        key: Wording(one["name"], tuple(map(Kind, one["kinds"])), one["text"].strip())
        for key, one in read.items()
    }
