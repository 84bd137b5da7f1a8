"""Draws of spot checks for those who put what is published elsewhere."""

from __future__ import annotations

import json

from portal.published.spot_check_record import SpotCheckRecord, written
from tests.admin.appearances.test_appearances import ADDRESS, public, record
from tests.admin.appearances.test_exporting import from_desk
from tests.admin.house import House
from tests.portal.pages.released_further import release_further

DRAWN, PROMISED = "/spot-checks/2022-1", "/spot-checks/2022-2"


def test_each_draw_is_a_page_and_its_record(house: House) -> None:
    with house.deployment.database.writing() as session:
        release_further(session)
        kept = session.get_one(SpotCheckRecord, "2022-1").kept
    texts = from_desk(house)
    assert {name for name in texts if name.startswith("重点抽查/")} == {
        f"重点抽查/2022-{at}.{kind}" for at in (1, 2, 3) for kind in ("html", "json")
    }
    assert json.loads(texts["重点抽查/2022-1.json"]) == kept
    assert texts["重点抽查/2022-1.json"].encode() == written(kept)
    page, promised = texts["重点抽查/2022-1.html"], texts["重点抽查/2022-2.html"]
    assert page.count("<td>抽中</td>") == len(kept["drawn"]) > 3
    assert kept["seed"] in page
    assert "还没有抽" in promised
    # Before the draw nobody reads who stands in the frame, nor the seed.
    assert not [one["name"] for one in kept["frame"] if one["name"] in promised]
    assert kept["seed"] not in promised
    assert f"{house.deployment.settings.public_url}{DRAWN}," in texts["目录.csv"]


def test_a_draw_says_where_else_it_stands(house_on_each: House) -> None:
    house = house_on_each
    with house.deployment.database.writing() as session:
        release_further(session)
    assert f'value="{DRAWN}"' in house.get("gong", ADDRESS)
    assert record(house, item=DRAWN, outlet="长江日报第五版", link="") == 303
    assert record(house, item="/spot-checks", outlet="区政府门户网站", link="") == 303
    assert record(house, item="", other="/spot-checks/2022-9") == 422
    assert "长江日报第五版" in public(house, DRAWN)
    assert "区政府门户网站" in public(house, "/spot-checks")
    for path in (PROMISED, "/spot-checks"):
        assert "长江日报第五版" not in public(house, path)
    assert "重点抽查2022-1" in house.get("lu", ADDRESS)
    assert "长江日报第五版，2022-06-03" in from_desk(house)["目录.csv"]
