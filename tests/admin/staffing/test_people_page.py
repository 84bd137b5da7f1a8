"""The list of who works here."""

from __future__ import annotations

import re

from tests.admin.staffing.staffing import Staffing


def test_on_a_telephone_each_person_is_a_card(house: Staffing) -> None:
    page = house.get("lu", "/staff/people")
    assert '<section class="scroll stacks" aria-label="工作人员"' in page
    assert "/static/cards.css" in page
    cells = re.findall(r'<td role="cell" data-label="([^"]+)"', page)
    assert set(cells) == {"登录名", "岗位", "状态"}
    # The office's name isn't said twice.
    assert "领导小组办公室负责人" in page
    assert "办公室领导小组办公室" not in page
