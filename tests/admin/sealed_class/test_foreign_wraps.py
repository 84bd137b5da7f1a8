"""What the public process may add to a box, which nobody who made it has: a case that is sealed
later is given by it to nobody, and nothing of it is lost."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from intake.vault.compartment import Compartment, CompartmentKey, open_as_reporter, wrap_context
from intake.vault.holders import REPORTER, SEALED
from intake.vault.query_codes import read_code, reporter_keys
from intake.vault.sealing import TO_PUBLIC_KEY, DoesNotOpen, KeyPair, key_id, seal
from intake.vault.unit_key import public_keys
from tests.admin.desk.people import Desks
from tests.admin.orders.clerk import DAY, entered, read
from tests.admin.recorded_intake.clerk import new_code
from tests.admin.sealed_class.readers import discipline_browser, holders_of, unlock
from tests.admin.sealed_class.test_fresh_boxes import (
    FIRST,
    LATER,
    NOTED,
    NOW,
    copied,
    opened_by,
    rounds,
    sent,
    writes,
)
from tests.deployments import Deployment
from tests.intake.pages.journey import opened, show


def add_wrap(deployment: Deployment, number: str, name: str, holder: str, wrap: bytes) -> None:
    """As the public process may: it inserts the keys of the boxes that it makes."""
    with deployment.database.writing() as session:
        box = box_of(deployment, number, name)
        session.add(CompartmentKey(compartment_id=box.id, holder=holder, wrap=wrap))


def box_of(deployment: Deployment, number: str, name: str) -> Compartment:
    with deployment.database.reading() as session:
        wanted = select(Compartment).where(
            Compartment.label == f"case:{number}", Compartment.name == name
        )
        return session.scalars(wanted).one()


def of_another_pair(deployment: Deployment, number: str, name: str, unit: str) -> bytes:
    """A wrap that opens for a unit, to a pair that isn't the box's."""
    with deployment.database.reading() as session:
        public = public_keys(session, frozenset({unit}))[unit]
    return seal(public, KeyPair.fresh().private, wrap_context(f"case:{number}", name, unit))


def test_a_reporter_gets_no_box_that_was_never_his(desks: Desks) -> None:
    deployment = desks.deployment
    number, code = sent(deployment)
    desks.through(number, ("mz-officer", "sign-for", ""), ("mz-officer", "note", NOTED))
    thief, reporter = copied(deployment, number), reporter_keys(read_code(code))
    writes(deployment.citizen(), code, NOW)
    add_wrap(deployment, number, "notes", REPORTER, TO_PUBLIC_KEY + key_id(reporter.public))
    rounds(deployment)

    notes = box_of(deployment, number, "notes")
    assert {key.holder for key in notes.keys} == {SEALED}
    assert opened_by(deployment, number, thief) == []
    assert all(words in show(deployment.citizen(), code).text for words in (FIRST, NOW))


@pytest.mark.parametrize("opens", [True, False])
def test_a_wrap_of_another_pair_destroys_no_words(desks: Desks, opens: bool) -> None:
    deployment = desks.deployment
    number, code = sent(deployment)
    other, code_of_other = sent(deployment)
    desks.through(number, ("mz-officer", "sign-for", ""), ("mz-officer", "note", NOTED))
    thief, client = copied(deployment, number), deployment.citizen()
    writes(client, code, NOW)
    rounds(deployment)
    for name in ("original", "conversation", "notes"):
        wrap = of_another_pair(deployment, number, name, "CL") if opens else b"nothing"
        add_wrap(deployment, number, name, "CL" if opens else "nobody", wrap)
    writes(client, code, LATER)
    writes(deployment.citizen(), code_of_other, NOW)
    rounds(deployment)

    assert opened_by(deployment, number, thief) == []
    assert holders_of(deployment, number) == holders_of(deployment, other) == {SEALED, REPORTER}
    assert all(words in show(client, code).text for words in (FIRST, NOW, LATER))
    discipline_browser(desks, "reader", reads=True)
    assert unlock(desks, "reader") == 303
    page = desks.get("reader", f"/staff/cases/{number}").text
    assert all(words in page for words in (FIRST, NOTED, NOW, LATER))


def test_who_is_handed_his_first_code_gets_no_box_that_was_never_his(desks: Desks) -> None:
    with desks.on(DAY):
        number = entered(desks, contact_name="万秋月", contact_phone="13907123456")
        add_wrap(desks.deployment, number, "triage", REPORTER, b"nothing")
        path = f"/staff/cases/{number}/order"
        fields = read(desks, "office", path).fields
        code = new_code(opened(desks.at("office").post(f"{path}/receipt", data=fields)))
    reporter = reporter_keys(read_code(code))
    assert open_as_reporter(box_of(desks.deployment, number, "original"), reporter)
    with pytest.raises(DoesNotOpen):
        open_as_reporter(box_of(desks.deployment, number, "triage"), reporter)
