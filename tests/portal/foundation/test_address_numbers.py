"""Numbers of thirty digits in an address: a page, and no error, on either database."""

from __future__ import annotations

import pytest

from portal.foundation.address_numbers import page_number
from tests.admin.conftest import house_on_each as house_on_each
from tests.admin.house import House

THIRTY = "9" * 30


@pytest.mark.parametrize(
    ("typed", "page"),
    [("7", 7), ("9999", 9999), ("0", 1), ("-1", 1), ("x", 1), ("１", 1), (None, 1), (THIRTY, 1)],
)
def test_a_page_is_a_number_that_a_list_can_have(typed: str | None, page: int) -> None:
    assert page_number(typed) == page


def test_no_number_of_thirty_digits_is_an_error(house_on_each: House) -> None:
    house = house_on_each
    for name, path, status in (
        ("shen", f"/staff/events?page={THIRTY}", 200),
        ("lu", f"/staff/responsibilities?page={THIRTY}", 200),
        ("gong", f"/staff/publishing?page={THIRTY}", 200),
        ("gong", f"/staff/publishing/{THIRTY}", 404),
        ("lu", f"/staff/spot-checks/{THIRTY}", 404),
    ):
        house.get(name, path, status)
    citizen = house.deployment.citizen()
    assert citizen.get(f"/distributions?page={THIRTY}").status_code == 200
    assert citizen.get(f"/notices/files/{THIRTY}").status_code == 404
