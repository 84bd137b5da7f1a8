"""What a reporter does with his own case, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.system.moving_keys import hand_keys_on
from intake import correspondence, progress
from intake.cases.assignment import Assignment
from intake.cases.bar import Bar, BarSource
from intake.cases.case import NO_DUE_DATE, Case, Channel
from intake.cases.event import Event, record
from intake.cases.message import MessageKind
from intake.draft import Draft
from intake.progress import CaseIsOver, UnknownCode
from intake.register import register
from intake.rules.lifecycle import MoveNotAllowed, State
from intake.submission import issue
from intake.vault.holders import SEALED
from portal.campaign.kinds import Kind
from portal.foundation import clock
from portal.foundation.database import Database
from portal.foundation.staff import Role
from tests.deployments import Deployment

TIP_OFF = Draft(
    channel=Channel.WEB,
    kind=Kind.TIP_OFF,
    words="有人冒领",
    submission="one",
    policy="MZ11",
    accused="民意街道办事处",
)
COMPLAINT = replace(TIP_OFF, kind=Kind.COMPLAINT, words="没发", accused="")
SECRET = b"a secret for tests only, 32 bytes"


def public(deployment: Deployment) -> Database:
    """The database as the public process has it: without the master key."""
    found: Database = deployment.public.extensions["database"]
    return found


def sent(deployment: Deployment, draft: Draft) -> str:
    with public(deployment).writing() as session:
        return register(session, draft).query_code


def add(deployment: Deployment, code: str, text: str, submission: str = "") -> bool:
    with public(deployment).writing() as session:
        found = progress.look_up(session, code, to_change=True)
        return progress.add_words(session, found, text, submission or issue(SECRET))


def the_case(session: Session) -> Case:
    return session.scalars(select(Case)).one()


def read_as(deployment: Deployment, unit: str) -> list[str]:
    with deployment.database.reading() as session:
        kinds = [MessageKind.WORDS, MessageKind.SUPPLEMENT]
        letters = correspondence.read_as_unit(session, the_case(session), frozenset({unit}), kinds)
        return [letter.text for letter in letters]


def test_further_words_reach_the_unit(on_each_database: Deployment) -> None:
    code = sent(on_each_database, COMPLAINT)
    with on_each_database.database.reading() as session:
        before = the_case(session)

    assert add(on_each_database, code, "还是没发")
    assert read_as(on_each_database, "MZ") == ["没发", "还是没发"]
    with on_each_database.database.reading() as session:
        after = the_case(session)
    assert after.version == before.version + 1
    assert after.last_word_at is not None
    assert before.last_word_at is not None
    assert after.last_word_at > before.last_word_at
    assert after.due_on == before.due_on


def test_one_page_adds_its_words_once(on_each_database: Deployment) -> None:
    code, page = sent(on_each_database, COMPLAINT), issue(SECRET)
    first = [add(on_each_database, code, "还是没发", page) for _ in range(2)]
    edited = add(on_each_database, code, "还是没有发", page)
    later = add(on_each_database, code, "还是没发", issue(SECRET))

    assert (first, edited, later) == ([True, False], True, True)
    assert len(read_as(on_each_database, "MZ")) == 4


def test_a_providers_message_is_its_own_doors_matter(deployment: Deployment) -> None:
    code = sent(deployment, COMPLAINT)

    assert [add(deployment, code, "还是没发", "SM" + "0" * 32) for _ in range(2)] == [True, True]


@pytest.mark.parametrize("typed", ["", "ABCD", "0" * 17, "查" * 300, "\x00"])
def test_what_is_no_code_finds_nothing(deployment: Deployment, typed: str) -> None:
    sent(deployment, COMPLAINT)
    with public(deployment).reading() as session, pytest.raises(UnknownCode):
        progress.look_up(session, typed)


def test_newly_accused_units_lose_the_case_at_once(on_each_database: Deployment) -> None:
    code = sent(on_each_database, TIP_OFF)
    assert read_as(on_each_database, "MZ") == ["有人冒领"]
    add(on_each_database, code, "后来知道，区民政局克扣了这笔钱")
    with on_each_database.database.reading() as session:
        case = the_case(session)
        assert (case.unit_code, case.state, case.rewrap_due) == ("BGS", State.RETURNED, True)
        bars = session.execute(select(Bar.unit_code, Bar.source, Bar.named)).all()
        assert ("MZ", BarSource.WORDS, True) in [tuple(bar) for bar in bars]
        outcomes = session.scalars(select(Assignment.outcome)).all()
        assert [outcome and outcome.value for outcome in outcomes] == ["reassigned"]

    assert hand_keys_on(on_each_database.database) == 1
    assert read_as(on_each_database, "MZ") == []
    assert len(read_as(on_each_database, "BGS")) == 2


def test_where_the_office_is_accused_too_its_stead_gets_it_assigned(
    deployment: Deployment,
) -> None:
    code = sent(deployment, TIP_OFF)
    add(deployment, code, "区民政局克扣，领导小组办公室包庇，也克扣")
    with deployment.database.reading() as session:
        case = the_case(session)
        names = session.scalars(
            select(Event.name).where(Event.case_id == case.id).order_by(Event.seq)
        )
        assert (case.unit_code, case.state) == ("JW", State.ASSIGNED)
        assert list(names)[-4:] == ["supplemented", "barred", "taken_away", "assigned"]

    hand_keys_on(deployment.database)
    assert read_as(deployment, "BGS") == []
    assert read_as(deployment, "JW") == []
    assert len(read_as(deployment, SEALED)) == 2


def test_what_accuses_the_office_later_is_taken_from_whoever_has_it(
    on_each_database: Deployment,
) -> None:
    code = sent(on_each_database, TIP_OFF)
    add(on_each_database, code, "领导小组办公室贪污")
    with on_each_database.database.reading() as session:
        case = the_case(session)
        assert (case.unit_code, case.sealed, case.rewrap_due) == ("JW", True, True)

    hand_keys_on(on_each_database.database)
    assert [read_as(on_each_database, one) for one in ("MZ", "BGS", "JW")] == [[], [], []]
    assert len(read_as(on_each_database, SEALED)) == 2


def test_a_person_named_later_is_barred(deployment: Deployment) -> None:
    named = deployment.add_staff("zhang", ("MZ", Role.OFFICER), display="张大山")
    code = sent(deployment, TIP_OFF)
    add(deployment, code, "是张大山做的")
    with deployment.database.reading() as session:
        staff = session.scalars(select(Bar.staff_id).where(Bar.staff_id.is_not(None))).all()

    assert staff == [named]


def test_who_answered_doesnt_look_again_at_his_answer(on_each_database: Deployment) -> None:
    code = sent(on_each_database, COMPLAINT)
    with on_each_database.database.writing() as session:
        case = the_case(session)
        case.state = State.REPLIED
        record(session, "replied", case_id=case.id, unit="MZ")

    add(on_each_database, code, "我对这个答复不服，申请复查")

    with on_each_database.database.reading() as session:
        case = the_case(session)
        assert (case.unit_code, case.state) == ("BGS", State.RETURNED)
        assert case.due_on != NO_DUE_DATE
        bars = session.execute(select(Bar.unit_code, Bar.source)).all()
        assert [tuple(bar) for bar in bars] == [("MZ", BarSource.REVIEW)]
    assert hand_keys_on(on_each_database.database) == 1
    assert read_as(on_each_database, "MZ") == []
    assert len(read_as(on_each_database, "BGS")) == 2


def test_a_review_that_is_asked_for_before_the_answer_changes_nothing(
    deployment: Deployment,
) -> None:
    code = sent(deployment, COMPLAINT)
    add(deployment, code, "要是不行我就申请复查")
    with deployment.database.reading() as session:
        assert (the_case(session).unit_code, the_case(session).barred) == ("MZ", False)


def test_an_ordinary_complaint_accuses_nobody(deployment: Deployment) -> None:
    code = sent(deployment, COMPLAINT)
    add(deployment, code, "昨天又去问，区民政局说还要等一个月")
    with deployment.database.reading() as session:
        assert session.scalars(select(Bar)).all() == []
        assert (the_case(session).unit_code, the_case(session).accusing) == ("MZ", False)


def test_a_complaint_whose_writer_accuses_its_unit_later_leaves_it(deployment: Deployment) -> None:
    code = sent(deployment, COMPLAINT)
    add(deployment, code, "举报区民政局的科长收红包，把补贴的钱贪污了")
    with deployment.database.reading() as session:
        assert (the_case(session).unit_code, the_case(session).accusing) == ("BGS", True)
    hand_keys_on(deployment.database)
    assert read_as(deployment, "MZ") == []


def test_who_withdraws_is_obeyed_once(on_each_database: Deployment) -> None:
    code = sent(on_each_database, COMPLAINT)
    for _ in range(2):
        with public(on_each_database).writing() as session:
            progress.withdraw(session, progress.look_up(session, code, to_change=True))
    with on_each_database.database.reading() as session:
        case = the_case(session)
        names = list(session.scalars(select(Event.name)))
        assert (case.state, case.due_on) == (State.WITHDRAWN, NO_DUE_DATE)
        assert names.count("withdrawn") == 1

    with pytest.raises(CaseIsOver):
        add(on_each_database, code, "还有")


@pytest.mark.parametrize("state", [State.REPLIED, State.CLOSED])
def test_what_was_answered_isnt_withdrawn(deployment: Deployment, state: State) -> None:
    code = sent(deployment, COMPLAINT)
    with deployment.database.writing() as session:
        the_case(session).state = state
    with public(deployment).writing() as session, pytest.raises(MoveNotAllowed):
        progress.withdraw(session, progress.look_up(session, code, to_change=True))


def test_words_of_long_ago_may_be_said_again(deployment: Deployment) -> None:
    with clock.stopped_at(clock.now() - timedelta(days=3)):
        code = sent(deployment, COMPLAINT)
        add(deployment, code, "请快一点")

    assert add(deployment, code, "请快一点")
