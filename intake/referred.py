"""Which bodies a case was referred to, and read it here: only rows that the staff side signed
count."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.cases.case import Case
from intake.cases.referral import Referral
from intake.vault.vault import vault_of


@dataclass(frozen=True)
class Bodies:
    """Who reads what was referred to them, and which of those the writer's contact, too."""

    readers: frozenset[str] = frozenset()
    with_contact: frozenset[str] = frozenset()


def sign(session: Session, case: Case, referral: Referral) -> bytes:
    """The signature of a referral. Raises NoMasterKey where the public process asks."""
    return vault_of(session).sign(signed_part(case, referral))


def referrals_of(session: Session, case: Case) -> Sequence[Referral]:
    """The referrals of a case, the newest first."""
    wanted = select(Referral).where(Referral.case_id == case.id)
    return session.scalars(wanted.order_by(Referral.id.desc())).all()


def bodies_of(session: Session, case: Case) -> Bodies:
    """The bodies with an account here that have a case now."""
    if not case.referred:
        return Bodies()
    found = list(_signed(session, case))
    return Bodies(
        frozenset(one.unit_code for one in found),
        frozenset(one.unit_code for one in found if one.with_contact),
    )


def reader_of(session: Session, case: Case, referral: Referral) -> frozenset[str]:
    """The body that reads one referral here: itself, or nobody."""
    signed = {one.key for one in _signed(session, case)}
    return frozenset({referral.unit_code}) if referral.key in signed else frozenset()


def _signed(session: Session, case: Case) -> Iterator[Referral]:
    vault = vault_of(session)
    for one in referrals_of(session, case):
        if one.is_with_a_reader and vault.is_signed(signed_part(case, one), one.signature):
            yield one


def signed_part(case: Case, referral: Referral) -> bytes:
    """What is signed of a referral."""
    contact = "contact" if referral.with_contact else "words"
    return f"referral|{case.number}|{referral.key}|{referral.unit_code}|{contact}".encode()
