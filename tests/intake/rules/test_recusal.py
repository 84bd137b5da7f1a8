"""Recusal: an accusation goes up the chain and never to whom it accuses."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from intake.rules.recusal import Chain, barred_units, handler

PARENTS = {
    "government": None,
    "bureau": "government",
    "office": "bureau",
    "department": "government",
    "street": "government",
    "community": "street",
    "discipline": "superior",
    "superior": None,
}
NO_DESK = {"government", "superior", "community"}
CHAIN = Chain("office", "discipline", "superior")


@dataclass(frozen=True)
class Unit:
    code: str

    @property
    def desk(self) -> bool:
        return self.code not in NO_DESK


def above(code: str) -> Iterable[Unit]:
    while parent := PARENTS[code]:
        yield Unit(parent)
        code = parent


def below(code: str) -> frozenset[str]:
    return frozenset(c for c in PARENTS if code in {u.code for u in above(c)})


accused_units = st.frozensets(st.sampled_from(sorted(PARENTS)), max_size=4)
natural_units = st.sampled_from([*sorted(set(PARENTS) - NO_DESK), None])


@given(accused_units, natural_units)
def test_nobody_accused_handles_it_while_anybody_else_can(
    accused: frozenset[str], natural: str | None
) -> None:
    barred = barred_units(accused, below)
    chosen = handler(natural, barred, above, CHAIN)
    if chosen in barred:
        assert "discipline" in barred
        assert chosen == "superior"


@given(accused_units, natural_units)
def test_who_accuses_those_that_direct_is_heard_by_who_is_not_directed_by_them(
    accused: frozenset[str], natural: str | None
) -> None:
    barred = barred_units(accused, below)
    if "discipline" in barred:
        assert handler(natural, barred, above, CHAIN) == "superior"
    elif "office" in barred:
        assert handler(natural, barred, above, CHAIN) == "discipline"


@given(accused_units)
def test_the_accused_bar_everything_below_them(accused: frozenset[str]) -> None:
    barred = barred_units(accused, below)
    assert accused <= barred
    for code in barred:
        assert below(code) <= barred


@given(natural_units.filter(lambda unit: unit is not None))
def test_who_isnt_accused_keeps_the_case(natural: str) -> None:
    assert handler(natural, frozenset(), above, CHAIN) == natural


def test_the_chain_step_by_step() -> None:
    steps = [
        ({"department"}, "department", "office"),
        ({"department", "office"}, "department", "discipline"),
        ({"bureau"}, None, "discipline"),
        ({"bureau", "discipline"}, None, "superior"),
        ({"community"}, "street", "street"),
    ]
    for accused, natural, expected in steps:
        barred = barred_units(frozenset(accused), below)
        assert handler(natural, barred, above, CHAIN) == expected
