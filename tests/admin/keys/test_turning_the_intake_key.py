"""The intake key is turned while forms and texts come again: what was shown or taken in under the
former one is known again, until nothing is left that it alone knows, and then it is destroyed."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from admin.accounts.access import Access
from admin.accounts.hand import Hand
from admin.assessments.drawn_row import DrawnRow
from admin.assessments.printing_slips import print_slips
from admin.keys.intake_file import put_file_right_in_turn
from admin.keys.service import rotate_service
from admin.keys.service import turn as turn_key
from admin.system.set_up import is_done
from intake.assessing.assessment import Assessment
from intake.assessing.slip import Slip
from intake.cases.inbound_text import TEXT_SENDER
from intake.mistakes.reporting import Written, code_of, prepare_mistake, report_mistake
from intake.prepare import prepare
from intake.register import register
from intake.rights.asking import Asked, ask, prepare_request
from intake.rules.rights import Asker, Right
from intake.vault.service_key import Purpose
from intake.vault.vault import vault_of
from portal.campaign.book import book
from portal.foundation.settings import UnusableSetting
from portal.foundation.staff import Staff
from tests.admin.desk.people import COMPLAINT, Desks
from tests.admin.keys.known_again import (
    OTHER,
    PHONE,
    THIRD,
    Sent,
    by_desk,
    by_telephone,
    count,
    found_together,
    ids,
    later,
    opted_out,
    texted,
    turn,
)
from tests.admin.keys.test_at_once import beside
from tests.admin.keys.test_turning import killed
from tests.admin.keys.world import Another, bearing
from tests.admin.recorded_intake.clerk import ask_for_new, confirm, new_code
from tests.deployments import Deployment
from tests.fakes import CITIZEN
from tests.intake.pages.journey import show
from tests.intake.pages.slips import slip_of

# The steps that are yielded inside of a transaction: others can't write there.
_INSIDE = "a new key"


def test_what_is_sent_again_around_a_turn_is_the_same(
    on_each_database: Deployment, another: Another
) -> None:
    each = on_each_database
    sent, steps = Sent(each), 0
    for step in rotate_service(another(each), each.settings, Purpose.INTAKE):
        if not step.endswith(_INSIDE):
            sent.again()
            steps += 1
    assert steps >= 3
    turn(each)
    sent.again()
    assert len(ids(each)) == 3
    assert show(each.citizen(), sent.receipt[1]).status == 200


def test_nobody_is_in_the_middle_while_the_file_is_written(
    on_each_database: Deployment, another: Another
) -> None:
    """What was looked for by the former keys alone is stored before anybody marks by the newest,
    so that nothing is taken in twice by two who know different keys."""
    each = on_each_database
    turning = rotate_service(another(each), each.settings, Purpose.INTAKE)
    assert next(turning).endswith(_INSIDE)
    assert "instead of" in next(turning)
    other, former = another(each), ids(each)
    with ExitStack() as middle:
        session = middle.enter_context(other.writing())
        mark = vault_of(session).mark(TEXT_SENDER, CITIZEN)
        with beside(lambda: put_file_right_in_turn(each.database, each.settings)) as failed:
            assert ids(each) == former
            assert vault_of(session).marks(TEXT_SENDER, CITIZEN) == (mark,)
            middle.close()
    assert failed == []
    assert ids(each)[1:] == former
    with other.writing() as session:
        assert vault_of(session).marks(TEXT_SENDER, CITIZEN)[1] == mark


def test_what_was_prepared_before_is_stored_by_the_newest_key(deployment: Deployment) -> None:
    """Of two who take the same form in beside one another, both store the same code."""
    draft, written = replace(COMPLAINT, submission="a form"), Written("电话写错了", "", "a form")
    asked = Asked(Right.ACCESS, Asker.HIMSELF, "我想看一看", submission="a form")
    with deployment.database.reading() as session:
        case, mistake = prepare(session, draft), prepare_mistake(session, written)
        request = prepare_request(session, asked)
    turn(deployment)
    with deployment.database.writing() as session:
        code = vault_of(session).query_code("a form", draft.content)
        assert register(session, draft, case).query_code == code != case.query_code
        stored = report_mistake(session, mistake)
        assert stored.code_digest != mistake.mistake.code_digest
        assert code_of(session, stored, written)
        assert ask(session, request).code_digest != request.request.code_digest


def test_killed_at_each_step_it_goes_on_and_is_retired_after_a_month(
    deployment: Deployment,
) -> None:
    desks, before = Desks(deployment), ids(deployment)
    first, another = by_telephone(desks), by_telephone(desks, "13800138000")
    told = by_desk(desks)
    texted(deployment, "我妈的高龄津贴三个月没发了")
    texted(deployment, "退订", sender=OTHER)

    assert killed(deployment, "intake") >= 3

    former = set(ids(deployment)[1:])
    assert set(before) <= former
    assert bearing(deployment.database, former) <= {"inbound_text.message_mark"} | _OF_NO_CASE
    assert is_done(deployment.settings)
    assert opted_out(deployment, OTHER)
    assert not opted_out(deployment, THIRD)
    found = found_together(desks, by_telephone(desks))
    assert (first in found, another in found) == (True, False)
    assert supplemented(deployment, told)
    assert "thirty days" in deployment.run("keys", "rotate", "--intake").output
    with later(days=3):
        assert "may come again until" in deployment.run("keys", "retire").output
    assert set(ids(deployment)) > former
    with later():
        said = deployment.run("keys", "retire")
        assert said.output.count("intake: ") == said.output.count(" retired") > len(former)
        assert len(ids(deployment)) == 1
        assert bearing(deployment.database, former | set(before)) == set()
        assert opted_out(deployment, OTHER)
        desks.browsers.clear()
        found = found_together(desks, by_telephone(desks))
        assert (first in found, another in found) == (True, False)
        # Its warning was given, and its case is known to be his.
        assert "谁能看到" not in texted(deployment, "二楼的灯也坏了")[0]
    assert deployment.run("verify-audit").exit_code == 0


# A text that became no case has no number anywhere: its mark goes with it.
_OF_NO_CASE = {"inbound_text.sender_mark"}


def supplemented(deployment: Deployment, code: str) -> bool:
    """Whether the telephone that was left is known to be his, who has no code of his own."""
    return "收到了" in texted(deployment, f"补 {code} 还有三月的", sender=f"+86{PHONE}")[0]


def test_a_code_that_was_shown_is_the_one_that_is_got(deployment: Deployment) -> None:
    """The key is turned while its reader writes the new code down."""
    desks = Desks(deployment)
    code, client = by_desk(desks), deployment.citizen()
    shown = ask_for_new(client, show(client, code))
    turn(deployment)
    assert confirm(client, shown).status == 200
    assert show(client, new_code(shown)).status == 200
    # The same form once more: its answer got lost.
    assert new_code(shown)[:4] in confirm(client, shown).text
    # One that shows no code that is known here is asked once more.
    code = by_desk(desks)
    shown = ask_for_new(client, show(client, code))
    shown.fields["made_by"] = "0" * 16
    again = confirm(client, shown)
    assert "现在还没有换" in again.text
    assert show(client, code).status == 200
    assert confirm(client, again).status == 200
    assert show(client, new_code(again)).status == 200


def test_slips_are_printed_again_as_they_were(deployment: Deployment) -> None:
    desks = Desks(deployment)
    slip_of(deployment)
    with deployment.database.writing() as session:
        one = session.scalars(select(Assessment)).one()
        drawn = {"assessment_id": one.id, "unit_code": "ST05", "is_reserve": False}
        session.add_all(DrawnRow(**drawn, place=at, row_number=at) for at in range(6))
    first = slips(desks)
    turn(deployment)
    assert slips(desks) == first
    assert slips(desks, version=2) == first
    assert not set(slips(desks, version=2, once="another")) & set(first)
    assert count(deployment, Slip) == 5


def slips(desks: Desks, *, version: int = 1, once: str = "a form") -> list[str]:
    """Print two slips for a street."""
    desks._comes("office")
    with desks.deployment.database.writing() as session:
        found, one = book(session), session.scalars(select(Assessment)).one()
        person = session.get_one(Staff, desks.deployment.staff_id(session, "office"))
        hand = Hand(Access.of(person, found), found, version)
        return print_slips(session, one, by=hand, street="ST05", number=2, once=once)


def test_where_the_file_can_t_be_replaced_nothing_is_turned(
    deployment: Deployment, tmp_path: Path
) -> None:
    fixed = replace(deployment.settings, intake_key_file=tmp_path / "gone" / "intake.key")
    with pytest.raises(UnusableSetting, match="can't be written to"):
        list(turn_key(deployment.database, fixed, Purpose.INTAKE))
    assert is_done(deployment.settings)
