"""The draw itself: whatever the frame, it is exact, fair, and the same for everybody."""

from __future__ import annotations

import importlib.util
import random
from fractions import Fraction
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from admin.spot_checks.draw import Frame, draw, frame_commit_of, sample_size
from admin.spot_checks.reasons import Cause, Reason, strata_of
from portal.campaign.spot_check_rule import DRAWN, Risk
from tests.running import ROOT

CODES = [f"CM{n:04d}" for n in range(60)]
FRAMES = st.builds(
    Frame,
    st.dictionaries(st.sampled_from(CODES), st.sampled_from(Risk).map(str), min_size=1),
    st.fixed_dictionaries({one.value: st.integers(1, 9) for one in DRAWN}),
    st.integers(1, 60),
)
SEEDS = st.binary(min_size=32, max_size=32)


@settings(deadline=None)
@given(FRAMES, SEEDS)
def test_a_draw_is_exact_and_leaves_every_unit_a_chance(frame: Frame, seed: bytes) -> None:
    drawn = draw(frame, seed=seed, public_number="03 08 12")
    certain = {code for code, stratum in frame.strata.items() if stratum == "certain"}
    open_strata = set(frame.strata.values()) - {"certain"}
    wanted = max(frame.asked, len(certain) + len(open_strata))
    assert len(drawn.units) == len(set(drawn.units)) == min(wanted, len(frame.strata))
    assert certain <= set(drawn.units)
    chances = [drawn.chances[stratum] for stratum in frame.strata.values()]
    assert sum(chances) == len(drawn.units)
    assert all(0 < one <= 1 for one in chances)
    for stratum, number in drawn.allocation.items():
        assert sum(frame.strata[code] == stratum for code in drawn.units) == number


@settings(deadline=None)
@given(FRAMES, SEEDS, st.randoms())
def test_the_same_is_drawn_again_in_whatever_order_and_by_the_script(
    frame: Frame, seed: bytes, chance: random.Random
) -> None:
    drawn = draw(frame, seed=seed, public_number="7")
    pairs = list(frame.strata.items())
    chance.shuffle(pairs)
    shuffled = Frame(dict(pairs), dict(sorted(frame.weights.items(), reverse=True)), frame.asked)
    assert draw(shuffled, seed=seed, public_number="7") == drawn
    assert frame_commit_of(seed, shuffled) == frame_commit_of(seed, frame)
    rows = [{"code": code, "stratum": stratum} for code, stratum in pairs]
    record = {"frame": rows, "public_number": "7", "asked": frame.asked}
    assert _script().drawn(record, seed, frame.weights) == (list(drawn.units), drawn.chances)


def test_what_decides_is_the_public_number_and_not_only_the_seed() -> None:
    frame = Frame(dict.fromkeys(CODES, "others"), {one.value: 1 for one in DRAWN}, 18)
    results = {draw(frame, seed=bytes(32), public_number=str(n)).units for n in range(20)}
    assert len(results) == 20


def test_heavier_strata_are_drawn_more_often() -> None:
    strata = {code: "nil" if n < 30 else "others" for n, code in enumerate(CODES)}
    frame = Frame(strata, {one.value: 1 for one in DRAWN} | {"nil": 3}, 20)
    assert draw(frame, seed=bytes(32), public_number="7").allocation == {"nil": 15, "others": 5}


def test_the_number_is_rounded_up_in_exact_fractions() -> None:
    assert sample_size(Fraction(30, 100), 121) == 37
    assert sample_size(Fraction(30, 100), 10) == 3
    assert sample_size(Fraction(30, 100), 1) == 1


def test_of_several_reasons_the_strongest_counts() -> None:
    causes = (Cause.FEW, Cause.NIL, Cause.WEAK)
    reasons = [Reason("A", one, "") for one in causes]
    assert strata_of(["A", "B"], reasons) == {"A": Risk.NIL, "B": Risk.OTHERS}
    reasons += [Reason("A", Cause.CONTRADICTED, ""), Reason("Z", Cause.PRESS, "")]
    assert strata_of(["A", "B"], reasons) == {"A": Risk.CERTAIN, "B": Risk.OTHERS}


def _script() -> Any:
    spec = importlib.util.spec_from_file_location("repeat", ROOT / "docs" / "repeat-the-draw.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
