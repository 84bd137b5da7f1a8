"""The sealed class: whatever a case bars, one that belongs there is held by nobody whose key lies
under the master key."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from intake.rules.recusal import barred_units, decider, handler
from intake.rules.sealed_class import Guarded, is_sealed, kept_from
from intake.vault.holders import REPORTER, SEALED, CompartmentName, Handling, holders
from tests.intake.rules.test_recusal import CHAIN, PARENTS, above, below

# A lower level of discipline inspection, which no campaign of ours has.
LOWER = "discipline-station"
UNITS = frozenset({*PARENTS, LOWER})
ADMIN, OFFICER = 7, 8
GUARDED = Guarded(
    office="office",
    discipline="discipline",
    above_office=frozenset({"bureau", "government"}),
    below_discipline=frozenset({LOWER}),
    administrators=frozenset({ADMIN}),
)
accused = st.frozensets(st.sampled_from(sorted(UNITS)), max_size=4)
people = st.frozensets(st.sampled_from([ADMIN, OFFICER]))


def lower(code: str) -> frozenset[str]:
    mine = frozenset({LOWER}) if code in {"discipline", "superior"} else frozenset()
    return mine | (below(code) if code in PARENTS else frozenset())


@given(
    accused,
    people,
    st.sampled_from(sorted(UNITS)),
    st.frozensets(st.sampled_from(sorted(UNITS))),
    st.booleans(),
    st.sampled_from(CompartmentName),
)
def test_a_sealed_case_is_held_by_its_class_alone(
    units: frozenset[str],
    named: frozenset[int],
    unit: str,
    others: frozenset[str],
    flag: bool,
    name: CompartmentName,
) -> None:
    barred = barred_units(units, lower)
    if not is_sealed(barred, named, GUARDED):
        return
    kept = kept_from(UNITS, "discipline")
    handling = Handling(
        unit=unit,
        decider=decider(kept, CHAIN),
        barred=kept,
        is_tip_off=flag,
        withheld=flag,
        assisting=others,
        referred=others,
        referred_contact=others,
        sealed_to=SEALED,
    )
    held_by = holders(name, handling)
    assert held_by - {REPORTER} == {SEALED}
    assert (REPORTER in held_by) is (
        name in {CompartmentName.ORIGINAL, CompartmentName.CONVERSATION, CompartmentName.INTERIM}
    )


@given(accused, people, st.sampled_from(["department", "street", None]))
def test_discipline_inspection_has_it_and_decides(
    units: frozenset[str], named: frozenset[int], natural: str | None
) -> None:
    barred = barred_units(units, lower)
    if not is_sealed(barred, named, GUARDED):
        return
    assert "discipline" not in barred
    kept = kept_from(UNITS, "discipline")
    assert handler(natural, kept, above, CHAIN) == decider(kept, CHAIN) == "discipline"


@given(accused, people)
def test_nothing_that_accuses_those_who_run_the_line_stays_outside(
    units: frozenset[str], named: frozenset[int]
) -> None:
    barred = barred_units(units, lower)
    guarded = barred & {"office", "bureau", "government", LOWER} or ADMIN in named
    assert is_sealed(barred, named, GUARDED) is (bool(guarded) and "discipline" not in barred)
