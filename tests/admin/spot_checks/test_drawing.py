"""Freezing and revealing: what was promised stands, what is published gives nobody away."""

from __future__ import annotations

from datetime import date

import pytest

from admin.ledger.problem import Source
from admin.ledger.refusals import StepNotAllowed
from admin.spot_checks import freezing, preparing
from admin.spot_checks.checked_unit import CheckedUnit
from admin.spot_checks.freezing import WrongNumber
from admin.spot_checks.reasons import Cause, Reason
from admin.spot_checks.revealing import NotWhatWasPromised
from admin.spot_checks.sealed_words import seal_seed
from portal.campaign.spot_check_rule import Risk, SpotCheckRule
from portal.foundation import clock
from portal.foundation.staff import Role
from tests.admin.conftest import NOON
from tests.admin.house import House
from tests.admin.spot_checks.rounds import drawn, frozen, known, plan, the_check
from tests.deployments import Deployment

SEED, OTHER_SEED = bytes(range(32)), bytes(32)
NOISE = [Reason("ST06", Cause.NIL, "零报送"), Reason("CM0101", Cause.PRESS, "报纸登了")]


def test_a_contradicted_unit_reads_like_one_that_the_office_chose(house_on_each: House) -> None:
    house = house_on_each
    contradicted = Reason("ST05", Cause.CONTRADICTED, "零报送，却有来件")
    chosen = Reason("ST05", Cause.OFFICE, "想看一看")
    records = [
        drawn(house, frozen(house, SEED, sources=known(*NOISE, contradicted))),
        drawn(house, frozen(house, SEED, sources=known(*NOISE), own=[chosen])),
        drawn(house, frozen(house, SEED, sources=known(*NOISE))),
    ]
    for record in records:
        del record["number"], record["sha256"]
    assert records[0] == records[1]
    assert records[0] != records[2]
    assert "ST05" in records[0]["drawn"]
    assert "来件" not in str(records[0])


def test_neither_seed_nor_frame_can_be_changed_after_the_promise(house: House) -> None:
    number = frozen(house, SEED)
    database = house.deployment.database
    with database.writing() as session:
        check = the_check(session, number)
        by = house.hand(session, "chen", check.version)
        with pytest.raises(StepNotAllowed):
            freezing.freeze(session, check, by=by, plan=plan(by.book, 40), seed=OTHER_SEED)
    with database.writing() as session:
        check = the_check(session, number)
        kept, check.seed = check.seed, seal_seed(session, check, OTHER_SEED)
    with pytest.raises(NotWhatWasPromised):
        drawn(house, number)
    with database.writing() as session:
        the_check(session, number).seed = kept
        unit = session.get_one(CheckedUnit, (the_check(session, number).id, "ST05"))
        unit.stratum = Risk.CERTAIN
    with pytest.raises(NotWhatWasPromised):
        drawn(house, number)
    with database.writing() as session:
        unit = session.get_one(CheckedUnit, (the_check(session, number).id, "ST05"))
        unit.stratum = Risk.OTHERS
    assert len(drawn(house, number)["drawn"]) == 37


def test_overdue_problems_make_measures_weak_but_not_those_of_accusations(house: House) -> None:
    for unit, said in (("ST05", {}), ("ST06", {"keep_from_unit": True, "accused": "民权街道"})):
        case = house.answered_case(**said)
        house.problem(case, unit=unit, source=Source.AUDIT, rectify_by=date(2022, 6, 5))
    with house.deployment.database.writing() as session:
        by = house.hand(session, "chen", 0)
        check = preparing.open_check(session, by=by)
        ready = preparing.prepared(session, check, by)
    assert {code for code, one in ready.strata.items() if one is Risk.WEAK} == {"ST05"}
    assert set(ready.strata.values()) == {Risk.WEAK, Risk.OTHERS}


def test_a_campaign_without_a_ratio_draws_as_many_as_its_office_asks(caidian: Deployment) -> None:
    with clock.stopped_at(NOON):
        house = House(caidian)
        for name in ("chen", "lu"):
            caidian.add_staff(name, ("BGS", Role.OFFICE), display=f"{name}同志")
        with caidian.database.reading() as session:
            assert SpotCheckRule.of(house.hand(session, "chen", 0).book.campaign).ratio is None
        for asked in (0, 10):
            with pytest.raises(WrongNumber):
                frozen(house, SEED, asked=asked)
        record = drawn(house, frozen(house, SEED, asked=2))
        assert (record["units"], len(record["drawn"]), record["ratio"]) == (9, 2, "")
        assert {one["chance"] for one in record["frame"]} == {"2/9"}
        assert "残疾人联合会" in caidian.citizen().get(f"/spot-checks/{record['number']}").text
