"""The leading group's office in the midst of its work: something in each of its rooms."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from admin.figures.counting import count_milestones
from tests.admin.assessments import walk as assessments
from tests.admin.declarations import test_declarations as declarations
from tests.admin.house import House
from tests.admin.issued_rules import test_issued_rules as issued_rules
from tests.admin.returns import test_returns as returns
from tests.admin.rounds import test_rounds as rounds
from tests.admin.shirking import test_shirking as shirking
from tests.admin.spot_checks.rounds import Round, a_week_later
from tests.admin.spot_checks.test_spot_check import FINDING, VISITS, give, with_a_reason
from tests.admin.spot_checks.test_spot_check import HERE as CHECKED
from tests.admin.summaries import season
from tests.admin.summaries.season import day

LONG = "街道办事处惠民惠农财政补贴账号变更登记、核对和逐月公示的办法（试行）"

# Somebody, and a page that he sees.
Page = tuple[str, str]


def fill(house: House) -> list[Page]:
    """Let June and the first days of July of 2022 be worked through; returns the pages."""
    house.problem(house.answered_case(), rectify_by=date(2022, 6, 1))
    pages = [*_rounds(house), *_letters(house), *_assessment(house), *_spot_check(house)]
    with day(house, "06-16T10"):
        returns.finds(house)
        assert returns.fills(house).status_code == 303
        assert returns.signs(house) == 303
    pages += [*_summary(house), *_in_july(house)]
    count_milestones(house.deployment.database)
    return [
        *pages,
        ("chen", "/staff/office/plan"),
        ("chen", "/staff/office/brief"),
        ("chen", "/staff/annexes"),
        ("chen", "/staff/annexes/templates/problems"),
        ("chen", "/staff/returns"),
        ("chen", "/staff/returns/came"),
        ("chen", returns.OWN),
        ("jie", "/staff/returns"),
        ("jie", returns.OWN),
        ("jie", f"{returns.OWN}/fill"),
    ]


def _rounds(house: House) -> Iterator[Page]:
    at, order = rounds.ordered(house)
    yield "chen", "/staff/rounds"
    yield "chen", "/staff/rounds/new"
    yield "chen", at
    yield "chen", f"{at}/units/ST05/visit"
    yield "chen", f"{at}/units/MZ/finding"
    yield "lu", f"{at}/close"
    yield "min", order


def _letters(house: House) -> Iterator[Page]:
    at = shirking.drafted(house)
    yield "chen", "/staff/shirking"
    yield "chen", "/staff/shirking/MZ/problems-late"
    yield "chen", "/staff/letters"
    yield "chen", "/staff/letters/new/MZ"
    yield "lu", at


def _assessment(house: House) -> Iterator[Page]:
    at = assessments.given(house)
    first, second, *_ = (one for one in assessments.rows(house, at) if not one.is_reserve)
    assert assessments.says(house, at, first, q0="0", q1="0") == 303
    yield "chen", "/staff/assessments"
    yield "chen", "/staff/assessments/new"
    yield "chen", at
    yield "chen", f"{at}/lists"
    yield "chen", f"{at}/slips"
    yield "chen", f"{at}/interviewers"
    yield "tui", f"{at}/rows"
    yield "tui", f"{at}/rows/{second.unit_code}/{second.row_number}"


def _spot_check(house: House) -> Iterator[Page]:
    check: Round = with_a_reason(house)
    assert check.freeze().status_code == 303
    with a_week_later(house):
        assert check.reveal().status_code == 303
        assert give(house, check).status_code == 303
        assert (
            check.post("min", f"{CHECKED}/visits", **VISITS, note="五楼没开门").status_code == 303
        )
        assert check.post("tui", f"{CHECKED}/finding", **FINDING).status_code == 303
    at = "/staff/spot-checks"
    yield "chen", at
    yield "chen", f"{at}/1"
    yield "chen", f"{at}/1/teams"
    yield "min", f"{at}/1{CHECKED}"
    yield "min", f"{at}/1{CHECKED}/visits"


def _summary(house: House) -> Iterator[Page]:
    with day(house, "06-28T10"):
        season.hands_in(house)
        season.freezes(house)
        assert season.step(house, "lu", "approve").status_code == 303
        typed = {"title": "阶段性工作总结", "receiver": "区领导小组", "how": "exchange"}
        sent = house.post("chen", f"{season.WHOLE}/sent", sent_on="2022-06-28", **typed)
        assert sent.status_code == 303
    yield "chen", "/staff/summaries"
    yield "chen", season.STAGE
    yield "chen", season.WHOLE
    yield "chen", f"{season.WHOLE}/tables/unit"
    yield "chen", f"{season.WHOLE}/tables/type"
    yield "chen", season.PART
    yield "chen", f"{season.STAGE}/revisions/1"
    yield "chen", "/staff/reports"
    yield "min", "/staff/summaries"
    yield "tui", f"{season.STAGE}/parts/TY/fill"


def _in_july(house: House) -> Iterator[Page]:
    with day(house, "07-06T12"):
        declared = declarations.entered(house)
        rule = issued_rules.entered(house, title=LONG)
    for name, entry in ((declarations.LIST, declared), (issued_rules.LIST, str(rule))):
        yield "chen", name
        yield "jie", f"{name}/new"
        yield "jie", f"{name}/{entry}"
        yield "jie", f"{name}/{entry}/withdraw"
