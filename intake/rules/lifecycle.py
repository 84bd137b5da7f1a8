"""The life of a case as one table: from where to where, who may, what it needs, what the reporter
reads.

The table is the code; the page in docs/ and the tests are made from it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from intake.rules.actor import Actor
from intake.rules.move import Move, Need
from intake.rules.state import OPEN_STATES, State

__all__ = [
    "MOVES",
    "OPEN_STATES",
    "Actor",
    "Move",
    "MoveNotAllowed",
    "Need",
    "State",
    "check",
    "moves_from",
]


class MoveNotAllowed(Exception):
    """The table has no such move from the case's state for this person."""


_UNIT = frozenset({Actor.OFFICER, Actor.HEAD})
_TEXT = frozenset({Need.TEXT})
_SECOND = frozenset({Need.SECOND_PERSON})
# What the office reviews too, after the unit's head.
_BY_TWO = frozenset({"tip_off", "petition"})
_BY_ONE = frozenset({"consultation", "complaint", "disclosure_request"})
_PETITION = frozenset({"petition"})
# Each applicant for information gets an answer of his own (政府信息公开条例 36).
_MERGEABLE = frozenset({"tip_off", "petition", "consultation", "complaint"})

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
            frozenset({State.DRAFTED, State.REVIEWED}),
            State.ACCEPTED,
            frozenset({Actor.HEAD, Actor.OFFICE}),
            "sent_back",
            frozenset({Need.REASON}),
            "正在办，最晚{date}答复您。",
        ),
        Move(
            "sign",
            "审签",
            frozenset({State.DRAFTED}),
            State.REVIEWED,
            frozenset({Actor.HEAD, Actor.OFFICE}),
            "reviewed",
            _SECOND,
            "答复正在核对，核对好就给您看。",
            _BY_TWO,
        ),
        Move(
            "reply",
            "审签并发出",
            frozenset({State.DRAFTED}),
            State.REPLIED,
            frozenset({Actor.HEAD, Actor.OFFICE}),
            "replied",
            _SECOND,
            "已经答复您，请看下面的答复。",
            _BY_ONE,
        ),
        Move(
            "release",
            "审核并发出",
            frozenset({State.REVIEWED}),
            State.REPLIED,
            frozenset({Actor.OFFICE}),
            "replied",
            _SECOND,
            "已经答复您，请看下面的答复。",
            _BY_TWO,
        ),
        Move(
            "close",
            "办结",
            frozenset({State.REPLIED}),
            State.CLOSED,
            # What was merged closes with its lead.
            _UNIT | {Actor.OFFICE, Actor.RULES},
            "closed",
            told="办完了，请看答复。",
        ),
        Move(
            "decline",
            "不予受理",
            frozenset(OPEN_STATES) - {State.REPLIED},
            State.DECLINED,
            frozenset({Actor.HEAD, Actor.OFFICE}),
            "declined",
            frozenset({Need.REASON, Need.SECOND_PERSON}),
            "这件不在这里办，请看告知：为什么，该找哪里。",
        ),
        Move(
            "give_up",
            "视为放弃",
            frozenset({State.ASSIGNED, State.SIGNED_FOR, State.ACCEPTED}),
            State.CLOSED,
            frozenset({Actor.HEAD, Actor.OFFICE}),
            "given_up",
            frozenset({Need.REASON}),
            "您没有补正，这件申请不再处理，请看告知。",
            frozenset({"disclosure_request"}),
        ),
        Move(
            "object",
            "提出异议",
            frozenset({State.CLOSED, State.DECLINED}),
            State.RETURNED,
            frozenset({Actor.REPORTER}),
            "reopened",
            _TEXT,
            "您提出了异议，换人再看一次。",
        ),
        Move(
            "ask_review",
            "请求复查",
            frozenset({State.CLOSED}),
            State.RETURNED,
            frozenset({Actor.REPORTER}),
            "review_asked",
            _TEXT,
            "您请求复查，由上一级再看一次。",
            _PETITION,
        ),
        Move(
            "reopen",
            "重办",
            frozenset({State.CLOSED}),
            State.RETURNED,
            frozenset({Actor.OFFICE}),
            "reopened_by_office",
            frozenset({Need.REASON}),
            "我们回访以后，决定换人再办一次。",
            # Whoever wrote a tip-off isn't rung up to hear how it went.
            _BY_ONE | _PETITION,
        ),
        Move(
            "send_again",
            "来单退回重办",
            frozenset({State.REPLIED, State.CLOSED, State.DECLINED}),
            State.RETURNED,
            frozenset({Actor.OFFICE}),
            "reopened_by_sender",
            frozenset({Need.REASON}),
            "转来这件的单位要求再办一次，换人办。",
        ),
        Move(
            "merge",
            "并案",
            frozenset(OPEN_STATES) - {State.REVIEWED, State.REPLIED},
            State.MERGED,
            _UNIT | {Actor.OFFICE},
            "merged",
            frozenset({Need.REASON}),
            "和反映同一件事的另一件一起办，答复会写在这里。",
            _MERGEABLE,
        ),
        Move(
            "unmerge",
            "从并案里分出",
            frozenset({State.MERGED}),
            None,
            _UNIT | {Actor.OFFICE, Actor.RULES},
            "unmerged",
            frozenset({Need.REASON}),
            "这件又单独办了。",
            _MERGEABLE,
        ),
        Move(
            "answer_together",
            "和主件一起答复",
            frozenset({State.MERGED}),
            State.REPLIED,
            frozenset({Actor.RULES}),
            "replied",
            _TEXT,
            "已经答复您，请看下面的答复。",
            _MERGEABLE,
        ),
        Move(
            "withdraw",
            "撤回",
            (frozenset(OPEN_STATES) | {State.MERGED}) - {State.REPLIED},
            State.WITHDRAWN,
            frozenset({Actor.REPORTER}),
            "withdrawn",
            told="您撤回了这件，我们不再办理。",
        ),
    )
}

# A transfer asks for no report back; of a tip-off the office always wants one.
MOVES["transfer"] = replace(
    MOVES["assign"], name="transfer", label="转办", actors=frozenset({Actor.OFFICE}),
    event="transferred", kinds=_BY_ONE | _PETITION,
)  # fmt: skip


def moves_from(state: State, actors: frozenset[Actor], kind: str) -> Iterator[Move]:
    """The moves that somebody with these hats may make with a case of some kind from a state."""
    for move in MOVES.values():
        if state in move.sources and move.actors & actors and move.is_for(kind):
            yield move


def check(name: str, state: State, actors: frozenset[Actor], kind: str) -> Move:
    """The move of that name.

    Raises:
        MoveNotAllowed: from this state, for this person or this kind, there is no such move.
    """
    move = MOVES[name]
    if state not in move.sources or not move.actors & actors or not move.is_for(kind):
        raise MoveNotAllowed(name)
    return move
