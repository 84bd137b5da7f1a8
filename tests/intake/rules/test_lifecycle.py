"""The life of a case: hypothesis walks the table; nothing that is not in it can happen."""

from __future__ import annotations

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from intake.rules.lifecycle import (
    MOVES,
    Actor,
    MoveNotAllowed,
    Need,
    State,
    check,
    moves_from,
)


class Walk(RuleBasedStateMachine):
    """A case that anybody may try to move in any way."""

    def __init__(self) -> None:
        super().__init__()
        self.state = State.REGISTERED
        self.done: list[str] = []

    @rule(name=st.sampled_from(sorted(MOVES)), actor=st.sampled_from(Actor))
    def try_to_move(self, name: str, actor: Actor) -> None:
        allowed = MOVES[name] in moves_from(self.state, frozenset({actor}))
        try:
            move = check(name, self.state, frozenset({actor}))
        except MoveNotAllowed:
            assert not allowed
            return
        assert allowed
        self.state = move.target
        self.done.append(name)

    @invariant()
    def a_closed_case_was_replied_to(self) -> None:
        if self.state is State.CLOSED:
            assert "reply" in self.done

    @invariant()
    def an_open_case_can_go_on(self) -> None:
        if self.state.is_open:
            assert moves_from(self.state, frozenset(Actor))
        else:
            assert not moves_from(self.state, frozenset(Actor))


TestWalk = Walk.TestCase
TestWalk.settings = settings(max_examples=60, stateful_step_count=30)


def test_only_a_head_or_the_office_releases_a_reply_and_a_second_person_is_needed() -> None:
    assert MOVES["reply"].actors == {Actor.HEAD, Actor.OFFICE}
    assert Need.SECOND_PERSON in MOVES["reply"].needs


def test_an_officer_cant_assign() -> None:
    with pytest.raises(MoveNotAllowed):
        check("assign", State.REGISTERED, frozenset({Actor.OFFICER, Actor.HEAD}))
