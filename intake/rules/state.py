"""How far a case can be."""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    """How far a case is."""

    REGISTERED = "registered"
    ASSIGNED = "assigned"
    RETURNED = "returned"
    SIGNED_FOR = "signed_for"
    ACCEPTED = "accepted"
    DRAFTED = "drafted"
    REVIEWED = "reviewed"
    REPLIED = "replied"
    CLOSED = "closed"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    MERGED = "merged"

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to do something with it; what is merged is handled with
        another case."""
        return self not in {State.CLOSED, State.DECLINED, State.WITHDRAWN, State.MERGED}

    @property
    def is_heard(self) -> bool:
        """Whether its reporter's further words are read."""
        return self.is_open or self is State.MERGED

    @property
    def has_ended(self) -> bool:
        """Whether it is over by itself; what is merged ends with what it is merged into."""
        return not self.is_heard

    @property
    def official(self) -> str:
        """The word on the officers' pages."""
        return _OFFICIAL[self]


_OFFICIAL = {
    State.REGISTERED: "待交办",
    State.ASSIGNED: "已交办",
    State.RETURNED: "已退回",
    State.SIGNED_FOR: "已签收",
    State.ACCEPTED: "已受理",
    State.DRAFTED: "待审核",
    State.REVIEWED: "待办公室审核",
    State.REPLIED: "已答复",
    State.CLOSED: "已办结",
    State.DECLINED: "不予受理",
    State.WITHDRAWN: "已撤回",
    State.MERGED: "已并案",
}

OPEN_STATES = tuple(state for state in State if state.is_open)
