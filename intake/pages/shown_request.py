"""A request about one's own information as its asker's pages show it."""

from __future__ import annotations

from dataclasses import dataclass

from intake.asking.due_date import DueDate
from intake.cases.rights_request import RightsRequest
from intake.rights.own_request import OwnRequest
from intake.rights.rights_texts import RightsTexts


@dataclass(frozen=True)
class ShownRequest:
    """A request with its texts, and its date while it waits."""

    request: RightsRequest
    texts: RightsTexts
    due: DueDate | None
    deletion: str

    @classmethod
    def of(cls, own: OwnRequest) -> ShownRequest:
        """What a page shows of it."""
        due = DueDate.of(own.clock) if own.clock else None
        return cls(own.request, own.texts, due, own.deletion)
