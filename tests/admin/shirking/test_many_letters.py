"""More letters than one page holds: a unit turns to the last of its own, and counts no other's."""

from __future__ import annotations

import re
from itertools import chain

from admin.shirking.letter import Letter, LetterKind, LetterState
from portal.foundation import clock
from tests.admin.house import House


def test_letters_can_be_read_to_their_end(house_on_each: House) -> None:
    house, today = house_on_each, clock.today()
    with house.deployment.database.writing() as session:
        lu = house.deployment.staff_id(session, "lu")
        session.add_all(
            Letter(
                key=f"{unit}{at:04d}",
                kind=LetterKind.REMINDER,
                unit_code=unit,
                state=LetterState.SENT,
                answer_by=today,
                drafted_by=lu,
                drafted_at=clock.now(),
                sent_by=lu,
                sent_on=today,
            )
            for unit, many in (("MZ", 61), ("TY", 7))
            for at in range(many)
        )
    pages = [house.get("min", f"/staff/letters?page={at}") for at in (1, 2, 3)]
    found = [re.findall(r"/staff/letters/([A-Z]{2}\d+)", page) for page in pages]
    assert [len(keys) for keys in found] == [30, 30, 1]
    assert sorted(chain.from_iterable(found)) == [f"MZ{at:04d}" for at in range(61)]
    assert "第3页，共3页，61份" in pages[2]
