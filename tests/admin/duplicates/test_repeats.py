"""Links, and repeats: the earlier answer is cited only if nothing is new, and is reviewed again."""

from __future__ import annotations

import re

from intake.rules.lifecycle import State
from portal.campaign.kinds import Kind
from tests.admin.desk.people import NOISE, Desks, filled
from tests.admin.desk.reporter import adds, page_of
from tests.admin.desk.sent_files import SCAN, drafts, offered, on_page
from tests.admin.duplicates.pairs import AGAIN, FIRST, NEIGHBOUR, at, events_of, links, read, send
from tests.intake.pages.files import files_on, saved

REPLY = "已经查明，换卡后账号没更新，三个月的下月一起补发"


def answered(desks: Desks) -> str:
    """A case that was answered and closed."""
    number = desks.case(FIRST)
    desks.through(
        number,
        ("mz-officer", "sign-for", ""),
        ("mz-officer", "accept", ""),
        ("mz-officer", "draft", REPLY),
        ("mz-head", "reply", ""),
        ("mz-officer", "close", ""),
    )
    return number


def test_a_repeat_is_marked_counted_and_answered_as_before(desks_on_each: Desks) -> None:
    desks = desks_on_each
    desks.case(NOISE)
    earlier, later = answered(desks), desks.register(AGAIN)
    number = later.case.number

    assert links(desks, number, earlier, "repeat").status_code == 303

    assert desks.stored(number).repeat
    assert "重复" in desks.get("mz-officer", "/staff/cases?tab=assigned").text
    assert "这是第2次" in read(desks, "mz-officer", at(number))
    desks.through(number, ("mz-officer", "sign-for", ""), ("mz-officer", "accept", ""))
    answer = send(
        desks, "mz-officer", at(number, earlier, "cite"), nothing_new="y", words="对过，一样的"
    )
    assert answer.status_code == 303
    assert desks.stored(number).state is State.DRAFTED
    assert "answer_cited" in events_of(desks, number)
    assert REPLY not in page_of(desks, later.query_code).text
    assert desks.act("mz-officer", number, "reply").status_code == 409
    desks.through(number, ("mz-head", "reply", ""))
    page = page_of(desks, later.query_code)
    assert REPLY in page.text
    assert "已经答复过您" in page.text
    assert earlier not in page.html


def test_a_cited_answer_brings_its_files_for_another_review(desks: Desks) -> None:
    earlier, later = desks.case(FIRST), desks.register(AGAIN)
    number = later.case.number
    desks.through(earlier, ("mz-officer", "sign-for", ""), ("mz-officer", "accept", ""))
    drafts(desks, earlier, SCAN)
    desks.through(earlier, ("mz-head", "reply", ""), ("mz-officer", "close", ""))
    links(desks, number, earlier, "repeat")
    desks.through(number, ("mz-officer", "sign-for", ""), ("mz-officer", "accept", ""))
    assert len(offered(read(desks, "mz-officer", at(number, earlier)))) == 1
    send(desks, "mz-officer", at(number, earlier, "cite"), nothing_new="y", words="一样的")

    assert files_on(page_of(desks, later.query_code)) == []
    assert len(on_page(desks, "mz-head", number, "reply")) == 1
    desks.through(number, ("mz-head", "reply", ""))
    assert len(saved(desks.deployment.citizen(), later.query_code)) == 1


def test_nothing_is_cited_where_nobody_says_that_nothing_is_new(desks: Desks) -> None:
    earlier, later = answered(desks), desks.register(AGAIN)
    number = later.case.number
    links(desks, number, earlier, "repeat")
    desks.through(number, ("mz-officer", "sign-for", ""), ("mz-officer", "accept", ""))
    path = at(number, earlier, "cite")

    unsaid = send(desks, "mz-officer", path, words="一样的")

    assert unsaid.status_code == 422
    assert "有新的情况，就不能引用" in unsaid.text
    assert "一样的" in unsaid.text
    assert send(desks, "mz-officer", path, nothing_new="y", words=" ").status_code == 422
    assert desks.stored(number).state is State.ACCEPTED


def test_words_that_came_meanwhile_are_read_first(desks: Desks) -> None:
    earlier, later = answered(desks), desks.register(AGAIN)
    number = later.case.number
    links(desks, number, earlier, "repeat")
    desks.through(number, ("mz-officer", "sign-for", ""), ("mz-officer", "accept", ""))
    path = at(number, earlier, "cite")
    fields = filled(desks.get("mz-officer", path).text)
    adds(desks, later.query_code, "这个月又少了一笔，是新的")

    answer = desks.at("mz-officer").post(path, data=fields | {"nothing_new": "y", "words": "一样"})

    assert answer.status_code == 409
    assert "这个月又少了一笔，是新的" in answer.text
    assert desks.stored(number).state is State.ACCEPTED


def test_a_repeat_needs_an_answer_before_it(desks: Desks) -> None:
    first, second = desks.case(FIRST), desks.case(AGAIN)
    answer = links(desks, first, second, "repeat")
    assert answer.status_code == 409
    assert "重复件要有一件已经办结" in answer.text
    read(desks, "mz-officer", at(first, second, "cite"), 409)


def test_a_link_shows_on_both_and_can_be_ended(desks: Desks) -> None:
    first, second = desks.case(FIRST), desks.case(NEIGHBOUR)

    assert links(desks, first, second, "same_matter").status_code == 303

    for number, other in ((first, second), (second, first)):
        page = read(desks, "mz-officer", f"/staff/cases/{number}")
        assert other in page
        assert "同一件事" in page
    assert "已经关联了" not in read(desks, "mz-officer", at(first, second))
    assert links(desks, second, first, "same_person").status_code == 409
    answer = send(desks, "mz-officer", at(second, first, "unlink"), words="看错了")
    assert answer.status_code == 303
    assert second not in read(desks, "mz-officer", f"/staff/cases/{first}")
    assert links(desks, first, second, "same_person").status_code == 303


def test_the_mark_of_a_repeat_goes_with_its_link(desks: Desks) -> None:
    earlier, number = answered(desks), desks.case(AGAIN)
    links(desks, number, earlier, "repeat")
    send(desks, "mz-officer", at(number, earlier, "unlink"), words="不是一个人")
    assert not desks.stored(number).repeat


def test_a_link_across_units_is_the_offices_and_tells_the_units_nothing(desks: Desks) -> None:
    first, second = desks.case(FIRST), desks.case(NOISE)
    before = [
        read(desks, "mz-officer", f"/staff/cases/{first}"),
        read(desks, "rs-officer", f"/staff/cases/{second}"),
    ]

    assert links(desks, first, second, "same_person", "office").status_code == 303

    after = [
        read(desks, "mz-officer", f"/staff/cases/{first}"),
        read(desks, "rs-officer", f"/staff/cases/{second}"),
    ]
    assert [_without_version(page) for page in after] == [_without_version(x) for x in before]
    assert second in read(desks, "office", f"/staff/cases/{first}")


def test_a_tip_off_is_linked_with_no_other_kind(desks: Desks) -> None:
    tip_off, ordinary = desks.case(FIRST, kind=Kind.TIP_OFF), desks.case(AGAIN)
    page = read(desks, "office", at(tip_off, ordinary))
    assert "举报只能和举报放在一起" in page
    for slug in ("link", "merge", "cite"):
        read(desks, "office", at(tip_off, ordinary, slug), 409)


def _without_version(page: str) -> str:
    return re.sub(r'name="version"[^>]*>', "", page)
