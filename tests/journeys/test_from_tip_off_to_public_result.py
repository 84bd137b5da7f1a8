"""The whole line, from a citizen's first sentence to what stands on the public site, as people walk
it: in a browser without JavaScript and by text message, in both campaigns and, from a tip-off to
its result, in an invented one.

Begin reading here. Who the people are is in `people.py` and `officer.py`; where they meet, in
`town.py` and `conftest.py`; what every page on their way has to pass, in `inspector.py`.
"""

from __future__ import annotations

import pytest

from tests.journeys.people import DETAIL, Receipt
from tests.journeys.town import TOWNS, Town

REPLY = "我们逐户核对过了，少发的都已经补到本人手里。"
FINDING = "核对发放表，有三户的钱没有全部到本人手里。"
SOMEBODYS_TELEPHONE = "13900999001"

_BOTH = ("jianghan", "caidian")
# The third shows in the first story that a campaign is nothing but data.
in_both_campaigns = pytest.mark.parametrize(
    "running_town", [TOWNS[name] for name in _BOTH], ids=_BOTH, indirect=True
)
by_web_and_by_text = pytest.mark.parametrize("way", ["web", "text"])


def test_a_tip_off_becomes_a_public_result(town: Town) -> None:
    accused = town.officer_of(town.street)
    desk_before = accused.sees()
    receipt = a_tip_off(town, "web")
    is_answered(town, receipt)

    # The street that is accused puts things right, and learns nothing of the case.
    problem = town.office().opens_problem(receipt, town.street, town.problem(accuses=True), FINDING)
    accused.records_measure(problem, "逐户核对，把少的补齐。", "补发表，三户都签了收。")
    assert receipt.number not in accused.text
    town.head_of(town.street).reports_rectified(problem, "已经全部补齐，以后每月张榜。")
    town.office_head().strikes_off(problem, "补发表和签收都看过了，同意。")
    assert accused.sees() == desk_before
    accused.cannot_open(receipt)

    a_result_is_published(town, problem)

    # It stands on the site with nothing of the reporter in it; who holds the receipt sees the way.
    reader = town.citizen()
    reader.opens_the_site()
    town.picture(reader.page, "home.png")
    reader.open("/results")
    reader.follow(FINDING)
    assert all(private not in reader.text for private in {*town.secrets, receipt.number})
    holder = town.citizen()
    holder.looks_up(receipt)
    assert REPLY in holder.text
    assert town.units_named_in(holder.text) <= {town.street.name}
    holder.follow("看整改结果")
    assert FINDING in holder.text


@in_both_campaigns
def test_a_tip_off_by_text_is_answered(town: Town) -> None:
    accused = town.officer_of(town.street)
    desk_before = accused.sees()
    receipt = a_tip_off(town, "text")
    is_answered(town, receipt)
    assert accused.sees() == desk_before
    accused.cannot_open(receipt)

    # He reads by text that there is an answer, and the answer on the site.
    told = town.texter().texts(f"查{receipt.code}")
    assert "请看答复" in told
    assert town.units_named_in(told) == set()
    holder = town.citizen()
    holder.looks_up(receipt)
    assert REPLY in holder.text
    # Only his own words name anybody.
    assert town.units_named_in(holder.text) == {town.street.name}


@in_both_campaigns
@by_web_and_by_text
def test_a_complaint_reaches_the_unit_in_charge_and_is_answered(town: Town, way: str) -> None:
    receipt = a_complaint(town, way)
    officer, head = town.officer_of(town.unit), town.head_of(town.unit)
    officer.finds(receipt, "待签收")
    assert DETAIL in officer.text
    officer.does(receipt, "签收")
    officer.does(receipt, "受理")
    officer.opens(receipt)
    town.picture(officer.page, "case.png")

    # He who drafts an answer doesn't release it.
    officer.drafts(receipt, REPLY)
    officer.opens(receipt)
    assert not officer.is_offered("审签并发出答复")
    citizen = town.citizen()
    citizen.looks_up(receipt)
    assert REPLY not in citizen.text
    head.releases(receipt, REPLY)
    officer.does(receipt, "办结")
    citizen.looks_up(receipt)
    assert REPLY in citizen.text
    assert town.unit.name in citizen.text


@in_both_campaigns
def test_a_returned_case_goes_to_another_unit_and_leaves_the_first(town: Town) -> None:
    receipt = a_complaint(town, "web")
    first, second = town.officer_of(town.unit), town.officer_of(town.other_unit)
    first.finds(receipt, "待签收")
    first.does(receipt, "签收")
    second.cannot_open(receipt)
    first.returns(receipt, "发放由另一家管，我们没有这笔钱的账。")

    town.office().finds(receipt, "待分派")
    assert "我们没有这笔钱的账" in town.office().text
    town.office().assigns(receipt, town.other_unit)
    first.cannot_open(receipt)
    second.finds(receipt, "待签收")
    assert DETAIL in second.text


@in_both_campaigns
def test_what_no_rule_decides_waits_for_the_office(town: Town) -> None:
    asker = town.citizen()
    asker.opens_the_site()
    asker.begins("consultation")
    asker.write(发生了什么事=f"有件事说不清，想当面讲一讲，{DETAIL}。")
    asker.press("先看一遍")
    assert town.book.office.name in asker.text
    receipt = asker.sends()

    town.officer_of(town.unit).cannot_open(receipt)
    town.office().finds(receipt, "待分派")
    town.office().assigns(receipt, town.unit)
    town.officer_of(town.unit).finds(receipt, "待签收")


@in_both_campaigns
def test_who_accuses_the_offices_own_bureau_is_heard_elsewhere(town: Town) -> None:
    watched = (town.office(), town.office_head(), town.officer_of(town.bureau))
    before = [one.sees() for one in watched]
    citizen = town.citizen()
    citizen.begins("tip-off")
    citizen.write(涉及谁=town.bureau.name, 发生了什么事=f"有人截留了大家的钱，{DETAIL}。")
    receipt = citizen.sends()

    assert [one.sees() for one in watched] == before
    for one in watched:
        one.cannot_open(receipt)
    town.discipline().finds(receipt, "待签收")
    assert DETAIL in town.discipline().text


@in_both_campaigns
def test_a_reporter_withdraws(town: Town) -> None:
    receipt = a_complaint(town, "web")
    citizen = town.citizen()
    citizen.looks_up(receipt)
    citizen.withdraws()
    town.officer_of(town.unit).opens(receipt)
    assert "已撤回" in town.officer_of(town.unit).text


@in_both_campaigns
def test_the_commands_of_the_text_line(town: Town) -> None:
    texter = town.texter()
    receipt, _ = texter.reports(f"我家的{town.policy.name}没有到账，{DETAIL}。")
    assert receipt.number in texter.texts(f"查{receipt.code}")
    assert receipt.number in texter.texts(f"补 {receipt.code} 邻居家也一样。")
    town.officer_of(town.unit).opens(receipt)
    assert "邻居家也一样。" in town.officer_of(town.unit).text
    assert town.book.campaign.hotline in texter.texts("帮助")
    assert "不再给您发通知" in texter.texts("退订")
    assert receipt.number in texter.texts(f"查{receipt.code}")


def a_tip_off(town: Town, way: str) -> Receipt:
    """Somebody accuses the street of keeping part of a subsidy; nobody is told who handles it."""
    if way == "text":
        texter = town.texter()
        receipt, answer = texter.reports(
            f"举报{town.street.name}扣了我的{town.policy.name}，{DETAIL}。"
        )
        assert receipt.due
        assert town.units_named_in(answer) == set()
        assert receipt.number in texter.texts(f"补{receipt.code} 还有一户也是这样。")
        return receipt
    citizen = town.citizen()
    citizen.opens_the_site()
    citizen.reads_the_policy(town.policy, town.unit)
    citizen.begins("tip-off", town.policy)
    citizen.says_what_and_where(town.problem(accuses=True), town.street)
    citizen.write(涉及谁=town.street.name, 发生了什么事=f"发钱的人少给了一半，{DETAIL}。")
    citizen.leaves_his_name()
    citizen.press("先看一遍")
    assert town.units_named_in(citizen.text) == {town.street.name}
    receipt = citizen.sends()
    assert town.units_named_in(citizen.text) == set()
    citizen.looks_up(receipt)
    citizen.adds("还有一户也是这样。")
    return receipt


def is_answered(town: Town, receipt: Receipt) -> None:
    """The office looks at a tip-off first, and the responsible unit handles it."""
    officer, head = town.officer_of(town.unit), town.head_of(town.unit)
    town.office().does(receipt, "看过了")
    officer.finds(receipt, "待签收")
    assert DETAIL in officer.text
    for verb in ("签收", "受理"):
        officer.does(receipt, verb)
    officer.drafts(receipt, REPLY)
    head.signs(receipt, REPLY)
    town.office().releases(receipt, REPLY, verb="审核并发出答复")


def a_complaint(town: Town, way: str) -> Receipt:
    """Somebody complains about a subsidy; he is told who handles it, and by when."""
    if way == "text":
        receipt, answer = town.texter().reports(f"我家的{town.policy.name}没有到账，{DETAIL}。")
        assert town.unit.name in answer
        assert receipt.due
        return receipt
    citizen = town.citizen()
    citizen.opens_the_site()
    citizen.reads_the_policy(town.policy, town.unit)
    citizen.follow("反映这项补贴")
    citizen.says_what_and_where(town.problem(accuses=False), town.street)
    citizen.write(发生了什么事=f"三个月没有看到钱，问了都说再等等。{DETAIL}问过一次。")
    citizen.leaves_his_name()
    citizen.press("先看一遍")
    assert town.unit.name in citizen.text
    shown = citizen.text
    receipt = citizen.sends()
    assert receipt.due in shown
    assert town.unit.name in citizen.text
    return receipt


def a_result_is_published(town: Town, problem: str) -> None:
    """A telephone that got into the draft is found; it goes out mended, and by a second person."""
    drafter, reader = town.publisher(1), town.publisher(2)
    town.secrets.add(SOMEBODYS_TELEPHONE)
    drafter.drafts_result(
        problem,
        summary=f"{FINDING}可以问{SOMEBODYS_TELEPHONE}。",
        measures="把少的补齐，每月张榜。",
        progress="三户都补齐了。",
    )
    assert "手机号码" in drafter.text
    reader.open(drafter.page.url)
    assert not reader.is_offered("我读过了，发布")
    drafter.mends_result(summary=FINDING)
    assert not drafter.is_offered("我读过了，发布")
    reader.releases_result(problem)
