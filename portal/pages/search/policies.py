"""Policies (政策清单): as people call them first, then those whose own text has the words."""

from __future__ import annotations

from portal.campaign.in_charge import InCharge
from portal.campaign.policy import Policy
from portal.foundation import clock
from portal.pages.policies import matching
from portal.pages.search.finding import Finding, Group, shown
from portal.pages.search.sought import Sought


def policies(sought: Sought) -> Group:
    """What fits, each with who is in charge (谁主管谁负责)."""
    fitting = matching(sought.typed, sought.found)
    fitting.sort(key=lambda one: not _is_named(one, sought))
    in_charge = InCharge(sought.found, clock.today())
    return Group(
        "policies",
        "补贴政策",
        "项",
        shown(fitting, lambda one: _finding(one, sought, in_charge)),
        len(fitting),
        (sought.links.policies(sought.typed), "补贴政策"),
    )


def _is_named(one: Policy, sought: Sought) -> bool:
    return sought.fits([one.name, *one.aliases])


def _text(one: Policy) -> str:
    fields = (one.eligibility, one.standard, one.payment, one.apply_at, one.materials)
    return "\n".join((*fields, one.legal_basis))


def _finding(one: Policy, sought: Sought, in_charge: InCharge) -> Finding:
    charges = in_charge.of(policy=one.code)
    units = list(dict.fromkeys(charge.unit.name for charge in charges))
    ended = one.ended_on is not None and one.ended_on < clock.today()
    return Finding(
        one.name,
        sought.links.policy(one.code),
        line=f"归{'、'.join(units or [sought.found.office.name])}管",
        line_href=sought.links.responsibilities(one.code),
        said="" if _is_named(one, sought) else sought.sentence(_text(one)),
        kind="已停止" if ended else "样例" if one.sample else "",
        tone="plain" if ended else "warn",
    )
