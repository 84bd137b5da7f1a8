"""A round in which keys are handed on: what waits for the sealed class keeps nothing waiting."""

from __future__ import annotations

from sqlalchemy import select

from admin.system.moving_keys import hand_keys_on
from intake.cases.case import Case
from intake.correspondence import holds
from tests.admin.desk.people import COMPLAINT, Desks
from tests.admin.sealed_class.readers import without_passphrase
from tests.admin.sealed_class.test_what_opens_it import sealed_case


def test_what_waits_for_a_reader_is_not_counted_against_the_rest(desks_on_each: Desks) -> None:
    desks, database = desks_on_each, desks_on_each.deployment.database
    shut = {sealed_case(desks), sealed_case(desks)}
    moved = desks.case(COMPLAINT)
    with database.writing() as session:
        # By somebody's hand: what the class holds leaves it by no act but a reader's.
        for case in session.scalars(select(Case)):
            case.sealed, case.unit_code, case.rewrap_due = False, "BGS", True

    with without_passphrase(desks.deployment) as locked:
        assert hand_keys_on(locked, at_once=1) == 1

    with database.reading() as session:
        waiting = session.scalars(select(Case).where(Case.rewrap_due)).all()
        assert {case.number for case in waiting} == shut
        handed = session.scalars(select(Case).where(~Case.rewrap_due)).one()
        assert (handed.number, holds(session, handed, "BGS")) == (moved, True)
