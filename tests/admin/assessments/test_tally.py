"""What the figures don't tell: small groups, and how many of a street complained before."""

from __future__ import annotations

from dataclasses import astuple

import pytest

from admin.assessments.entry import Result
from admin.assessments.remarks import remarks_shown
from admin.assessments.tally import Fieldwork, Frame, answered, fieldwork, streets_work
from admin.assessments.voice import Voice
from intake.assessing.questions import Question
from intake.assessing.said import Said

FRAMES = (Frame("ST05", 90, 30), Frame("ST06", 60, 20))
QUESTION = Question("按时足额收到了吗？", ("收到了", "晚了或者少了"))


def voices(street: str, result: Result, number: int, *, slip: bool = False) -> list[Voice]:
    complained = result is Result.COMPLAINED
    chosen = [{0: at % 2} if result is Result.ANSWERED else {} for at in range(number)]
    return [Voice(street, result, Said(complained, one), slip) for one in chosen]


def work_of(**numbers: int) -> Fieldwork:
    found = voices("ST05", Result.ANSWERED, numbers.pop("by_slip", 0), slip=True)
    for name, number in numbers.items():
        found += voices("ST05", Result(name), number)
    return fieldwork(FRAMES, found)


def test_where_all_streets_are_one_nobody_is_told_who_complained_there() -> None:
    frame, said = FRAMES[:1], voices("ST05", Result.ANSWERED, 20)
    more = said + voices("ST05", Result.COMPLAINED, 8)
    assert fieldwork(frame, more).complained is None
    assert answered(frame, said, (QUESTION,)) == answered(frame, more, (QUESTION,))
    # Two streets, of which one was asked.
    assert answered(FRAMES, said, (QUESTION,)) == answered(FRAMES, more, (QUESTION,))


def test_one_entry_and_then_the_end_tells_nothing_of_it() -> None:
    for result in Result:
        work = fieldwork(FRAMES, voices("ST05", result, 1))
        assert work.drawn == 50
        assert set(astuple(work)) == {50, None}, result
        # Nor where it was, nor that nobody answered elsewhere.
        assert {one.answered for one in streets_work(FRAMES, voices("ST05", result, 1))} == {None}
        [question] = answered(FRAMES, voices("ST05", result, 1), (QUESTION,))
        assert question.answered is None
        assert {one.answered for one in question.by_street} == {None}


@pytest.mark.parametrize(
    ("numbers", "hidden"),
    [
        ({"answered": 20, "complained": 6, "not_reached": 9, "moved": 0}, set()),
        # Alone, the one who moved would be what is missing.
        ({"answered": 20, "moved": 1, "declined": 6, "not_reached": 9}, {"moved", "declined"}),
        # How many answered in either way stands under the question.
        ({"answered": 20, "by_slip": 2, "not_reached": 9}, {"answered", "by_slip"}),
        ({"answered": 20, "complained": 4, "declined": 4}, {"complained", "declined"}),
    ],
)
def test_small_numbers_and_what_gives_them_away_arent_shown(
    numbers: dict[str, int], hidden: set[str]
) -> None:
    work = work_of(**numbers)
    found = {name for name, number in vars(work).items() if number is None}
    assert found == (hidden | {"visited", "reached"} if hidden else set())


@pytest.mark.parametrize("complained", [0, 1, 7])
def test_a_street_s_margins_are_the_same_whoever_complained_there(complained: int) -> None:
    said = voices("ST05", Result.ANSWERED, 20) + voices("ST06", Result.ANSWERED, 15)
    plain = answered(FRAMES, said, (QUESTION,))
    more = answered(FRAMES, said + voices("ST05", Result.COMPLAINED, complained), (QUESTION,))
    assert more[0].by_street == plain[0].by_street
    assert all(street.shares for street in more[0].by_street)
    # The estimate for all streets does count them.
    assert (more[0].shares == plain[0].shares) == (complained == 0)


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        (5, 9, [("ST05", "甲"), ("ST06", "乙")]),
        # Without the other street's, the few would be who is left.
        (4, 9, [("", "乙"), ("", "甲")]),
        (2, 2, []),
        # The only one who isn't named would be the one of the second street.
        (9, 0, [("ST05", "甲")]),
    ],
)
def test_a_remark_has_its_street_only_where_enough_answered(
    first: int, second: int, told: list[tuple[str, str]]
) -> None:
    found = voices("ST05", Result.ANSWERED, first) + voices("ST06", Result.ANSWERED, second)
    for street, remark in (("ST05", "甲"), ("ST06", "乙")):
        found.append(Voice(street, Result.NOT_REACHED, Said(False, {}), False, remark))
    assert remarks_shown(streets_work(FRAMES, found), found) == told
