"""The proof that a grave act asks for, where the last one is too old: it comes as one more field of
the act's own form, so that the act goes on as it was sent."""

from __future__ import annotations

from datetime import timedelta

from flask import request
from sqlalchemy.orm import Session

from admin.accounts import passkeys, throttle
from admin.accounts.passkey_challenge import Purpose
from admin.accounts.passkey_proof import NotProven
from admin.accounts.proving import prove_again, step_proved
from admin.accounts.scripted import ANSWER_FIELD, KEY_FIELD, site_here
from admin.accounts.sessions import find_session, is_fresh, renew_session, was_pressed_twice
from admin.accounts.staff_session import StaffSession
from intake.cases.event import record
from portal.foundation import clock
from portal.foundation.database import reading, writing
from portal.foundation.staff import Staff

CODE_FIELD = "fresh_code"
# What a form carries for the proof, and no act reads.
PROOF_FIELDS = frozenset({CODE_FIELD, ANSWER_FIELD, KEY_FIELD})
_WRONG = "验证码不对，或者已经用过。每个验证码只能用一次，请等手机换了下一个再填（最多等30秒）"


class NotFresh(Exception):
    """The act needs a fresh proof of the second factor. `why` says what was wrong with the one that
    came; it is empty where none did."""

    def __init__(self, why: str = "", *, wait: int = 0) -> None:
        super().__init__(why)
        self.why = why
        self.wait = wait


def proved_now(
    staff: Staff, visit: StaffSession, *, within: timedelta
) -> tuple[str, StaffSession] | None:
    """Take the proof out of this request's form; returns the sign-in's new token and its row. None
    where the last proof is no older than `within`.

    Raises:
        NotFresh: there is no proof, or it doesn't do.
    """
    with reading() as session:
        if is_fresh(session, visit, at=clock.now(), within=within):
            return None
    code, answer = request.form.get(CODE_FIELD, ""), request.form.get(ANSWER_FIELD, "")
    if not code.strip() and not answer:
        raise NotFresh
    wait = throttle.seconds_to_wait(staff.name, throttle.inside(staff.id))
    if wait:
        raise NotFresh(f"试的次数太多了，请过{-(-wait // 60)}分钟再试", wait=wait)
    token = _by_passkey(staff, visit, answer) if answer else _by_code(staff, visit, code)
    if token is not None:
        return token, _row_of(token)
    _let_pressed_twice_pass(staff, visit, answer or code)
    return None


def _by_code(staff: Staff, visit: StaffSession, code: str) -> str | None:
    with reading() as session:
        step = step_proved(session, staff.id, code)
    if step is None:
        return None
    with writing() as session:
        token = prove_again(session, staff.id, visit.token_hash, step=step, code=code)
        return _noted(session, staff, token, way="code")


def _by_passkey(staff: Staff, visit: StaffSession, answer: str) -> str | None:
    site = site_here()
    if site is None:
        return None
    try:
        with writing() as session:
            asked = passkeys.use_up(session, request.form.get(KEY_FIELD, ""), Purpose.PROVE)
        if asked.staff_id != staff.id:
            return None
        with reading() as session:
            signed = passkeys.signed_by(session, site, asked, answer)
        with writing() as session:
            passkeys.note_use(session, *signed)
            token = renew_session(session, staff.id, visit.token_hash, answer)
            return _noted(session, staff, token, way="passkey")
    except NotProven:
        return None


def _noted(session: Session, staff: Staff, token: str | None, *, way: str) -> str | None:
    if token is not None:
        record(session, "proved_again", by=staff.id, way=way)
    return token


def _let_pressed_twice_pass(staff: Staff, visit: StaffSession, proof: str) -> None:
    """A code that doesn't fit any more since the same button was pressed twice does no harm: the
    first of the two has proved it. Whoever has no more than the former token doesn't know it."""
    with reading() as session:
        found = session.get(StaffSession, visit.token_hash)
        if found is not None and was_pressed_twice(session, found, proof):
            return
    way = "passkey" if request.form.get(ANSWER_FIELD) else "code"
    throttle.count_failure(staff.name, throttle.inside(staff.id), way=way)
    raise NotFresh(_WRONG)


def _row_of(token: str) -> StaffSession:
    with reading() as session:
        return _found(session, token)


def _found(session: Session, token: str) -> StaffSession:
    found = find_session(session, token)
    if found is None:
        # It ended in the moment since.
        raise NotFresh
    return found[0]
