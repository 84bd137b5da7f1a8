"""Ending everybody's sign-ins at once (ASVS 7.4.5): where nobody knows who has whose, all sign in
anew."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy.orm import Session

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
    on the command line. One-time links stay: each needs a word that somebody else was told."""
    end_everybody_s(session, but=form_key)
    record(session, "everybody_signed_out", by=by, why=why)
