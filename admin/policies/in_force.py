"""What was released for a later day comes into force on it, by the worker."""

from __future__ import annotations

from intake.cases.event import record
from portal.campaign.revision import new_book_revision
from portal.foundation.database import Database
from portal.published.policy_releasing import bring_into_force, is_due


def let_policies_hold(database: Database) -> int:
    """Let the policy list say what begins to hold today. Returns how many versions."""
    with database.reading() as session:
        if not is_due(session):
            return 0
    with database.writing() as session:
        versions = bring_into_force(session)
        for one in versions:
            record(session, "policy_in_force", policy=one.policy_code, version=one.number)
        if versions:
            new_book_revision(session)
        return len(versions)
