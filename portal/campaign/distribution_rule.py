"""What the campaign's data say about lists of recipients: how long one stands."""

from __future__ import annotations

from dataclasses import dataclass

from portal.campaign.campaign import Campaign


@dataclass(frozen=True)
class DistributionRule:
    """`days` is for how many days a list is usually shown, `most_days` for how many at most; both
    None where the campaign says nothing. `source` is what they rest on."""

    days: int | None
    most_days: int | None
    source: str

    @classmethod
    def of(cls, campaign: Campaign) -> DistributionRule:
        """The rule as the campaign's record keeps it."""
        stored = campaign.distributions
        return cls(stored.get("days"), stored.get("most_days"), stored.get("source", ""))
