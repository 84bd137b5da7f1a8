"""What the campaign's data say about the time after it: whom people turn to then, and to which
bodies outside a case may be handed on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from portal.campaign.campaign import Campaign


@dataclass(frozen=True)
class OutsideBody:
    """A body that is no unit of the campaign and may go on with a case."""

    code: str
    name: str
    telephone: str
    matter: str


@dataclass(frozen=True)
class AfterRule:
    """`unit_code` is the unit that people turn to once the campaign is over, `tip_off_telephone`
    the number that a reporter of a tip-off may ring: one that tells nobody who has his case."""

    unit_code: str
    tip_off_telephone: str
    bodies: Mapping[str, OutsideBody]

    @classmethod
    def of(cls, campaign: Campaign) -> AfterRule:
        """The rule as the campaign's record keeps it; where it says nothing, the lead unit and the
        hotline."""
        stored = campaign.after
        bodies = (OutsideBody(**one) for one in stored.get("bodies", []))
        return cls(
            unit_code=stored.get("unit", campaign.lead_code),
            tip_off_telephone=stored.get("tip_off_telephone", campaign.hotline),
            bodies={one.code: one for one in bodies},
        )
