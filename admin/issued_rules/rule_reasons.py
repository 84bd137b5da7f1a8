"""Why an entry was corrected or withdrawn, sealed for its unit and the office."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.issued_rules.issued_rule import IssuedRule, IssuedRuleVersion
from intake.vault.compartment import Compartment, new_compartment, open_compartment

_NAME = "issued-rule"
WITHDRAWN = "withdrawn"


def seal_reason(session: Session, rule: IssuedRule, reason: str, column: str, office: str) -> bytes:
    """Seal a reason; `column` says of what. The box is made with the first."""
    box = _box(session, rule) or new_compartment(
        session, label=rule.label, name=_NAME, holders=frozenset({office, rule.unit_code})
    )
    return box.seal(reason, column)


def reasons_of(
    session: Session, rule: IssuedRule, versions: list[IssuedRuleVersion], units: frozenset[str]
) -> dict[str, str]:
    """Every reason of an entry by its column, opened as one of some units; none where there is
    none.

    Raises:
        NotAHolder: they aren't theirs to read.
    """
    sealed = {of_version(one.version): one.reason for one in versions if one.reason}
    if rule.reason:
        sealed[WITHDRAWN] = rule.reason
    box = _box(session, rule)
    if box is None or not sealed:
        return {}
    pair = open_compartment(session, box, units)
    return {column: box.open(pair, blob, column) for column, blob in sealed.items()}


def of_version(version: int) -> str:
    """The column of the reason for a version."""
    return f"version-{version}"


def _box(session: Session, rule: IssuedRule) -> Compartment | None:
    wanted = select(Compartment).where(Compartment.label == rule.label, Compartment.name == _NAME)
    return session.scalars(wanted).first()
