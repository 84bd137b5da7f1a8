"""What stands above the list of cases costs a query a room, and none for whom no room is open."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from admin.accounts.access import Access
from admin.assessments.waiting import asked_of
from admin.ledger.waiting import problems_waiting
from admin.rounds.waiting import orders_to_do
from admin.shirking.waiting import letters_to_answer
from admin.spot_checks.waiting import count_units_to_do
from portal.campaign.book import Book
from tests.admin.hearing import cost, reads
from tests.admin.house import House

ASKED: tuple[Callable[[Session, Access, Book], object], ...] = (
    lambda session, access, _: orders_to_do(session, access),
    lambda session, access, _: letters_to_answer(session, access),
    lambda session, access, _: problems_waiting(session, access),
    count_units_to_do,
    asked_of,
)


def test_a_room_is_asked_once_where_somebody_works_and_never_elsewhere(house: House) -> None:
    house.problem(house.answered_case())
    assert [cost(house, "min", one) for one in ASKED] == [1] * len(ASKED)
    for name in ("ji", "shen", "bie"):
        assert [cost(house, name, one) for one in ASKED] == [0] * len(ASKED)


def test_rooms_are_asked_again_only_once_something_moved_in_one(house: House) -> None:
    number = house.problem(house.answered_case())
    assert reads(house, "min", "还没记措施的1个")
    asked: list[str] = []

    def note(*given: object) -> None:
        asked.append(str(given[2]))

    event.listen(Engine, "before_cursor_execute", note)
    house.case(words="请问高龄津贴怎么领")
    assert reads(house, "min", "还没记措施的1个")
    assert [one for one in asked if "FROM problem" in one] == []
    event.remove(Engine, "before_cursor_execute", note)
    house.rectify(number)
    assert not reads(house, "min", "还没记措施的")
