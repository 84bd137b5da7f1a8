"""What the campaign's data promise to whoever points out a mistake on the site (网站找错)."""

from __future__ import annotations

from dataclasses import dataclass

from portal.campaign.campaign import Campaign

# What every government site owes, where the campaign's data say nothing.
_DAYS = 3
_SOURCE = "《政府网站发展指引》（国办发〔2017〕47号）"


@dataclass(frozen=True)
class MistakeRule:
    """Within how many working `days` somebody is answered, and the `source` of that."""

    days: int
    source: str

    @classmethod
    def of(cls, campaign: Campaign) -> MistakeRule:
        """The rule as the campaign's record keeps it; where it says nothing, what every government
        site owes."""
        stored = campaign.mistakes
        return cls(days=stored.get("days", _DAYS), source=stored.get("source", _SOURCE))
