"""A correction isn't granted where what it would correct was destroyed."""

from __future__ import annotations

from datetime import date

from intake.cases.case import Case
from tests.admin.house import House
from tests.admin.rights.test_rights import asked_on_own_page, decides, events, newest, stored


def test_nothing_is_put_into_what_was_destroyed(house: House) -> None:
    number, _ = asked_on_own_page(house, asked_for="correction", words="门牌写错了")
    with house.deployment.database.writing() as session:
        session.get_one(Case, newest(house).case_id).destroyed_on = date(2022, 6, 1)

    assert decides(house, number) == 409
    assert stored(house, number).decided_at is None
    assert events(house, "rights_corrected") == []
