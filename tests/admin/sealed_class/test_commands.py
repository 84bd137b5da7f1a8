"""Founding the class and taking it up again from the command line."""

from __future__ import annotations

import re

from sqlalchemy import select

from admin.sealed_class.founding import found_class, take_up_again
from intake.vault.class_key import ClassKey, is_founded
from intake.vault.holders import REPORTER, SEALED
from intake.vault.key_files import read_pins
from intake.vault.passphrase import as_printed, pair_as_printed
from intake.vault.sealing import KeyPair
from tests.admin.desk.people import TIP_OFF, Desks
from tests.admin.sealed_class.readers import AGAINST_OFFICE, holders_of, not_founded, not_pinned
from tests.deployments import PRINTED, Deployment

RECOVER = ["keys", "sealed-recover"]


def test_it_is_founded_on_a_terminal_alone(deployment: Deployment) -> None:
    refused = deployment.run("keys", "sealed")

    assert refused.exit_code == 2
    assert "terminal" in refused.output
    assert not re.search(r"[0-9a-f]{4} [0-9a-f]{4}", refused.output)


def test_a_founding_that_was_killed_is_done_again(desks: Desks) -> None:
    deployment, first, second = desks.deployment, KeyPair.fresh(), KeyPair.fresh()
    not_founded(deployment)
    for printed in (first, second):
        with deployment.database.writing() as session:
            found_class(session, printed.public)
    with deployment.database.writing() as session:
        take_up_again(session, second)


def test_a_restored_machine_trusts_it_by_the_printed_key_alone(deployment: Deployment) -> None:
    not_pinned(deployment)
    with deployment.database.writing() as session:
        key = session.scalars(select(ClassKey)).one()
        key.signature = b"of another machine"
    typed = as_printed(PRINTED.private)
    assert pair_as_printed(f"  {typed.upper()} ") == PRINTED

    wrong = deployment.everything.test_cli_runner().invoke(args=RECOVER, input="ab" * 32 + "\n")
    assert (wrong.exit_code, read_pins(deployment.settings).discipline) == (2, None)
    right = deployment.everything.test_cli_runner().invoke(args=RECOVER, input=typed + "\n")

    assert right.exit_code == 0, right.output
    with deployment.database.reading() as session:
        assert is_founded(session)
    desks = Desks(deployment)
    number = desks.case(TIP_OFF, accused=AGAINST_OFFICE)
    assert holders_of(deployment, number) == {SEALED, REPORTER}
