"""The office tries a text: the rules answer, and nothing is kept."""

from __future__ import annotations

from sqlalchemy import func, select

from intake.cases.case import Case
from intake.cases.event import Event
from tests.admin.house import House
from tests.deployments import token_on
from tests.pages.checks import check_html

PATH = "/staff/office/try-text"


def tried(house: House, words: str) -> tuple[int, str]:
    client = house.browser("chen")
    answer = client.post(PATH, data={"words": words, **token_on(client, PATH)})
    return answer.status_code, answer.get_data(as_text=True)


def rows(house: House) -> tuple[int | None, int | None]:
    with house.deployment.database.reading() as session:
        return tuple(  # type: ignore[return-value]  # two counts
            session.scalar(select(func.count()).select_from(of)) for of in (Case, Event)
        )


def test_the_office_sees_where_a_text_would_go_and_why(house: House) -> None:
    house.browser("chen")
    before = rows(house)
    status, page = tried(house, "高令津帖三个月冇打了")

    assert status == 200
    assert check_html(page) == []
    for shown in (
        "投诉",
        "区民政局",
        "高龄津贴",
        "1.2",
        "补贴：“高令津帖”",
        "高令津帖三个月冇打了",
    ):
        assert shown in page
    assert rows(house) == before


def test_it_says_whom_the_words_accuse(house: House) -> None:
    _status, page = tried(house, "举报区民政局的人收红包才给办低保")
    assert "像是被反映" in page
    assert "改由" in page


def test_an_empty_text_is_asked_for_again(house: House) -> None:
    status, page = tried(house, "")
    assert status == 422
    assert "请先贴一段文字" in page


def test_the_office_s_page_shows_the_way(house: House) -> None:
    assert PATH in house.get("chen", "/staff/office")
