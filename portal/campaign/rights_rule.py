"""What the campaign's data promise to whoever asks about his own information (个人信息权利请求)."""

from __future__ import annotations

from dataclasses import dataclass

from portal.campaign.campaign import Campaign

# The law says "promptly" and names no days (个人信息保护法 50).
_DAYS = 15
_SOURCE = "我们的承诺；《个人信息保护法》第五十条要求便捷受理，没有写天数"


@dataclass(frozen=True)
class RightsRule:
    """Within how many working `days` somebody is answered, and the `source` of that."""

    days: int
    source: str

    @classmethod
    def of(cls, campaign: Campaign) -> RightsRule:
        """The rule as the campaign's record keeps it; where it says nothing, the usual promise."""
        stored = campaign.rights
        return cls(days=stored.get("days", _DAYS), source=stored.get("source", _SOURCE))
