"""The life of a case: hypothesis walks the table; nothing that is not in it can happen."""

from __future__ import annotations

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from intake.rules.lifecycle import (
    MOVES,
    Actor,
    MoveNotAllowed,
    Need,
    State,
    check,
    moves_from,
)
from portal.campaign.kinds import Kind

# What tells a reporter how his case ended; only his own withdrawal needs none.
ANSWERS = frozenset({"reply", "release", "answer_together", "decline", "give_up"})
OPENS_AGAIN = frozenset({"reopen", "send_again"})


class Walk(RuleBasedStateMachine):
    """A case that anybody may try to move in any way."""

    kind = Kind.COMPLAINT

    def __init__(self) -> None:
        super().__init__()
        self.state = self.former = State.REGISTERED
        self.done: list[str] = []

    @initialize(kind=st.sampled_from(Kind))
    def of_some_kind(self, kind: Kind) -> None:
        self.kind = kind

    @rule(name=st.sampled_from(sorted(MOVES)), actor=st.sampled_from(Actor))
    def try_to_move(self, name: str, actor: Actor) -> None:
        hats = frozenset({actor})
        allowed = MOVES[name] in moves_from(self.state, hats, self.kind)
        try:
            move = check(name, self.state, hats, self.kind)
        except MoveNotAllowed:
            assert not allowed
            return
        assert allowed
        before, self.state = self.state, move.leads_to(self.former)
        self.former = before if name == "merge" else self.former
        self.done.append(name)

    @rule(kind=st.sampled_from(Kind))
    def change_kind(self, kind: Kind) -> None:
        if self.state.is_open:
            self.kind = kind

    @invariant()
    def who_wrote_was_answered_at_the_end(self) -> None:
        if self.state in {State.CLOSED, State.DECLINED}:
            assert ANSWERS & set(self.done)

    @invariant()
    def what_the_office_reviews_too_was_signed_before(self) -> None:
        for place, name in enumerate(self.done):
            if name == "release":
                assert "sign" in self.done[:place]

    @invariant()
    def an_open_case_can_go_on_and_so_can_a_merged_one(self) -> None:
        hats = frozenset(Actor) - {Actor.REPORTER}
        found = moves_from(self.state, hats, self.kind)
        # Whoever sent an order may want another answer; so may a reporter who was visited.
        possible = [move for move in found if move.name not in OPENS_AGAIN]
        assert bool(possible) == self.state.is_heard

    @invariant()
    def what_is_merged_comes_back_to_where_it_was_open(self) -> None:
        assert self.former.is_open

    @invariant()
    def only_its_reporter_or_the_office_opens_again_what_is_over(self) -> None:
        if not self.state.is_heard:
            own = moves_from(self.state, frozenset({Actor.REPORTER}), self.kind)
            assert bool(list(own)) == (self.state is not State.WITHDRAWN)
            others = list(moves_from(self.state, frozenset(Actor) - {Actor.REPORTER}, self.kind))
            followed_up = self.state is State.CLOSED and self.kind is not Kind.TIP_OFF
            sent_again = self.state in {State.CLOSED, State.DECLINED}
            expected = ["reopen"] * followed_up + ["send_again"] * sent_again
            assert [move.name for move in others] == expected


TestWalk = Walk.TestCase
TestWalk.settings = settings(max_examples=100, stateful_step_count=40)


@pytest.mark.parametrize("name", ["reply", "release", "sign", "decline"])
def test_only_a_head_or_the_office_answers_and_a_second_person_is_needed(name: str) -> None:
    assert MOVES[name].actors <= {Actor.HEAD, Actor.OFFICE}
    assert Need.SECOND_PERSON in MOVES[name].needs


@pytest.mark.parametrize("kind", Kind)
def test_the_office_reviews_tip_offs_and_petitions_too(kind: Kind) -> None:
    by_head = check if kind in {Kind.TIP_OFF, Kind.PETITION} else None
    names = {move.name for move in moves_from(State.DRAFTED, frozenset({Actor.HEAD}), kind)}
    assert ("sign" in names) == (by_head is not None)
    assert ("reply" in names) == (by_head is None)
    assert not list(moves_from(State.REVIEWED, frozenset({Actor.OFFICER}), kind))


def test_an_officer_cant_assign() -> None:
    with pytest.raises(MoveNotAllowed):
        check("assign", State.REGISTERED, frozenset({Actor.OFFICER, Actor.HEAD}), Kind.COMPLAINT)
