"""Merging cases: one reply for all, each by his own code; nobody sees more; it can be undone."""

from __future__ import annotations

import pytest

from intake.cases.case import NO_DUE_DATE, Identity
from intake.rules.lifecycle import State
from portal.campaign.kinds import Kind
from tests.admin.desk.people import NOISE, Desks, filled, hidden
from tests.admin.desk.reporter import adds, page_of
from tests.admin.desk.sent_files import FORM, SCAN, drafts, on_page
from tests.admin.documents.papers import issued
from tests.admin.duplicates.pairs import (
    AGAIN,
    FIRST,
    NEIGHBOUR,
    REPLY,
    TO_THE_REPLY,
    at,
    events_of,
    merger_of,
    merges,
    read,
    send,
)
from tests.intake.pages.files import RECORDING, files_on, saved
from tests.pages.checks import check_html


def test_one_reply_reaches_both_by_their_own_codes(desks_on_each: Desks) -> None:
    desks = desks_on_each
    desks.case(NOISE)
    lead, other = desks.register(FIRST), desks.register(NEIGHBOUR)
    first, second = lead.case.number, other.case.number

    assert merges(desks, first, second).status_code == 303

    assert desks.stored(second).state is State.MERGED
    assert desks.list("mz-officer", "tab=open") == [first]
    assert second in desks.list("mz-officer", "tab=closed")
    told = page_of(desks, other.query_code)
    assert told.heading == "和另一件一起办"
    assert first not in told.html
    assert FIRST.words not in told.html
    desks.through(first, *TO_THE_REPLY)
    assert "别的1位来件人" in read(desks, "mz-head", f"/staff/cases/{first}/reply")
    desks.through(first, ("mz-head", "reply", ""))
    for registered, strange in ((lead, second), (other, first)):
        page = page_of(desks, registered.query_code)
        assert REPLY in page.text
        assert strange not in page.html
    desks.through(first, ("mz-officer", "close", ""))
    assert [desks.stored(number).state for number in (first, second)] == [State.CLOSED] * 2


def test_the_files_of_the_reply_reach_both_and_stay_with_those_who_see_the_case(
    desks_on_each: Desks,
) -> None:
    desks = desks_on_each
    lead, other = desks.register(FIRST), desks.register(NEIGHBOUR)
    first, second = lead.case.number, other.case.number
    merges(desks, first, second)
    desks.through(first, *TO_THE_REPLY[:2])
    drafts(desks, first, FORM, SCAN)
    # Nothing of it before it is released, to nobody.
    assert files_on(page_of(desks, other.query_code)) == []
    desks.through(first, ("mz-head", "reply", ""))

    client = desks.deployment.citizen()
    mine = saved(client, lead.query_code)
    assert mine[0] == RECORDING
    assert len(mine) == 2
    assert saved(client, other.query_code) == mine
    for code in (lead.query_code, other.query_code):
        page = page_of(desks, code)
        assert check_html(page.html) == []
        assert "答复附件2.jpg" in page.text
        assert "李科长" not in page.html
    assert len(on_page(desks, "mz-officer", second)) == 2
    assert [
        desks.get("rs-officer", one).status_code for one in on_page(desks, "office", second)
    ] == [
        404,
        404,
    ]


def test_taken_out_it_is_where_it_was_with_the_dates_it_had(desks_on_each: Desks) -> None:
    desks = desks_on_each
    with desks.on("2022-06-06"):
        first, second = desks.case(FIRST), desks.case(NEIGHBOUR)
    with desks.on("2022-06-08"):
        desks.through(second, ("mz-officer", "sign-for", ""))
    before = desks.stored(second)
    with desks.on("2022-06-09"):
        merges(desks, first, second)
        assert desks.stored(second).due_on == NO_DUE_DATE
        assert desks.act("mz-officer", second, "accept").status_code == 409
    with desks.on("2022-06-20"):
        answer = send(desks, "mz-officer", at(first, second, "part"), words="不是一回事")
    assert answer.status_code == 303
    after = desks.stored(second)
    for name in ("state", "due_on", "due_clock", "answer_by", "unit_code"):
        assert getattr(after, name) == getattr(before, name), name
    assert merger_of(desks, second).ended_at is not None  # type: ignore[union-attr]
    assert "parted" in events_of(desks, first)


def test_the_lead_is_due_when_the_first_of_them_was_promised_an_answer(desks: Desks) -> None:
    with desks.on("2022-06-06"):
        early = desks.case(NEIGHBOUR)
    with desks.on("2022-06-20"):
        late = desks.case(FIRST)
        desks.through(late, ("mz-officer", "sign-for", ""), ("mz-officer", "accept", ""))
        alone = desks.stored(late).due_on
        promised = desks.stored(early).answer_by
        assert promised < alone
        merges(desks, late, early)
        assert (desks.stored(late).due_on, desks.stored(late).due_clock) == (
            promised,
            "answer_together",
        )
        assert desks.stored(early).answer_by == promised
        send(desks, "mz-officer", at(late, early, "part"), words="不是一回事")
        assert desks.stored(late).due_on == alone


def test_further_words_take_a_case_out_so_that_somebody_reads_them(desks: Desks) -> None:
    first, other = desks.case(FIRST), desks.register(NEIGHBOUR)
    merges(desks, first, other.case.number)

    page = adds(desks, other.query_code, "我家那笔是另外一张卡，和别人不一样")

    assert "您补充的话收到了" in page.text
    assert desks.stored(other.case.number).state is State.ASSIGNED
    assert other.case.number in desks.list("mz-officer", "tab=assigned")
    assert events_of(desks, other.case.number)[-2:] == ["unmerged", "supplemented"]


def test_what_waits_for_a_lead_that_is_withdrawn_goes_on(desks: Desks) -> None:
    lead, other = desks.register(FIRST), desks.register(NEIGHBOUR)
    merges(desks, lead.case.number, other.case.number)

    client = desks.deployment.citizen()
    page = client.post("/progress", data={"query_code": lead.query_code})
    fields = hidden(page.text) | {"query_code": lead.query_code}
    asked = client.post("/progress/withdraw", data=fields)
    fields = hidden(asked.text) | {"confirmed": "yes"}
    client.post("/progress/withdraw", data=fields)

    assert desks.stored(lead.case.number).state is State.WITHDRAWN
    assert desks.stored(other.case.number).state is State.ASSIGNED


@pytest.mark.parametrize("end", ["declined", "of another kind"])
def test_a_lead_that_will_have_no_such_reply_lets_the_others_go_on(desks: Desks, end: str) -> None:
    first, second = desks.case(FIRST), desks.case(NEIGHBOUR)
    merges(desks, first, second)

    if end == "declined":
        typed = {"ground": "no_content", "words": "没有写具体的事"}
        assert desks.act("mz-officer", first, "propose-decline", **typed).status_code == 303
        assert desks.act("mz-head", first, "decline").status_code == 303
    else:
        told = "您问的是政策"
        answer = desks.act("office", first, "sort", kind="consultation", told=told)
        assert answer.status_code == 303

    assert desks.stored(second).state is State.ASSIGNED
    assert merger_of(desks, second).ended_at is not None  # type: ignore[union-attr]


def test_what_is_merged_can_be_withdrawn_by_its_reporter_alone(desks: Desks) -> None:
    first, other = desks.case(FIRST), desks.register(NEIGHBOUR)
    merges(desks, first, other.case.number)
    assert "不反映了，撤回" in page_of(desks, other.query_code).text


@pytest.mark.parametrize(
    ("kinds", "why"),
    [
        ((Kind.COMPLAINT, Kind.CONSULTATION), "类别不同"),
        ((Kind.TIP_OFF, Kind.COMPLAINT), "举报只能和举报放在一起"),
        ((Kind.DISCLOSURE_REQUEST, Kind.DISCLOSURE_REQUEST), "信息公开申请要一件一件答复"),
    ],
)
def test_what_cant_be_merged_says_why(desks: Desks, kinds: tuple[Kind, Kind], why: str) -> None:
    first, second = (desks.case(FIRST, kind=kind) for kind in kinds)
    page = read(desks, "office", at(first, second))
    assert why in page
    assert "并案，一起办" not in page
    read(desks, "office", at(first, second, "merge"), 409)


def test_a_lead_isnt_merged_itself_and_nothing_into_what_is_answered(desks: Desks) -> None:
    first, second, third = desks.case(FIRST), desks.case(NEIGHBOUR), desks.case(AGAIN)
    merges(desks, first, second)
    page = desks.get("mz-officer", at(third, first, "merge")).text
    assert "并案" in page
    answer = merges(desks, third, first)
    assert answer.status_code == 409
    assert "自己还带着别的件" in answer.text
    assert merges(desks, first, third).status_code == 303
    desks.through(first, *TO_THE_REPLY, ("mz-head", "reply", ""))
    fourth = desks.case(NEIGHBOUR)
    assert "主件已经审签、答复或者办完" in read(desks, "mz-officer", at(first, fourth))


def test_who_comes_second_keeps_what_he_typed(desks: Desks) -> None:
    first, second = desks.case(FIRST), desks.case(NEIGHBOUR)
    path = at(first, second, "merge")
    fields = filled(desks.get("mz-officer", path).text)
    desks.act("mz-second", second, "note", words="电话里问过了")
    typed = {"lead": first, "how": "same_matter", "words": "是同一件"}
    answer = desks.at("mz-officer").post(path, data=fields | typed)
    assert answer.status_code == 409
    assert "有了变化" in answer.text
    assert "是同一件" in answer.text
    assert desks.at("mz-officer").post(path, data=filled(answer.text) | typed).status_code == 303


def test_joint_petitions_are_answered_together(desks: Desks) -> None:
    people = [
        desks.register(
            FIRST,
            kind=Kind.PETITION,
            identity=Identity.REAL_NAME,
            contact_name=name,
            contact_phone=f"1390712345{place}",
        )
        for place, name in enumerate(("万秋月", "董大山", "余小菊"))
    ]
    lead, *others = (one.case.number for one in people)
    for other in others:
        assert merges(desks, lead, other, how="joint").status_code == 303
    page = read(desks, "mz-officer", f"/staff/cases/{lead}")
    for other in others:
        assert other in page
        assert "联名信访，这一件并在它里面办" in read(desks, "mz-officer", f"/staff/cases/{other}")
    desks.through(
        lead,
        ("mz-officer", "sign-for", ""),
        ("mz-officer", "accept-petition", ""),
        ("mz-officer", "draft", REPLY),
    )
    issued(desks, lead)
    desks.through(lead, ("mz-head", "sign", ""))
    assert "别的2位来件人" in read(desks, "office", f"/staff/cases/{lead}/release")
    desks.through(lead, ("office", "release", ""))
    for one in people:
        page_text = page_of(desks, one.query_code).text
        assert REPLY in page_text
        assert all(other not in page_text for other in ("董大山", "余小菊", "万秋月"))
