"""Who helps with a case: only rows that the staff side signed count."""

from __future__ import annotations

from sqlalchemy import bindparam, or_, select
from sqlalchemy.orm import Session

from intake.cases.assistance import Assistance, AssistanceEnd
from intake.cases.case import Case
from intake.vault.vault import vault_of

# Put together once: every act and every page of a case asks it.
_HELPING = select(Assistance.unit_code, Assistance.signature).where(
    Assistance.case_id == bindparam("case_id"),
    or_(Assistance.end.is_(None), Assistance.end == AssistanceEnd.ANSWERED),
)


def sign(session: Session, case: Case, unit_code: str) -> bytes:
    """The signature of an assistance. Raises NoMasterKey where the public process asks."""
    return vault_of(session).sign(signed_part(case, unit_code))


def assisting_units(session: Session, case: Case) -> frozenset[str]:
    """The units that help with a case, or did and may still read what became of it."""
    rows = session.execute(_HELPING, {"case_id": case.id})
    vault = vault_of(session)
    return frozenset(
        unit for unit, signature in rows if vault.is_signed(signed_part(case, unit), signature)
    )


def signed_part(case: Case, unit_code: str) -> bytes:
    """What is signed of an assistance."""
    return f"assistance|{case.number}|{unit_code}".encode()
