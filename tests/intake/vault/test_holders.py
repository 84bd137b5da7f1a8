"""Holders: whatever the case, a barred unit holds nothing and somebody holds each box."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from intake.vault.holders import REPORTER, CompartmentName, Handling, holders

UNITS = ["MZ", "RS", "BGS", "JW"]


@st.composite
def handlings(draw: st.DrawFn) -> Handling:
    barred = draw(st.frozensets(st.sampled_from(UNITS), max_size=3))
    unit = draw(st.sampled_from([u for u in UNITS if u not in barred]))
    return Handling(
        unit=unit,
        office="BGS",
        barred=barred,
        is_tip_off=draw(st.booleans()),
        withheld=draw(st.booleans()),
    )


@given(handlings(), st.sampled_from(CompartmentName))
def test_the_barred_hold_nothing_and_somebody_holds_it(
    handling: Handling, name: CompartmentName
) -> None:
    held_by = holders(name, handling)
    assert not held_by & handling.barred
    assert held_by - {REPORTER}
    assert held_by - {REPORTER} <= {handling.unit, handling.office}


@given(handlings())
def test_the_reporter_reads_his_words_and_the_conversation_only(handling: Handling) -> None:
    his = {name for name in CompartmentName if REPORTER in holders(name, handling)}
    assert his == {CompartmentName.ORIGINAL, CompartmentName.CONVERSATION}


def test_a_withheld_original_stays_with_the_office() -> None:
    handling = Handling("MZ", "BGS", frozenset(), is_tip_off=True, withheld=True)
    assert holders(CompartmentName.ORIGINAL, handling) == {"BGS", REPORTER}
    assert holders(CompartmentName.EXTRACT, handling) == {"BGS", "MZ"}


def test_the_identity_of_a_tip_off_is_the_offices_unless_it_is_barred() -> None:
    open_office = Handling("MZ", "BGS", frozenset(), is_tip_off=True)
    barred_office = Handling("JW", "BGS", frozenset({"BGS"}), is_tip_off=True)
    assert holders(CompartmentName.IDENTITY, open_office) == {"BGS"}
    assert holders(CompartmentName.IDENTITY, barred_office) == {"JW"}
