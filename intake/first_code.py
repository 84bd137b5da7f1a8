"""Handing out a first code (打回执): whose words another body sent gets none by himself; a member
of staff prints him one, good to be changed and for nothing else.

It takes the place of the code that nobody ever saw, or of one that was printed before. Once its
reporter has changed it, nobody prints another.
"""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.cases.case import Case
from intake.cases.event import record
from intake.cases.receipt import Receipt
from intake.family import of_one_message
from intake.vault.compartment import Compartment, give_reporter
from intake.vault.holders import OF_REPORTER, REPORTER
from intake.vault.query_codes import code_digest, reporter_keys
from intake.vault.vault import vault_of


class CodeIsHisOwn(Exception):
    """The reporter has changed the code; nobody else makes him another."""


def hand_out_code(session: Session, case: Case, submission: str, *, by: int) -> str:
    """The first code of a case that came as an order; the same form, pressed again, gives the same.

    It needs the master key: the case's boxes that are the reporter's are opened for whoever holds
    them now, and nobody reads anything.

    Raises:
        CodeIsHisOwn: see there.
    """
    receipt = session.get_one(Receipt, case.id, with_for_update=True)
    if not receipt.is_one_time:
        raise CodeIsHisOwn(case.number)
    vault, asked = vault_of(session), (f"hand-out|{submission}", case.number.encode())
    before = vault.code_given(receipt.code_digest, *asked)
    if before is not None:
        return before
    code = vault.query_code(*asked)
    receipt.code_digest = receipt.first_digest = code_digest(code)
    receipt.public_key = reporter_keys(code).public
    of_one_receipt = select(Case).where(of_one_message(case)).order_by(Case.id)
    for one in session.scalars(of_one_receipt.with_for_update()):
        _give_boxes(session, one, receipt.public_key)
    record(session, "receipt_handed_out", case_id=case.id, by=by)
    session.flush()
    return code


def _give_boxes(session: Session, case: Case, public_key: bytes) -> None:
    # The public process may add a reporter's wrap to any other.
    his = Compartment.name.in_(OF_REPORTER)
    for box in session.scalars(select(Compartment).where(Compartment.label == case.label, his)):
        units = frozenset(key.holder for key in box.keys) - {REPORTER}
        give_reporter(session, box, units, public_key)
