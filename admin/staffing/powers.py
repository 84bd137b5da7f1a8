"""What somebody's posts let him do to accounts. A role counts where it belongs alone: of discipline
inspection in its own unit, the head's in the office; elsewhere it gives nothing here."""

from __future__ import annotations

from portal.campaign.campaign import Campaign
from portal.foundation.staff import Role, Staff


def oversees(staff: Staff, campaign: Campaign) -> bool:
    """Whether somebody looks after accounts: an administrator or the head of the office."""
    return staff.holds(Role.SYSTEM_ADMIN) or campaign.office_code in staff.units_as(
        Role.OFFICE_HEAD
    )


def is_of_discipline(staff: Staff, campaign: Campaign) -> bool:
    """Whether somebody is of discipline inspection."""
    return campaign.discipline_code in staff.units_as(Role.DISCIPLINE)
