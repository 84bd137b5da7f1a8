"""Changing a query code (换查询码): the reporter's act on the code that a member of staff saw when
he wrote a case down.

The new code follows from the old one and the form that asked for it: it is shown before anything is
changed, and the same form, pressed again, shows the same one. Until he has it the old code is good;
once it is changed the old one finds and reads nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.cases.case import Case
from intake.cases.event import record
from intake.cases.receipt import Receipt
from intake.progress import Found, UnknownCode, look_up
from intake.vault.compartment import Compartment, hand_to_reporter
from intake.vault.query_codes import code_digest, read_code, reporter_keys
from intake.vault.sealing import KeyPair
from intake.vault.vault import vault_of


@dataclass(frozen=True)
class NextCode:
    """A code that may take another one's place, and the id of the key that made it. The form that
    shows the code carries the id, so that what its reader wrote down is what he gets, though the
    key be turned meanwhile."""

    code: str
    made_by: str


def next_code(session: Session, typed: str, submission: str, *, shown: str = "") -> NextCode:
    """The code that takes the place of the typed one, if this form asks for it: by the key that
    made the one that was `shown`, or by the newest. Whoever saw the old code can't tell it: the
    intake key goes into it."""
    old = code_digest(read_code(typed))
    codes = vault_of(session).query_codes(f"code-change|{submission}", old)
    made_by = shown if shown in codes else next(iter(codes))
    return NextCode(codes[made_by], made_by)


def change_code(session: Session, typed: str, new: str) -> Found:
    """Let the new code take the typed one's place, for the case and all its parts; done before by
    the same form, it changes nothing.

    Raises:
        UnknownCode: neither the typed code nor the new one is any case's.
    """
    try:
        found = look_up(session, typed, to_change=True, one_time=True)
    except UnknownCode:
        return look_up(session, new)
    if not found.one_time:
        return found
    receipt = session.get_one(Receipt, found.case.id)
    keys = reporter_keys(new)
    receipt.code_digest, receipt.public_key = code_digest(new), keys.public
    receipt.phone_mark = None
    for case in found.all:
        _hand_over(session, case, found.reporter, keys)
    record(session, "code_changed", case_id=found.case.id)
    session.flush()
    return replace(found, reporter=keys, one_time=False)


def _hand_over(session: Session, case: Case, old: KeyPair, new: KeyPair) -> None:
    for box in session.scalars(select(Compartment).where(Compartment.label == case.label)):
        hand_to_reporter(box, old, new.public)
