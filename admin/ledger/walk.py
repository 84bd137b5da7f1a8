"""The walk of a problem as one table: from found to struck off, carried over or found unfounded,
and who takes each step."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum

from admin.ledger.refusals import StepNotAllowed
from portal.published.result import ResultState

_WORDS = {
    ResultState.FOUND: "待整改",
    ResultState.CARRIED_OVER: "挂账",
    ResultState.UNFOUNDED: "不属实",
}


def word_of(state: ResultState) -> str:
    """The state in the words of the ledger, which differ from the public's where officials have a
    term of their own, and where what was found and what is untouched differ."""
    return _WORDS.get(state, state.plain)


class Hat(StrEnum):
    """As whom somebody acts on a problem."""

    OFFICER = "officer"
    HEAD = "head"
    OFFICE = "office"


@dataclass(frozen=True)
class Step:
    """One row of the table. A step whose target is None leaves the state as it is."""

    name: str
    label: str
    sources: frozenset[ResultState]
    target: ResultState | None
    hats: frozenset[Hat]


_FOUND = ResultState.FOUND
_RECTIFYING = ResultState.RECTIFYING
_RECTIFIED = ResultState.RECTIFIED
_CARRIED_OVER = ResultState.CARRIED_OVER
_STRUCK_OFF = ResultState.STRUCK_OFF
_UNFOUNDED = ResultState.UNFOUNDED
_OPEN = frozenset({_FOUND, _RECTIFYING, _RECTIFIED, _CARRIED_OVER})
_UNIT = frozenset({Hat.OFFICER, Hat.HEAD})
_OFFICE = frozenset({Hat.OFFICE})

STEPS: dict[str, Step] = {
    step.name: step
    for step in (
        Step("measures", "记整改措施", frozenset({_FOUND, _RECTIFYING}), _RECTIFYING, _UNIT),
        Step("done", "记完成情况", frozenset({_RECTIFYING}), None, _UNIT),
        Step(
            "responsible",
            "写责任领导和责任人",
            _OPEN,
            None,
            _UNIT | _OFFICE,
        ),
        Step(
            "rectified", "报整改完成", frozenset({_RECTIFYING}), _RECTIFIED, frozenset({Hat.HEAD})
        ),
        Step("send-back", "退回再改", frozenset({_RECTIFIED}), _RECTIFYING, _OFFICE),
        Step("strike-off", "销号", frozenset({_RECTIFIED}), _STRUCK_OFF, _OFFICE),
        Step("carry-over", "挂账", _OPEN - {_CARRIED_OVER}, _CARRIED_OVER, _OFFICE),
        Step("resume", "接着整改", frozenset({_CARRIED_OVER}), _RECTIFYING, _OFFICE | {Hat.HEAD}),
        Step("unfounded", "查否", _OPEN - {_RECTIFIED}, _UNFOUNDED, _OFFICE),
        Step("reopen", "重新整改", frozenset({_STRUCK_OFF}), _RECTIFYING, _OFFICE),
        Step("look-again", "重新核查", frozenset({_UNFOUNDED}), _FOUND, _OFFICE),
        Step("change", "改台账的数", _OPEN, None, _OFFICE),
        Step("refer", "移送", _OPEN | {_STRUCK_OFF, _UNFOUNDED}, None, _OFFICE),
        Step("add-case", "并入来件", _OPEN, None, _OFFICE),
    )
}


def steps_from(state: ResultState, hats: AbstractSet[Hat]) -> list[Step]:
    """The steps that somebody with these hats may take from a state."""
    return [step for step in STEPS.values() if state in step.sources and step.hats & hats]


def check(name: str, state: ResultState, hats: AbstractSet[Hat]) -> ResultState:
    """The state after the step of that name.

    Raises:
        StepNotAllowed: from this state, or for this person, there is no such step.
    """
    step = STEPS[name]
    if state not in step.sources or not step.hats & hats:
        raise StepNotAllowed(name)
    return step.target or state
