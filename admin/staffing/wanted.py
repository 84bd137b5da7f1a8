"""What a change says, sealed: what is wanted, for whom, who asked and who agreed."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace

from sqlalchemy.orm import Session

from admin.staffing.staff_change import How, StaffChange, What
from intake.vault.vault import DoesNotOpen, vault_of
from portal.foundation.staff import Role


@dataclass(frozen=True)
class Wanted:
    """What is wanted: for a person by his id, or for a new one by the name to sign in with and the
    name that colleagues read; a post is a unit's code and a role."""

    what: What
    how: How
    staff_id: int | None = None
    name: str = ""
    display_name: str = ""
    unit_code: str = ""
    role: Role | None = None


@dataclass(frozen=True)
class Said:
    """The same with who asked for it, when, and who agreed."""

    wanted: Wanted
    proposed_by: int
    proposed_at: str
    agreed_by: int | None = None


def seal(session: Session, change: StaffChange, said: Said) -> None:
    """Write it into the change."""
    text = json.dumps(asdict(said), ensure_ascii=False)
    change.sealed = vault_of(session).seal_under_master(text.encode(), change.context)


def sealed_now(session: Session, change: StaffChange, wanted: Wanted) -> None:
    """Write it into a change that is being made."""
    said = Said(wanted, change.proposed_by, change.proposed_at.isoformat())
    seal(session, change, said)


def agreed(session: Session, change: StaffChange, said: Said, *, by: int) -> None:
    """Write down who agreed, and whom it concerns by now."""
    wanted = replace(said.wanted, staff_id=change.staff_id)
    seal(session, change, replace(said, wanted=wanted, agreed_by=by))


def said_in(session: Session, change: StaffChange) -> Said | None:
    """What a change says; None where somebody without our key wrote or changed its row."""
    try:
        opened = vault_of(session).open_under_master(change.sealed, change.context)
    except DoesNotOpen:
        return None
    raw = json.loads(opened)
    inner = raw.pop("wanted")
    role = Role(inner.pop("role")) if inner["role"] else inner.pop("role")
    wanted = Wanted(what=What(inner.pop("what")), how=How(inner.pop("how")), role=role, **inner)
    said = Said(wanted, **raw)
    return said if _is_whole(change, said) else None


def _is_whole(change: StaffChange, said: Said) -> bool:
    agreed_by = change.decided_by if said.agreed_by is not None else None
    return (
        said.wanted.what is change.what
        and said.wanted.staff_id == change.staff_id
        and said.proposed_by == change.proposed_by
        and said.proposed_at == change.proposed_at.isoformat()
        and said.agreed_by == agreed_by
    )
