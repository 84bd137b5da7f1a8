"""The life of a case as one table: from where to where, who may, what it needs, what the reporter
reads.

The table is the code; the page in docs/ and the tests are made from it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """How far a case is."""

    REGISTERED = "registered"
    ASSIGNED = "assigned"
    RETURNED = "returned"
    SIGNED_FOR = "signed_for"
    ACCEPTED = "accepted"
    DRAFTED = "drafted"
    REPLIED = "replied"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to do something."""
        return self not in {State.CLOSED, State.WITHDRAWN}

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
    State.REPLIED: "已答复",
    State.CLOSED: "已办结",
    State.WITHDRAWN: "已撤回",
}

OPEN_STATES = tuple(state for state in State if state.is_open)


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


class Need(StrEnum):
    """What a move can't do without."""

    UNIT = "unit"
    REASON = "reason"
    TEXT = "text"
    SECOND_PERSON = "second_person"


@dataclass(frozen=True)
class Move:
    """One row of the table. `event` is what the move leaves in the chain; `told` is what the
    reporter reads."""

    name: str
    label: str
    sources: frozenset[State]
    target: State
    actors: frozenset[Actor]
    event: str
    needs: frozenset[Need] = frozenset()
    told: str = ""


class MoveNotAllowed(Exception):
    """The table has no such move from the case's state for this person."""


_UNIT = frozenset({Actor.OFFICER, Actor.HEAD})
_TEXT = frozenset({Need.TEXT})

MOVES: dict[str, Move] = {
    move.name: move
    for move in (
        Move(
            "assign",
            "交办",
            frozenset({State.REGISTERED, State.RETURNED, State.ASSIGNED, State.SIGNED_FOR}),
            State.ASSIGNED,
            frozenset({Actor.OFFICE, Actor.RULES}),
            "assigned",
            frozenset({Need.UNIT}),
            "已交给{unit}，{unit}要在{date}前接收。",
        ),
        Move(
            "sign_for",
            "签收",
            frozenset({State.ASSIGNED}),
            State.SIGNED_FOR,
            _UNIT,
            "signed_for",
            told="{unit}已接收，正在看您写的内容。",
        ),
        Move(
            "return",
            "退回",
            frozenset({State.ASSIGNED, State.SIGNED_FOR}),
            State.RETURNED,
            _UNIT,
            "returned",
            frozenset({Need.REASON}),
            "这件事不归{unit}管，正在换单位。",
        ),
        Move(
            "accept",
            "受理",
            frozenset({State.SIGNED_FOR}),
            State.ACCEPTED,
            _UNIT,
            "accepted",
            told="正在办，最晚{date}答复您。",
        ),
        Move(
            "draft",
            "拟答复",
            frozenset({State.ACCEPTED, State.DRAFTED}),
            State.DRAFTED,
            _UNIT,
            "drafted",
            _TEXT,
            "答复正在核对，核对好就给您看。",
        ),
        Move(
            "send_back",
            "退回修改",
            frozenset({State.DRAFTED}),
            State.ACCEPTED,
            frozenset({Actor.HEAD, Actor.OFFICE}),
            "sent_back",
            frozenset({Need.REASON}),
            "正在办，最晚{date}答复您。",
        ),
        Move(
            "reply",
            "审签并发出",
            frozenset({State.DRAFTED}),
            State.REPLIED,
            frozenset({Actor.HEAD, Actor.OFFICE}),
            "replied",
            frozenset({Need.SECOND_PERSON}),
            "已经答复您，请看下面的答复。",
        ),
        Move(
            "close",
            "办结",
            frozenset({State.REPLIED}),
            State.CLOSED,
            _UNIT | {Actor.OFFICE},
            "closed",
            told="办完了，请看答复。",
        ),
        Move(
            "withdraw",
            "撤回",
            frozenset(OPEN_STATES) - {State.REPLIED},
            State.WITHDRAWN,
            frozenset({Actor.REPORTER}),
            "withdrawn",
            told="您撤回了这件，我们不再办理。",
        ),
    )
}


def moves_from(state: State, actors: frozenset[Actor]) -> list[Move]:
    """The moves that somebody with these hats may make from a state."""
    return [m for m in MOVES.values() if state in m.sources and m.actors & actors]


def check(name: str, state: State, actors: frozenset[Actor]) -> Move:
    """The move of that name.

    Raises:
        MoveNotAllowed: from this state, or for this person, there is no such move.
    """
    move = MOVES[name]
    if state not in move.sources or not move.actors & actors:
        raise MoveNotAllowed(name)
    return move
