"""What every act on a request about one's own information asks before it does anything."""

from __future__ import annotations

from admin.rights.refusals import AlreadyDecided, SomebodyWasFaster
from intake.cases.rights_request import RightsRequest


def check_waits(request: RightsRequest, version: int) -> None:
    """Nothing is done with a request that waits no more, or that changed.

    Raises:
        AlreadyDecided, SomebodyWasFaster: see there.
    """
    if request.decided_at is not None:
        raise AlreadyDecided(request.number)
    if request.version != version:
        raise SomebodyWasFaster(request.number)
