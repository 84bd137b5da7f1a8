"""A case that is sealed later gets fresh boxes: whoever opened it before opens nothing that comes
after, and its reporter and its readers read all of it."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.system.moving_keys import hand_keys_on, seal_to_class
from intake.cases.attachment import Attachment, sealed_column
from intake.cases.case import Case
from intake.cases.message import Message
from intake.correspondence import rewrap
from intake.vault.compartment import Compartment, open_compartments
from intake.vault.holders import REPORTER, SEALED
from intake.vault.sealing import DoesNotOpen, KeyPair
from portal.campaign.book import book
from tests.admin.desk.people import Desks
from tests.admin.desk.reporter import objects
from tests.admin.desk.test_objections import closed
from tests.admin.follow_up.visits import answers
from tests.admin.recorded_intake.clerk import changed, record
from tests.admin.sealed_class.readers import (
    discipline_browser,
    holders_of,
    post,
    unlock,
    without_passphrase,
)
from tests.deployments import Deployment
from tests.intake.pages.files import photo, saved, send_files, typed
from tests.intake.pages.journey import form_page, show

FIRST, NOTED, NOW, LATER = (
    "我妈的高龄津贴三个月没发了",
    "到社区问过一次",
    "领导小组办公室的人收红包，贪污补贴的钱",
    "他们昨天又来过",
)


def sent(deployment: Deployment) -> tuple[str, str]:
    """A complaint with a photograph; its number and code."""
    client = deployment.citizen()
    form = typed(form_page(client), words=FIRST, policy="MZ11", problem="1.2")
    return send_files(client, "/report/complaint", form, ("存折.jpg", photo())).receipt


def writes(client: FlaskClient, code: str, words: str) -> None:
    fields = typed(show(client, code), query_code=code, words=words)
    answer = send_files(client, "/progress/words", fields, (f"{words}.jpg", photo(colour="blue")))
    assert answer.status == 200


def copied(deployment: Deployment, number: str) -> list[KeyPair]:
    """The pairs of a case's boxes, as the master key opens them now."""
    with without_passphrase(deployment) as database, database.reading() as session:
        boxes = boxes_of(session, number)
        units = frozenset(key.holder for box in boxes for key in box.keys) - {REPORTER, SEALED}
        return open_compartments(session, boxes, units)


def boxes_of(session: Session, number: str) -> list[Compartment]:
    wanted = select(Compartment).where(Compartment.label == f"case:{number}")
    return list(session.scalars(wanted.order_by(Compartment.id)))


def opened_by(deployment: Deployment, number: str, pairs: list[KeyPair]) -> list[str]:
    """What some pairs open of a case in the database as it is now."""
    with deployment.database.reading() as session:
        case = session.scalars(select(Case).where(Case.number == number)).one()
        messages = session.scalars(select(Message).where(Message.case_id == case.id)).all()
        files = session.scalars(select(Attachment).where(Attachment.case_id == case.id)).all()
        lies = [(one.sealed, one.kind.value) for one in messages]
        lies += [(one.sealed, sealed_column(one.stored)) for one in files]
        found = []
        for box in boxes_of(session, number):
            for blob, column in lies:
                for pair in pairs:
                    try:
                        found.append(box.open(pair, blob, column))
                    except DoesNotOpen:
                        continue
        return found


def rounds(deployment: Deployment) -> None:
    """What the worker does with keys, without anybody's passphrase."""
    with without_passphrase(deployment) as database:
        hand_keys_on(database)
        seal_to_class(database)


def test_what_is_written_by_whom_and_after_it_is_sealed_opens_by_nothing_from_before(
    desks_on_each: Desks,
) -> None:
    desks, deployment = desks_on_each, desks_on_each.deployment
    number, code = sent(deployment)
    other, _ = sent(deployment)
    desks.through(number, ("mz-officer", "sign-for", ""), ("mz-officer", "note", NOTED))
    thief = copied(deployment, number)
    assert FIRST in opened_by(deployment, number, thief)
    others = holders_of(deployment, other)

    client = deployment.citizen()
    writes(client, code, NOW)

    # At once, though the public process can open nothing that was there.
    assert desks.stored(number).sealed
    assert NOW not in opened_by(deployment, number, thief)
    page = show(client, code).text
    assert FIRST in page
    assert NOW in page
    assert len(saved(client, code)) == 2

    rounds(deployment)
    rounds(deployment)
    writes(client, code, LATER)

    assert opened_by(deployment, number, thief) == []
    assert holders_of(deployment, number) == {SEALED, REPORTER}
    page = show(client, code).text
    assert all(words in page for words in (FIRST, NOW, LATER))
    assert len(saved(client, code)) == 3
    discipline_browser(desks, "reader", reads=True)
    assert unlock(desks, "reader") == 303
    page = desks.get("reader", f"/staff/cases/{number}").text
    assert all(words in page for words in (FIRST, NOTED, NOW, LATER))
    assert (desks.stored(other).sealed, holders_of(deployment, other)) == (False, others)


def test_it_is_done_whole_or_not_at_all(desks: Desks) -> None:
    number, code = sent(desks.deployment)
    thief = copied(desks.deployment, number)
    client = desks.deployment.citizen()
    writes(client, code, NOW)
    with pytest.raises(KilledHere):
        seal_and_die(desks.deployment, number)
    assert FIRST in opened_by(desks.deployment, number, thief)
    assert all(words in show(client, code).text for words in (FIRST, NOW))

    rounds(desks.deployment)

    assert opened_by(desks.deployment, number, thief) == []
    assert all(words in show(client, code).text for words in (FIRST, NOW))


@pytest.mark.parametrize("by", ["remark", "objection"])
def test_a_remark_or_an_objection_that_seals_it_lies_in_a_fresh_box_too(
    desks: Desks, by: str
) -> None:
    number, code = closed(desks)
    thief = copied(desks.deployment, number)
    if by == "remark":
        answers(desks, code, solved="no", remark=NOW)
    else:
        objects(desks, code, NOW)

    assert desks.stored(number).sealed
    assert NOW not in opened_by(desks.deployment, number, thief)
    assert NOW in show(desks.deployment.citizen(), code).text


class KilledHere(Exception):
    """The process ends here."""


def seal_and_die(deployment: Deployment, number: str) -> None:
    with without_passphrase(deployment) as database, database.writing() as session:
        case = session.scalars(select(Case).where(Case.number == number)).one()
        rewrap(session, case, book(session))
        session.flush()
        raise KilledHere


def test_where_a_clerk_saw_the_first_code_the_reporters_boxes_keep_their_pairs(
    desks: Desks,
) -> None:
    """Whoever runs the public process may change the key that goes with such a code."""
    number, first = record(desks, words=FIRST, policy="MZ11", problem="1.2").receipt
    code = changed(desks.deployment.citizen(), first)
    desks.through(number, ("mz-officer", "sign-for", ""), ("mz-officer", "note", NOTED))
    thief = copied(desks.deployment, number)
    client = desks.deployment.citizen()
    writes(client, code, NOW)
    rounds(desks.deployment)

    still = opened_by(desks.deployment, number, thief)
    assert FIRST in still
    assert NOTED not in still
    assert NOW not in still
    assert holders_of(desks.deployment, number) == {SEALED, REPORTER}
    assert all(words in show(client, code).text for words in (FIRST, NOW))


def test_it_leaves_the_class_with_all_that_was_written_meanwhile(desks: Desks) -> None:
    number, code = sent(desks.deployment)
    client = desks.deployment.citizen()
    writes(client, code, NOW)
    rounds(desks.deployment)
    writes(client, code, "区纪委监委的人也收了红包，包庇他们")
    discipline_browser(desks, "reader", reads=True)
    assert unlock(desks, "reader") == 303
    assert post(desks, "reader", f"above/{number}").status_code == 303

    assert holders_of(desks.deployment, number) == {"SJW", REPORTER}
    with desks.deployment.database.reading() as session:
        assert "interim" not in [box.name for box in boxes_of(session, number)]
    opened = opened_by(desks.deployment, number, copied(desks.deployment, number))
    assert {FIRST, NOW} <= set(opened)
    assert all(words in show(client, code).text for words in (FIRST, NOW))
