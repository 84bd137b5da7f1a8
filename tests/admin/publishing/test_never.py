"""What belongs to one person can't be talked into being published: it is mended."""

from __future__ import annotations

import pytest

from tests.admin.house import House
from tests.admin.publishing.test_publishing import drafted, release, versions

NEVER = {
    "mobile": "13907123456",
    "citizen_number": "42010319400101123X",
    "card": "6222021234567890128",
}


@pytest.mark.parametrize(("sort", "number"), NEVER.items(), ids=list(NEVER))
def test_no_word_lets_a_persons_number_stay(house: House, sort: str, number: str) -> None:
    draft = drafted(house, house.problem(house.answered_case()), summary=f"请打{number}。")
    page = house.get("shi", f"/staff/publishing/{draft}")
    assert "一定要改掉" in page
    assert 'name="answer"' not in page
    said = {
        **versions(house, draft),
        "finding": f"summary:{sort}:{number}",
        "answer": "王科长自己说可以写",
    }
    assert house.post("shi", f"/staff/publishing/{draft}/answers", **said).status_code == 422
    assert release(house, draft) == 409
