"""What the monthly returns say for checking a unit, as somebody of the office may know it."""

from __future__ import annotations

from datetime import datetime

from admin.spot_checks.reasons import Cause
from admin.spot_checks.returned import returned
from portal.campaign.kinds import Kind
from portal.foundation import clock
from portal.foundation.staff import Role
from tests.admin.house import House
from tests.admin.returns.test_returns import day, fills, hands_in, signs


def causes(house: House, name: str) -> dict[str, set[Cause]]:
    """The causes by unit, for this person."""
    found: dict[str, set[Cause]] = {}
    with house.deployment.database.reading() as session:
        hand = house.hand(session, name, 0)
        for one in returned(session, hand.access, hand.book):
            found.setdefault(one.unit, set()).add(one.cause)
    return found


def test_what_was_returned_puts_a_unit_at_risk(house: House) -> None:
    house.deployment.add_staff("shuang", ("BGS", Role.OFFICE), ("ST05", Role.OFFICER))
    with day(house, "06-20T10"):
        assert causes(house, "chen") == {}
        # 380 of 400 households were visited: that is enough.
        hands_in(house)
        assert causes(house, "chen") == {"ST05": {Cause.NIL}}
        with clock.stopped_at(datetime.fromisoformat("2022-06-20T12:00:00+08:00")):
            words = "民意街道办事处的人把老人的高龄津贴扣下来分了，我亲眼看见的"
            house.case(kind=Kind.TIP_OFF, problem="3.3", words=words, accused="民意街道办事处")
        assert causes(house, "chen") == {"ST05": {Cause.NIL, Cause.CONTRADICTED}}
        # Who serves the accused unit as well isn't told.
        assert causes(house, "shuang") == {"ST05": {Cause.NIL}}


def test_few_visits_put_a_unit_at_risk(house: House) -> None:
    with day(house, "06-20T10"):
        typed = {"households_due": "400", "visited": "359", "not_reached": "41"}
        assert fills(house, nil="y", **typed).status_code == 303
        assert causes(house, "chen") == {}
        assert signs(house) == 303
        assert causes(house, "chen") == {"ST05": {Cause.NIL, Cause.COVERAGE}}
