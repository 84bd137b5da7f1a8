"""Who moves a case."""

from __future__ import annotations

from enum import StrEnum


class Actor(StrEnum):
    """Who makes a move."""

    OFFICER = "officer"
    HEAD = "head"
    OFFICE = "office"
    REPORTER = "reporter"
    RULES = "rules"

    @property
    def official(self) -> str:
        """The word in the rendered table."""
        return {
            Actor.OFFICER: "承办单位经办人",
            Actor.HEAD: "承办单位负责人",
            Actor.OFFICE: "领导小组办公室",
            Actor.REPORTER: "来件人",
            Actor.RULES: "系统按规则",
        }[self]
