"""Problems whose day has come: past their time limit, or carried over until a day that is here. One
condition each for every count and list, so that a number is as long as its list."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from sqlalchemy import ColumnElement, and_

from admin.ledger.counting import IN_HAND
from admin.ledger.problem import Problem
from portal.published.result import ResultState


class DayCome(StrEnum):
    """Which day it is; the values are words of addresses."""

    LATE = "late"
    LOOK_AGAIN = "look-again"

    @property
    def official(self) -> str:
        """What is said of such problems."""
        return {DayCome.LATE: "过了整改时限", DayCome.LOOK_AGAIN: "挂账到了再看的日子"}[self]

    def on(self, today: date) -> ColumnElement[bool]:
        """The condition under which it is so of a problem on a Shanghai day. What waits for its
        approval past the limit is late too, though its unit may be done with it."""
        if self is DayCome.LATE:
            return and_(Problem.state.in_(IN_HAND), Problem.rectify_by < today)
        return and_(Problem.state == ResultState.CARRIED_OVER, Problem.carried_until <= today)
