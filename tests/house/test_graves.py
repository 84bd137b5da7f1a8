"""Before every grave act the second factor is asked for once more."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from werkzeug.routing import AnyConverter, IntegerConverter, Rule

from admin.accounts.grave import GRAVE, is_grave
from admin.accounts.sessions import FRESH_FOR
from admin.assessments.pages import office_steps as assessment_steps
from admin.closing.pages import steps as closing_steps
from admin.desk.pages.acts import ACTS
from admin.ledger.pages.office_steps import OFFICE_STEPS
from admin.referrals.pages import step as referral_steps
from admin.spot_checks.pages import office_steps as check_steps
from portal.foundation import clock
from portal.foundation.staff import Role
from tests.deployments import Deployment
from tests.house.audiences import AUDIENCES, NOT_SIGNED_IN
from tests.house.graves import NOT_GRAVE

WHERE = "Say in admin/accounts/grave.py that it is grave, or in tests/house/graves.py that it isn't"


# The acts and steps whose page says before what they will do, by the address that takes them.
PAGES: Mapping[str, Mapping[str, Any]] = {
    "desk.do_act": ACTS,
    "referrals.take_step": referral_steps.STEPS,
    "closing.take_step": closing_steps.STEPS,
    "ledger.take_step": {step.name: step for step in OFFICE_STEPS},
    "assessments.take_office_step": assessment_steps.STEPS,
    "spot_checks.take_office_step": check_steps.STEPS,
}


def acts(deployment: Deployment) -> dict[str, list[Rule]]:
    """Each endpoint of the signed-in staff that is posted to, with its addresses."""
    found: dict[str, list[Rule]] = {}
    for rule in deployment.staff.url_map.iter_rules():
        if "POST" in (rule.methods or ()) and AUDIENCES[rule.endpoint] != NOT_SIGNED_IN:
            found.setdefault(rule.endpoint, []).append(rule)
    return found


def address(rules: list[Rule], step: str) -> str:
    """An address at which an endpoint takes a step; of things that needn't exist."""
    for rule in rules:
        parts = {name: _part(rule, name, step) for name in rule.arguments}
        built = rule.build(parts) if None not in parts.values() else None
        if built:
            return built[1]
    raise AssertionError(f"no address takes {step!r}")


def _part(rule: Rule, name: str, step: str) -> object:
    """What stands for a part of an address; None where it doesn't take the step."""
    takes = rule._converters[name]
    if isinstance(takes, IntegerConverter):
        return 1
    if isinstance(takes, AnyConverter):
        return step if step in takes.items else None if step else min(takes.items)
    return step if step and name in {"act", "slug", "step"} else "1"


def test_of_every_act_somebody_said_whether_it_is_grave(deployment: Deployment) -> None:
    there = acts(deployment).keys()
    assert there - GRAVE.keys() - NOT_GRAVE == set(), WHERE
    assert (GRAVE.keys() | NOT_GRAVE) - there == set(), "these are listed but nowhere to be found"
    assert GRAVE.keys() & NOT_GRAVE == set()


def test_every_grave_act_asks_for_a_fresh_proof_first(deployment: Deployment) -> None:
    deployment.add_staff("all", *(("MZ", role) for role in Role))
    begun = clock.now()
    with clock.stopped_at(begun):
        signed_in = deployment.officer("all")
        token = deployment.form_token(signed_in)
    # A browser whose owner types no code.
    plain = deployment.staff.test_client()
    cookie = signed_in.get_cookie("hh_staff")
    assert cookie is not None
    plain.set_cookie("hh_staff", cookie.value)
    with clock.stopped_at(begun + FRESH_FOR + timedelta(seconds=1)):
        for endpoint, rules in acts(deployment).items():
            for step in (GRAVE[endpoint] or {""}) if endpoint in GRAVE else ():
                answer = plain.post(address(rules, step), data=token)
                assert answer.status_code == 401, (endpoint, step)
                assert 'name="fresh_code"' in answer.text, (endpoint, step)


@pytest.mark.parametrize("endpoint", PAGES)
def test_a_grave_step_is_one_whose_page_warns(endpoint: str) -> None:
    steps, grave = PAGES[endpoint], GRAVE[endpoint]
    assert grave <= steps.keys()
    assert {slug for slug in grave if not steps[slug].warns} == set()


def test_other_steps_of_the_same_address_arent_grave() -> None:
    assert is_grave("ledger.take_step", {"number": "1", "step": "strike-off"})
    assert not is_grave("ledger.take_step", {"number": "1", "step": "reopen"})
    assert is_grave("desk.open_contact", {"number": "1"})
    assert not is_grave("desk.do_act", {"number": "1", "act": "note"})
    assert not is_grave("desk.do_act", {"number": "1", "act": "reply"})


@pytest.mark.parametrize("room", ["rights", "mistakes"])
def test_saying_that_words_accuse_nobody_lifts_a_protection(room: str) -> None:
    """As `lift-recusal` does: whom they accuse reads them then."""
    assert is_grave(f"{room}.give_to_office", {"number": "1"})
