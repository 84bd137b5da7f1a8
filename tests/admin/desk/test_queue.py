"""The queue: whose cases it shows, in which order, how it is counted and paged, and who signs."""

from __future__ import annotations

from datetime import date

from tests.admin.desk.people import (
    COMPLAINT,
    NOISE,
    TIP_OFF,
    UNCLEAR,
    Desks,
    counts,
    hidden,
    link,
    numbers,
)


def every_page(desks: Desks, name: str, address: str) -> list[str]:
    """All numbers of a list, from page to page."""
    seen: list[str] = []
    next_address: str | None = address
    while next_address:
        page = desks.get(name, next_address)
        seen += numbers(page)
        next_address = link(page, "下一页")
    return seen


def test_an_officer_sees_the_cases_of_his_unit_alone(desks_on_each: Desks) -> None:
    desks = desks_on_each
    mine, noise = desks.case(), desks.case(NOISE)

    assert desks.list("mz-officer") == [mine]
    assert desks.list("rs-officer") == [noise]
    assert desks.list("mz-officer", "tab=open&scope=district&unit=RS") == [mine]


def test_every_tab_counts_the_rows_it_lists_for_every_role(desks: Desks) -> None:
    made = [desks.case() for _ in range(23)] + [desks.case(NOISE), desks.case(UNCLEAR)]
    desks.case(TIP_OFF, accused="民政局")
    desks.through(made[0], ("mz-officer", "sign-for", ""), ("mz-officer", "accept", ""))

    for name in ("mz-officer", "mz-head", "rs-officer", "office", "discipline"):
        for scope in ("", "&scope=district", "&kind=complaint&scope=district"):
            tabs = counts(desks.get(name, f"/staff/cases?tab=open{scope}"))
            assert ("triage" in tabs) == (name in {"office", "discipline"})
            for address, count in tabs.values():
                assert len(every_page(desks, name, address)) == int(count), (name, address)


def test_the_urgent_come_first_then_whatever_is_due_first(desks_on_each: Desks) -> None:
    desks = desks_on_each
    late, soon, urgent = desks.case(), desks.case(), desks.case()
    desks.change(late, due_on=date(2026, 12, 20))
    desks.change(soon, due_on=date(2026, 12, 10))
    desks.change(urgent, due_on=date(2026, 12, 30), urgent=True)

    assert desks.list("mz-officer") == [urgent, soon, late]


def test_pages_follow_one_another_without_gap_and_lead_back(desks_on_each: Desks) -> None:
    desks = desks_on_each
    made = {desks.case() for _ in range(45)}
    for number in sorted(made)[:22]:
        desks.change(number, urgent=True)

    first = desks.get("mz-officer", "/staff/cases?tab=open")
    second = desks.get("mz-officer", link(first, "下一页") or "")
    third = desks.get("mz-officer", link(second, "下一页") or "")

    assert [len(numbers(page)) for page in (first, second, third)] == [20, 20, 5]
    assert {*numbers(first), *numbers(second), *numbers(third)} == made
    assert link(first, "上一页") is None
    assert link(third, "下一页") is None
    again = desks.get("mz-officer", link(third, "上一页") or "")
    assert numbers(again) == numbers(second)
    assert numbers(desks.get("mz-officer", link(again, "上一页") or "")) == numbers(first)
    assert numbers(desks.get("mz-officer", link(third, "回到最前") or "")) == numbers(first)


def test_a_page_loses_nothing_when_a_colleague_is_faster(desks: Desks) -> None:
    made = [desks.case() for _ in range(25)]
    first = desks.get("mz-officer", "/staff/cases?tab=assigned")
    desks.through(numbers(first)[0], ("mz-second", "sign-for", ""))

    second = desks.get("mz-officer", link(first, "下一页") or "")

    assert {*numbers(first), *numbers(second)} == set(made)


def test_a_page_that_was_worked_off_gives_the_beginning_of_the_list(desks: Desks) -> None:
    made = desks.case()

    assert desks.list("mz-officer", "tab=assigned&after=c_2099-01-01_JH99999999") == [made]


def test_no_row_id_stands_in_an_address(desks: Desks) -> None:
    for _ in range(21):
        desks.case()

    following = link(desks.get("mz-officer", "/staff/cases?tab=open"), "下一页") or ""

    assert following.startswith("/staff/cases?tab=open&after=c_")
    assert following.rsplit("_", 1)[1] in desks.list("mz-officer", "tab=open")


def test_filters_stand_in_the_address_and_chips_take_them_away(desks: Desks) -> None:
    wanted = desks.case(place="420103006")
    other = desks.case(policy="MZ01", place="420103001")

    page = desks.get("mz-officer", "/staff/cases?tab=assigned&policy=MZ11&place=420103006")

    assert numbers(page) == [wanted]
    assert 'href="/staff/cases?tab=assigned&amp;place=420103006"' in page.text
    assert sorted(desks.list("mz-officer", "tab=assigned&policy=NONSENSE")) == sorted(
        [wanted, other]
    )
    assert desks.list("mz-officer", "tab=open&due=overdue") == []


def test_a_street_holds_the_cases_of_its_communities(desks: Desks) -> None:
    with desks.deployment.database.reading() as session:
        from portal.campaign.book import book

        places = book(session).places.values()
        community = next(place for place in places if place.parent_code == "420103006")
    inside = desks.case(place=community.code)
    desks.case(place="420103001")

    assert desks.list("mz-officer", "tab=assigned&place=420103006") == [inside]


def test_the_office_begins_with_what_is_to_be_assigned(desks: Desks) -> None:
    unclear, mine = desks.case(UNCLEAR), desks.case()

    assert desks.list("office") == [unclear]
    assert desks.list("office", "tab=open") == [unclear]
    assert sorted(desks.list("office", "tab=open&scope=district")) == sorted([unclear, mine])
    assert desks.list("office", "tab=open&scope=district&unit=MZ") == [mine]


def boxes(desks: Desks, name: str) -> tuple[dict[str, str], list[str]]:
    page = desks.get(name, "/staff/cases?tab=assigned&pick=page")
    ticked = [part.split('"')[0] for part in page.text.split('name="case"')[1:]]
    values = [part.split('value="')[1].split('"')[0] for part in page.text.split('name="case"')[1:]]
    assert len(ticked) == len(values) == page.text.count(" checked>")
    return hidden(page.text), values


def test_several_cases_are_signed_for_at_once_and_each_is_answered_for(desks: Desks) -> None:
    made = [desks.case() for _ in range(3)]
    fields, ticked = boxes(desks, "mz-officer")
    desks.through(made[0], ("mz-second", "sign-for", ""))
    foreign = desks.case(NOISE)

    answer = desks.at("mz-officer").post(
        "/staff/cases", data={**fields, "case": [*ticked, f"{foreign}.1", "JH00000000.1"]}
    )
    told = desks.get("mz-officer", answer.headers["Location"])

    assert answer.status_code == 303
    assert '<p class="flash">已签收2件：' in told.text
    assert f"没有签收{made[0]}：您打开列表以后它有了变化" in told.text
    assert f"没有签收{foreign}：没有找到这件。" in told.text
    assert "没有签收JH00000000：没有找到这件。" in told.text
    assert desks.list("mz-officer", "tab=signed-for&kind=complaint") == sorted(
        made, key=desks.list("mz-officer", "tab=signed-for").index
    )
    assert desks.stored(foreign).state == "assigned"


def test_signing_for_none_is_an_error_that_says_so(desks: Desks) -> None:
    desks.case()
    fields, _ = boxes(desks, "mz-officer")

    answer = desks.at("mz-officer").post("/staff/cases", data=fields)

    assert answer.status_code == 422
    assert "请先勾选要签收的件" in answer.text


def test_what_was_done_is_said_to_nobody_else_and_not_made_up(desks: Desks) -> None:
    number = desks.case()
    address = desks.act("mz-officer", number, "sign-for").headers["Location"]

    assert f"已签收：{number}。" in desks.get("mz-officer", address).text
    assert number not in desks.get("rs-officer", address).text
    assert "flash" not in desks.get("mz-officer", "/staff/cases?done=WyJ4Il0.abc").text


def test_who_has_no_cases_to_see_has_no_queue(desks: Desks) -> None:
    desks.case(COMPLAINT)

    for name in ("publisher", "auditor", "admin"):
        assert desks.get(name, "/staff/cases").status_code == 404
