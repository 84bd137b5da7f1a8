"""Sample staff for a demonstration: enrolled at once, and the only ones whose codes are told."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.accounts import second_factor
from admin.accounts.add_staff import Posts, RealPerson, give_posts, new_staff
from admin.accounts.credential import Credential
from admin.accounts.sign_in import tidy_name
from portal.foundation import clock
from portal.foundation.staff import Staff


class NotASample(LookupError):
    """There is no such sample account: real people's codes are shown to nobody."""


def add_sample_staff(
    session: Session, *, name: str, display_name: str, posts: Posts, password_hash: str
) -> Staff:
    """An enrolled sample account. Hash the password with `password.hashed` before the write begins.

    Run again, it adds missing posts and sets the password anew; the seed stays.

    Raises:
        RealPerson: somebody real has this name.
    """
    staff = session.scalar(select(Staff).where(Staff.name == tidy_name(name)))
    if staff is None:
        staff = new_staff(session, name=name, display_name=display_name, sample=True)
    elif not staff.sample:
        raise RealPerson(staff.name)
    give_posts(session, staff, posts)
    credential = session.get_one(Credential, staff.id)
    credential.password_hash = password_hash
    if credential.totp_seed is None:
        credential.totp_seed = second_factor.seal_seed(
            session, second_factor.new_seed(), purpose=second_factor.stored_for(staff.id)
        )
    credential.changed_at = clock.now()
    session.flush()
    return staff


def sample_code(session: Session, name: str) -> str:
    """A code that signs this sample person in now: the current one, or the next if that was used.

    Raises:
        NotASample: nobody of that name, a real person, or one who isn't enrolled.
    """
    row = session.execute(
        select(Credential, Staff)
        .join(Staff, Staff.id == Credential.staff_id)
        .where(Staff.name == tidy_name(name), Staff.sample.is_(True), Staff.active.is_(True))
    ).first()
    if row is None or row[0].totp_seed is None:
        raise NotASample(name)
    credential: Credential = row[0]
    seed = second_factor.open_seed(
        session, row[0].totp_seed, purpose=second_factor.stored_for(credential.staff_id)
    )
    now = second_factor.step_at(clock.now())
    # Codes of the next step are already taken (phones run fast), and each step works once.
    step = now + 1 if credential.last_totp_step >= now else now
    return second_factor.code_of(seed, step)
