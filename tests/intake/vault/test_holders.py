"""Holders: whatever the case, a barred unit holds nothing and somebody holds each box."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from intake.vault.holders import OF_REPORTER, REPORTER, CompartmentName, Handling, holders

UNITS = ["MZ", "RS", "YB", "BGS", "JW"]


@st.composite
def handlings(draw: st.DrawFn) -> Handling:
    barred = draw(st.frozensets(st.sampled_from(UNITS), max_size=4))
    allowed = [unit for unit in UNITS if unit not in barred]
    return Handling(
        # Between a recusal and the moving of the case its unit may be barred.
        unit=draw(st.sampled_from(UNITS)),
        decider=draw(st.sampled_from(allowed)),
        barred=barred,
        is_tip_off=draw(st.booleans()),
        withheld=draw(st.booleans()),
        assisting=draw(st.frozensets(st.sampled_from(UNITS))),
    )


@given(handlings(), st.sampled_from(CompartmentName))
def test_the_barred_hold_nothing_and_somebody_holds_it(
    handling: Handling, name: CompartmentName
) -> None:
    held_by = holders(name, handling)
    assert not held_by & handling.barred
    assert handling.decider in held_by
    assert held_by - {REPORTER} <= {handling.unit, handling.decider} | handling.assisting


@given(handlings())
def test_the_reporter_reads_his_words_and_the_conversation_only(handling: Handling) -> None:
    his = {name for name in CompartmentName if REPORTER in holders(name, handling)}
    # In the meantime of a case that is sealed, the conversation lies in a box apart.
    assert his == {
        CompartmentName.ORIGINAL,
        CompartmentName.CONVERSATION,
        CompartmentName.INTERIM,
    }
    assert his == OF_REPORTER


@given(handlings())
def test_what_was_decided_by_stays_with_who_decides(handling: Handling) -> None:
    assert holders(CompartmentName.TRIAGE, handling) == {handling.decider}


@given(handlings())
def test_who_helps_never_learns_who_wrote(handling: Handling) -> None:
    alone = replace(handling, assisting=frozenset())
    assert holders(CompartmentName.IDENTITY, handling) == holders(CompartmentName.IDENTITY, alone)


def test_a_withheld_original_stays_with_the_office() -> None:
    handling = Handling("MZ", "BGS", frozenset(), is_tip_off=True, withheld=True)
    assert holders(CompartmentName.ORIGINAL, handling) == {"BGS", REPORTER}
    assert holders(CompartmentName.EXTRACT, handling) == {"BGS", "MZ"}


def test_the_identity_of_a_tip_off_is_the_offices_or_that_of_who_stands_in_for_it() -> None:
    open_office = Handling("MZ", "BGS", frozenset(), is_tip_off=True)
    barred_office = Handling("MZ", "JW", frozenset({"BGS"}), is_tip_off=True)
    assert holders(CompartmentName.IDENTITY, open_office) == {"BGS"}
    assert holders(CompartmentName.IDENTITY, barred_office) == {"JW"}
