"""A result that is taken down: a dated note stays, its words are gone, the totals reconcile."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from tests.admin.house import House
from tests.admin.publishing.test_publishing import TEXTS, drafted, release, revision
from tests.deployments import Deployment
from tests.pages.checks import check_html


def seen(deployment: Deployment, path: str, status: int = 200) -> str:
    answer = deployment.citizen().get(path)
    assert answer.status_code == status
    if status == 410:
        assert not check_html(answer.text)
    return answer.text


def test_a_withdrawn_result_leaves_a_dated_note(house_on_each: House) -> None:
    house, site = house_on_each, house_on_each.deployment
    gone, stays = (house.problem(house.answered_case(submission=str(n))) for n in (1, 2))
    assert release(house, drafted(house, gone)) == 303
    assert release(house, drafted(house, stays, summary="另一个问题。")) == 303
    assert "公布了2个问题" in seen(site, "/results")
    away = f"/staff/publishing/results/{gone}/withdraw"
    house.get("lu", away)
    assert house.post("lu", away, reason=" ").status_code == 422
    assert house.post("lu", away, reason="请打13907123456").status_code == 422
    before = revision(house)
    assert house.post("lu", away, reason="金额写错了").status_code == 303
    assert revision(house) == before + 1
    note = seen(site, f"/results/{gone}", 410)
    assert "2022年6月6日撤下" in note
    assert "金额写错了" in note
    assert "公布了1个问题" in seen(site, "/results")
    for page in ("/results", "/", "/search?q=津贴", "/feed.xml", "/data/results.json"):
        assert TEXTS["summary"] not in seen(site, page), page
    for page in ("/data/result-releases.csv", "/data/results.csv", "/sitemap.xml"):
        assert gone not in seen(site, page), page
    assert stays in seen(site, "/data/results.csv")
    with site.database.engine.connect() as connection:
        for table in ("result", "result_revision"):
            kept = connection.execute(text(f"SELECT * FROM {table}")).all()
            assert TEXTS["summary"] not in repr(kept)
    assert house.post("lu", away, reason="又一次").status_code == 409
    # It can be drafted and released again under its number.
    assert f"new?problem={gone}" in house.get("gong", "/staff/publishing")
    assert release(house, drafted(house, gone, summary="改好的。")) == 303
    assert "改好的。" in seen(site, f"/results/{gone}")
    assert "公布了2个问题" in seen(site, "/results")


@pytest.mark.parametrize("name", ["min", "zheng", "jie", "bie", "ji", "shen"])
def test_for_others_there_is_nothing_to_withdraw(house: House, name: str) -> None:
    number = house.problem(house.answered_case())
    assert release(house, drafted(house, number)) == 303
    away = f"/staff/publishing/results/{number}/withdraw"
    assert house.browser(name).get(away).status_code == 404
    assert house.post(name, away, reason="x").status_code == 404
    assert TEXTS["summary"] in seen(house.deployment, f"/results/{number}")
