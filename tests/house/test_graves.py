"""Before every grave act the second factor is asked for once more."""

from __future__ import annotations

import re
from datetime import timedelta

from admin.accounts.grave import GRAVE, is_grave
from admin.accounts.sessions import FRESH_FOR
from portal.foundation import clock
from portal.foundation.staff import Role
from tests.deployments import Deployment
from tests.house.audiences import AUDIENCES, NOT_SIGNED_IN
from tests.house.graves import NOT_GRAVE

WHERE = "Say in admin/accounts/grave.py that it is grave, or in tests/house/graves.py that it isn't"


def acts(deployment: Deployment) -> dict[str, str]:
    """Each endpoint of the signed-in staff that is posted to, with its address."""
    return {
        rule.endpoint: str(rule)
        for rule in deployment.staff.url_map.iter_rules()
        if "POST" in (rule.methods or ()) and AUDIENCES[rule.endpoint] != NOT_SIGNED_IN
    }


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
        for endpoint, path in acts(deployment).items():
            for step in (GRAVE[endpoint] or {"1"}) if endpoint in GRAVE else ():
                where = re.sub(r"<any\([^>]*>|<(?:act|slug|step)>", step, path)
                answer = plain.post(re.sub(r"<[^>]*>", "1", where), data=token)
                assert answer.status_code == 401, (endpoint, step)
                assert 'name="fresh_code"' in answer.text, (endpoint, step)


def test_other_steps_of_the_same_address_arent_grave() -> None:
    assert is_grave("ledger.take_step", {"number": "1", "step": "strike-off"})
    assert not is_grave("ledger.take_step", {"number": "1", "step": "reopen"})
    assert is_grave("desk.open_contact", {"number": "1"})
    assert not is_grave("desk.do_act", {"number": "1", "act": "note"})
