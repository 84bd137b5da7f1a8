"""Until when people declare by themselves and pay back (限期主动说明情况、退赔资金, plan
五(二)3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from portal.campaign.campaign import Campaign


@dataclass(frozen=True)
class DeclarationRule:
    """The last Shanghai day, and the `source` of it."""

    until: date
    source: str

    @classmethod
    def of(cls, campaign: Campaign) -> DeclarationRule | None:
        """The rule as the campaign's record keeps it; None where the campaign sets no day."""
        stored = campaign.declarations
        if not stored:
            return None
        return cls(until=date.fromisoformat(stored["until"]), source=stored["source"])
