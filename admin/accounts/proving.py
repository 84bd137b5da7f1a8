"""Proving the second factor anew in a sign-in that is open: the code of now, used up like that of a
sign-in.

In two steps, as signing in: what is compared first holds no transaction open.
"""

from __future__ import annotations

from sqlalchemy.orm import Session

from admin.accounts import second_factor
from admin.accounts.credential import Credential
from admin.accounts.sessions import renew_session
from admin.accounts.sign_in import use_up
from portal.foundation import clock


def step_proved(session: Session, staff_id: int, code: str) -> int | None:
    """The step of a code that fits and wasn't used; None for any other."""
    credential = session.get_one(Credential, staff_id)
    if credential.totp_seed is None:
        return None
    seed = second_factor.open_seed(
        session, credential.totp_seed, purpose=second_factor.stored_for(staff_id)
    )
    step = second_factor.step_of(code, seed, at=clock.now())
    return (
        step
        if step is not None and second_factor.is_unused(step, credential.last_totp_step)
        else None
    )


def prove_again(
    session: Session, staff_id: int, token_hash: str, *, step: int, code: str
) -> str | None:
    """Use the code of a step up, and note the proof in a sign-in; returns the new token of that.

    None where the code was used, or the sign-in ended, since it was compared.
    """
    if not use_up(session, staff_id, step):
        return None
    return renew_session(session, staff_id, token_hash, code)
