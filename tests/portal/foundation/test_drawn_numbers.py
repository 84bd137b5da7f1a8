"""Numbers drawn by chance, where nearly all are taken."""

from __future__ import annotations

import dataclasses

from sqlalchemy import select

from intake.cases.case import Case
from intake.register import register
from portal.foundation.drawn_numbers import draw_number
from tests.deployments import Deployment
from tests.intake.test_register import COMPLAINT


def test_a_number_that_somebody_has_is_never_drawn(on_each_database: Deployment) -> None:
    with on_each_database.database.writing() as session:
        for digit in range(9):
            register(session, dataclasses.replace(COMPLAINT, submission=f"form {digit}"))
        for digit, case in enumerate(session.scalars(select(Case))):
            case.number = f"X{digit}"
    with on_each_database.database.reading() as session:
        drawn = {draw_number(session, "X", 1, Case.number) for _ in range(20)}
        of_either = {draw_number(session, "X", 1, Case.unit_code, Case.number) for _ in range(20)}

    assert drawn == of_either == {"X9"}
