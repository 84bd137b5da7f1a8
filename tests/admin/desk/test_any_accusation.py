"""Whatever somebody writes, and whatever is done with it in whatever order: whom it accuses finds
out nothing, and somebody who isn't accused can always act or is alarmed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from admin.accounts.access import Access
from admin.accounts.request_access import requests_visible
from admin.figures.counting import count_milestones
from admin.retention.listing import list_what_is_due
from admin.rights.deciding import Decision, decide
from admin.rights.handing_on import hand_on_requests
from admin.system.moving_keys import hand_keys_on
from intake import progress
from intake.cases.case import Channel, Identity
from intake.cases.rights_request import RightsRequest
from intake.draft import Draft
from intake.progress import CaseIsOver
from intake.register import register
from intake.rights.asking import Asked, ask, prepare_request
from intake.rules.lifecycle import MoveNotAllowed
from intake.rules.recusal import barred_units
from intake.rules.retention import What
from intake.rules.rights import Asker, Right, RightsOutcome
from portal.campaign.kinds import Kind
from portal.foundation import clock
from portal.foundation.staff import Staff
from tests.admin.desk.watch import WATCHED, Standing, Watch, campaign_of, standing
from tests.deployments import CAMPAIGNS
from tests.templates import Templates

NOON = datetime(2022, 6, 6, 4, 0, tzinfo=UTC)
# Departments, one that has a street and communities below it, the office's line, and its judges.
NAMES = {
    "MZ": "区民政局",
    "RS": "区人力资源局",
    "ST05": "民意街道办事处",
    "CZ": "区财政局",
    "BGS": "领导小组办公室",
    "JW": "区纪委监委",
    "SJ": "区审计局",
}
PERSONS = ("民政甲经办", "办公甲", "纪检甲")
SAID = (
    "我家的钱一直没有到账。",
    "有人扣了老人的钱。",
    "问了几次都说再等等。",
    "名单里有不该有的人。",
)
CARRIERS = {"discipline", "auditor", "second-auditor", "admin", "office-head"}
MOVING = {"sort", "split", "assist", "verify", "recuse", "lift-recusal", "return"}
ACCUSED = st.frozensets(st.sampled_from(sorted(NAMES)), max_size=4)


def against(codes: frozenset[str]) -> str:
    """Words that nobody could read otherwise."""
    return "".join(f"我举报{NAMES[code]}的人收红包，贪污补贴的钱。" for code in sorted(codes))


drafts = st.builds(
    lambda said, in_box, in_words, persons, kind, policy, phone, hidden: Draft(
        channel=Channel.WEB,
        kind=kind,
        words=said + against(in_words),
        submission="",
        policy=policy,
        problem="1.2",
        accused="、".join([*(NAMES[code] for code in sorted(in_box)), *persons]),
        keep_from_unit=hidden,
        identity=Identity.PHONE if phone else Identity.ANONYMOUS,
        contact_phone="13900001234" if phone else "",
        kind_was_read=False,
    ),
    said=st.sampled_from(SAID),
    in_box=st.one_of(st.just(frozenset()), ACCUSED),
    in_words=st.frozensets(st.sampled_from(sorted(NAMES)), max_size=1),
    persons=st.lists(st.sampled_from(PERSONS), max_size=2, unique=True),
    kind=st.sampled_from([Kind.TIP_OFF, Kind.TIP_OFF, Kind.COMPLAINT, Kind.PETITION]),
    policy=st.sampled_from(["MZ11", "RS01", ""]),
    phone=st.booleans(),
    hidden=st.booleans(),
)


@pytest.fixture(scope="module")
def watch(templates: Templates, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watch]:
    """One deployment for all; each example begins with what was there at first."""
    folder: Path = tmp_path_factory.mktemp("watch")
    with (
        clock.stopped_at(NOON),
        templates.copy(CAMPAIGNS / "jianghan-2022", "sqlite", folder / "data") as made,
    ):
        yield Watch.over(made, folder / "kept.db")


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(draft=drafts, data=st.data())
def test_nothing_that_is_done_with_a_case_reaches_whom_it_accuses(
    watch: Watch, draft: Draft, data: st.DataObject
) -> None:
    with clock.stopped_at(NOON):
        watch.begin_again()
        code = sent(watch, draft)
        nobody_accused_has_it(watch)
        for _ in range(data.draw(st.integers(0, 4), label="steps")):
            if data.draw(st.integers(0, 3), label="who") == 0:
                the_reporter_adds_words(watch, code, data)
            else:
                somebody_acts(watch, data)
            nobody_accused_has_it(watch)
        if data.draw(st.booleans(), label="asks that it be deleted"):
            the_reporter_has_it_deleted(watch, code)
            nobody_accused_has_it(watch)
        count_milestones(watch.deployment.database)
        nothing_is_found_out(watch)


def sent(watch: Watch, draft: Draft) -> str:
    with watch.deployment.public.extensions["database"].writing() as session:
        return register(session, draft).query_code


def the_reporter_adds_words(watch: Watch, code: str, data: st.DataObject) -> None:
    words = against(data.draw(ACCUSED, label="later accused")) or "再说一遍。"
    try:
        with watch.deployment.public.extensions["database"].writing() as session:
            found = progress.look_up(session, code, to_change=True)
            progress.add_words(session, found, words, "SM" + "0" * 32)
    except CaseIsOver:
        return
    hand_keys_on(watch.deployment.database)


def the_reporter_has_it_deleted(watch: Watch, code: str) -> None:
    """He takes it back and asks that it be deleted, and whoever may read that grants it: then it is
    destroyed, or stands on the list."""
    public, staff = watch.deployment.public.extensions["database"], watch.deployment.database
    asked = Asked(Right.DELETION, Asker.HIMSELF, "都删掉，不留。", submission="deletes")
    with public.writing() as session:
        found = progress.look_up(session, code, to_change=True)
        for case in found.all:
            with suppress(MoveNotAllowed):
                progress.withdraw(session, found, number=case.number)
    with public.reading() as session:
        prepared = prepare_request(session, asked, found=progress.look_up(session, code))
    with public.writing() as session:
        number = ask(session, prepared).number
    hand_on_requests(staff)
    with staff.writing() as session:
        for person in session.scalars(select(Staff).where(Staff.name.in_(WATCHED))).all():
            access = Access.of(person, campaign_of(session), unlocked=True)
            mine = select(RightsRequest).where(
                RightsRequest.number == number,
                RightsRequest.decided_at.is_(None),
                requests_visible(access),
            )
            if request := session.scalars(mine).first():
                granted = Decision(RightsOutcome.GRANTED, None, "", What.WORDS)
                decide(session, request, by=access, version=request.version, decision=granted)
    list_what_is_due(staff)


def somebody_acts(watch: Watch, data: st.DataObject) -> None:
    """Somebody for whom a case exists does something that its page offers him."""
    number = data.draw(st.sampled_from([case.number for case in cases_of(watch)]), label="case")
    readers = watch.readers_of(number)
    if not readers:
        return
    name = data.draw(st.sampled_from(readers), label="reader")
    acts = watch.acts_of(name, number)
    if not acts:
        return
    moving = [act for act in acts if act in MOVING]
    act = data.draw(st.sampled_from([*moving, *moving, *acts]), label="act")
    typed: dict[str, Any] = {
        "words": "写几句",
        "told": "按内容看应当这样办",
        "reason": "名册在它那里",
    }
    for field, options in watch.options(name, number, act).items():
        likely = [one for one in options if one in NAMES]
        typed[field] = data.draw(st.sampled_from(likely or options or [""]), label=field)
    status = watch.sends(name, number, act, **{k: v for k, v in typed.items() if v})
    assert status in {200, 303, 409, 422}


def cases_of(watch: Watch) -> list[Standing]:
    """The case of this example and its parts."""
    with watch.deployment.database.reading() as session:
        return standing(session)[watch.others :]


def nobody_accused_has_it(watch: Watch) -> None:
    """Neither in his hands, nor among the keys, nor before the eyes of anybody accused; and with
    somebody who isn't, or else an alarm stands."""
    with watch.deployment.database.reading() as session:
        book = campaign_of(session)
    superior, discipline = book.campaign.superior_code, book.campaign.discipline_code
    for case in cases_of(watch):
        last_step = {superior} if discipline in case.barred else set()
        assert barred_units(case.barred, book.below) == case.barred
        assert case.unit not in case.barred - last_step
        assert not case.holders & case.barred - last_step
        readers = set(watch.readers_of(case.number))
        assert not readers & watch.accused_by(case)
        if case.is_open and not readers:
            somebody_is_alarmed(watch, watch.accused_by(case))


def somebody_is_alarmed(watch: Watch, accused: set[str]) -> None:
    for name in CARRIERS - accused:
        assert "须由专人移交" in watch.desks.get(name, "/staff/alarms").text
        assert "没有须由专人移交" not in watch.desks.get(name, "/staff/alarms").text


def nothing_is_found_out(watch: Watch) -> None:
    """Every list, count, figure, alarm and export is to whom the case accuses what it was before,
    and its address is none."""
    cases = cases_of(watch)
    for name in set.intersection(*(watch.accused_by(case) for case in cases)):
        assert watch.reads(name) == watch.before[name]
        nowhere = watch.desks.get(name, "/staff/cases/JH00000000").data
        for case in cases:
            for act in ("", "/sort", "/note"):
                found = watch.desks.get(name, f"/staff/cases/{case.number}{act}").data
                assert found == nowhere
