"""Lists of the desks that are longer than anybody expected: each row can be reached, and nothing
that isn't in a list is counted in it."""

from __future__ import annotations

import re

from intake.mistakes.reporting import Written, prepare_mistake, report_mistake
from portal.published.releasing import withdraw_result
from tests.admin.house import House
from tests.portal.pages.released import release

MANY = 205
DESK = "/staff/publishing"


def walked(house: House, address: str, row: str, name: str) -> list[str]:
    """Every row of a list in its order, page by page as its reader turns them."""
    seen: list[str] = []
    turned: str | None = address
    while turned:
        page = house.get("gong", turned)
        found = re.findall(row, page)
        assert found
        assert not set(found) & set(seen)
        seen += found
        following = re.search(rf'href="([^"]*[?&;]{name}=[0-9]+)" rel="next"', page)
        turned = following and following.group(1).replace("&amp;", "&")
    return seen


def test_results_can_be_read_to_their_end(house_on_each: House) -> None:
    house = house_on_each
    with house.deployment.database.writing() as session:
        for at in range(MANY):
            release(session, f"WT-{at:04d}")
        withdraw_result(session, release(session, "WT-GONE"), "写错了")
    rows = walked(house, DESK, r"results/(WT-[0-9A-Z]+)/withdraw", "page")
    assert sorted(rows) == [f"WT-{at:04d}" for at in range(MANY)]
    last = house.get("gong", f"{DESK}?page=26")
    assert f"第26页，共26页，{MANY}个" in last
    for beyond in ("27", "99999999999999999999", "-1", "x"):
        house.get("gong", f"{DESK}?page={beyond}")


def test_mistakes_can_be_read_to_their_end(house_on_each: House) -> None:
    house, numbers = house_on_each, []
    with house.deployment.database.writing() as session:
        for at in range(25):
            # One in eight accuses whoever reads here: for him it doesn't exist.
            words = "gong同志收了别人的钱" if at % 8 == 7 else f"第{at}个错字"
            prepared = prepare_mistake(session, Written(words, "", f"form {at}"))
            one = report_mistake(session, prepared)
            if at % 8 != 7:
                numbers.append(one.number)
    rows = walked(house, f"{DESK}/mistakes", r'mistakes/([A-Z]+\d+)">', "waiting")
    assert rows == numbers
    assert f"第1页，共2页，{len(numbers)}条" in house.get("gong", f"{DESK}/mistakes")
