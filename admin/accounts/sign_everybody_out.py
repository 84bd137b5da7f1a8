"""Ending everybody's sign-ins at once (ASVS 7.4.5): where nobody knows who has whose, all sign in
anew."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.accounts.credential import Credential
from admin.accounts.sessions import end_everybody_s
from intake.cases.event import record


class Why(StrEnum):
    """Why. An event holds no words, so the reasons are a list."""

    INTRUSION = "intrusion"
    LEAK = "leak"
    MACHINE = "machine"
    DRILL = "drill"

    @property
    def official(self) -> str:
        """The reason in words."""
        return _REASONS[self]


_REASONS = {
    Why.INTRUSION: "怀疑有人进了别人的账号，或者进了机器",
    Why.LEAK: "备份、钥匙或者电脑丢了，里面的东西可能被人拿到",
    Why.MACHINE: "换了机器，或者从备份恢复过",
    Why.DRILL: "演练",
}


def sign_everybody_out(
    session: Session, why: Why, *, by: int | None = None, form_key: str | None = None
) -> None:
    """End every sign-in but the one whose forms have this key: that of who does it. `by` is None
    on the command line. One-time links that need a word stay, since somebody else was told it;
    those of the command line, with which whoever holds one signs in, are good for nothing more."""
    end_everybody_s(session, but=form_key)
    bare = select(Credential).where(
        Credential.enrolment_hash.is_not(None), Credential.enrolment_word.is_(None)
    )
    for one in session.scalars(bare):
        one.close_enrolment()
    record(session, "everybody_signed_out", by=by, why=why)
