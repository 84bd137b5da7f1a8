"""Each of the five kinds from registration to closing, in a browser and on chosen days: the dates
that people read were counted by hand from the law's text and the published days off.

2022: Spring Festival 31 January to 6 February, working on 29 and 30 January; Tomb Sweeping Day 3 to
5 April, working on 2 April; Dragon Boat Festival 3 to 5 June. 2026: Spring Festival 15 to 23
February, working on 14 and 28 February. Of 2027 nobody knows yet.
"""

from __future__ import annotations

from tests.journeys.officer import Officer
from tests.journeys.people import DETAIL, NAME, TELEPHONE, Citizen, Receipt
from tests.journeys.still_town import StillTown

REPLY = "我们查了账，少发的三个月已经补到您的卡上。"


def test_a_consultation_over_spring_festival_2026(still_town: StillTown) -> None:
    town = still_town
    with town.on("2026-02-13"):
        receipt = writes(town, "consultation", f"这项补贴怎么申请？{DETAIL}。")
        begins(town, receipt)
        # 14, 24, 25, 26, 27: the 14th is a Saturday on which people work.
        reads(town.officer_of(town.unit), receipt, "2月27日")
    with town.on("2026-02-14"):
        acts(
            town.officer_of(town.unit), receipt, "问来件人", "发给来件人", 要问的事="办过残疾证吗？"
        )
    with town.on("2026-02-25"):
        holder = holds(town, receipt)
        assert "办过残疾证吗？" in holder.text
        holder.adds("去年办的。")
        # 14; the days of waiting, 24 and 25, don't count; 26, 27, 28, 2 March: the 28th is a
        # Saturday on which people work.
        reads(town.officer_of(town.unit), receipt, "3月2日")
    with town.on("2026-02-26"):
        answered(town, receipt)
        assert REPLY in holds(town, receipt).text


def test_a_complaint_that_three_units_turned_down_over_spring_festival_2022(
    still_town: StillTown,
) -> None:
    town = still_town
    with town.on("2022-01-28"):
        receipt = writes(town, "complaint", f"三个月没有看到钱。{DETAIL}。")
        # Nobody is in charge yet on that day: the plan came in May.
        town.office().assigns(receipt, town.unit)
        town.officer_of(town.unit).does(receipt, "签收")
        # 29, 30 January, 7 to 11, 14 to 18, 21 to 23 February.
        reads(town.officer_of(town.unit), receipt, "2月23日")
    turned_down_three_times(town, receipt)
    with town.on("2022-02-23"):
        extended(town, receipt, "10", "要等银行调流水。")
        # 24, 25, 28 February, 1 to 4, 7 to 9 March.
        reads(town.officer_of(town.unit), receipt, "3月9日")
        assert "要等银行调流水。" in holds(town, receipt).text
    with town.on("2022-03-08"):
        answered(town, receipt)
    with town.on("2022-03-22"):
        holder = holds(town, receipt)
        holder.objects("流水上就是没有三月的。")
        # 23 to 25, 28 March to 1 April, 2 April, a Saturday on which people work, and 6 April.
        town.works()
        reads(town.office(), receipt, "4月6日")
        town.officer_of(town.unit).cannot_open(receipt)
        town.office().assigns(receipt, town.unit)
    with town.on("2022-04-02"):
        begins(town, receipt, town.colleague())
        answered(town, receipt, town.colleague())
        assert "办完了" in holds(town, receipt).text


def test_a_petition_at_new_year_2027_whose_unit_is_accused_on_the_way(
    still_town: StillTown,
) -> None:
    town = still_town
    with town.on("2026-12-30"):
        receipt = writes(town, "petition", f"请求补发三个月的钱。{DETAIL}。")
        town.officer_of(town.unit).does(receipt, "签收")
        # The fifteen days of article 23: the year to come is no hindrance to calendar days.
        reads(town.officer_of(town.unit), receipt, "1月14日")
    with town.on("2027-01-04"):
        acts(town.officer_of(town.unit), receipt, "受理信访", "受理")
        # Sixty days from 4 January.
        reads(town.officer_of(town.unit), receipt, "3月5日")
    with town.on("2027-01-20"):
        accuse(town, receipt)
        town.officer_of(town.unit).cannot_open(receipt)
        town.office().assigns(receipt, town.other_unit)
        # Nobody knows yet whether the 21st is a working day.
        reads(town.office(), receipt, "1月21日")
        assert "暂定" in town.office().text
    with town.on("2027-01-21"):
        officer = town.officer_of(town.other_unit)
        officer.does(receipt, "签收")
        acts(officer, receipt, "受理信访", "受理")
        # What was promised before still holds.
        reads(officer, receipt, "3月5日")
    with town.on("2027-03-01"):
        extended(town, receipt, "30", "还要到户核对。", unit_accused=True)
        reads(town.officer_of(town.other_unit), receipt, "4月4日")
    with town.on("2027-03-30"):
        formally_answered(town, receipt)
    with town.on("2027-04-28"):
        # Thirty days from delivery to ask for a review, thirty to answer.
        holder = holds(town, receipt)
        holder.objects("处理意见没有说为什么。", "请求复查")
        town.works()
        town.officer_of(town.other_unit).cannot_open(receipt)
        reads(town.office(), receipt, "5月28日")


def test_a_disclosure_request_that_was_corrected_and_asked_of_a_third_party(
    still_town: StillTown,
) -> None:
    town = still_town
    with town.on("2022-06-01"):
        receipt = writes(town, "disclosure-request", f"申请公开发放的户数。{DETAIL}。")
        town.officer_of(town.unit).does(receipt, "签收")
    with town.on("2022-06-02"):
        officer = town.officer_of(town.unit)
        officer.does(receipt, "确认收到")
        # 6 to 10, 13 to 17, 20 to 24, 27 June to 1 July.
        reads(officer, receipt, "7月1日")
    with town.on("2022-06-08"):
        acts(
            town.officer_of(town.unit),
            receipt,
            "告知补正",
            "告知申请人",
            要补正什么="请写明是哪一年。",
            最晚哪天补正="2022-06-23",
        )
    with town.on("2022-06-10"):
        holder = holds(town, receipt)
        assert "请写明是哪一年。" in holder.text
        holder.adds("是2021年。")
        officer = town.officer_of(town.unit)
        officer.does(receipt, "受理")
        # 13 to 17, 20 to 24, 27 June to 1 July, 4 to 8 July.
        reads(officer, receipt, "7月8日")
    with town.on("2022-06-20"):
        acts(town.officer_of(town.unit), receipt, "征求第三方意见", "记下", 哪一天="2022-06-20")
    with town.on("2022-06-24"):
        acts(town.officer_of(town.unit), receipt, "第三方回了意见", "记下", 哪一天="2022-06-24")
        # Four working days weren't counted: 11 to 14 July.
        reads(town.officer_of(town.unit), receipt, "7月14日")
    with town.on("2022-07-13"):
        extended(town, receipt, "20", "信息在三家单位，要逐一核对。")
        # 15, 18 to 22, 25 to 29 July, 1 to 5, 8 to 11 August.
        reads(town.officer_of(town.unit), receipt, "8月11日")
    with town.on("2022-08-10"):
        officer = town.officer_of(town.unit)
        issued(receipt, "信息公开答复书", officer, town.head_of(town.unit))
        answered(town, receipt)
        assert REPLY in holds(town, receipt).text


def test_a_tip_off_over_dragon_boat_festival_whose_unit_is_accused_on_the_way(
    still_town: StillTown,
) -> None:
    town = still_town
    with town.on("2022-06-01"):
        receipt = writes(town, "tip-off", f"有人少给了一半。{DETAIL}。")
        town.office().does(receipt, "看过了")
        town.officer_of(town.unit).does(receipt, "签收")
        # 2, 6 to 10, 13 to 17, 20 to 23 June: whether it is taken on.
        reads(town.officer_of(town.unit), receipt, "6月23日")
        town.officer_of(town.unit).does(receipt, "受理")
        # 2, 6 to 10, 13 to 17, 20 to 24, 27 June to 1 July, 4 to 8, 11 to 14 July.
        reads(town.officer_of(town.unit), receipt, "7月14日")
    with town.on("2022-06-13"):
        holds(town, receipt).adds(f"我举报{town.unit.name}的人收红包，贪污补贴的钱。")
        town.officer_of(town.unit).cannot_open(receipt)
        town.works()
        reads(town.office(), receipt, "7月14日")
        town.office().assigns(receipt, town.other_unit)
    with town.on("2022-06-14"):
        officer = town.officer_of(town.other_unit)
        begins(town, receipt, officer)
        officer.drafts(receipt, REPLY)
        town.head_of(town.other_unit).signs(receipt, REPLY)
    with town.on("2022-06-15"):
        town.office().releases(receipt, REPLY, verb="审核并发出答复")
        town.officer_of(town.other_unit).does(receipt, "办结")
        holder = holds(town, receipt)
        assert REPLY in holder.text
        assert town.other_unit.name not in holder.text
        town.officer_of(town.unit).cannot_open(receipt)


def turned_down_three_times(town: StillTown, receipt: Receipt) -> None:
    """Two units return a case in turn; the third time the arbiter says whose it is."""
    first, second = town.unit, town.other_unit
    with town.on("2022-01-29"):
        town.officer_of(first).returns(receipt, "这笔钱不由我们发。")
        town.office().assigns(receipt, second)
    with town.on("2022-01-30"):
        town.officer_of(second).returns(receipt, "账上没有这一项。")
        town.office().assigns(receipt, first)
        town.officer_of(second).cannot_open(receipt)
    with town.on("2022-02-07"):
        town.officer_of(first).returns(receipt, "还是不归我们。")
        third_decision(town, receipt)
        begins(town, receipt)
        assert not town.officer_of(first).is_offered("退给办公室")


def writes(town: StillTown, kind: str, words: str) -> Receipt:
    """A citizen writes; a tip-off accuses the street, and its writer leaves his name."""
    citizen = town.citizen()
    citizen.begins(kind, town.policy)
    citizen.write(发生了什么事=words)
    if kind == "tip-off":
        citizen.says_what_and_where(town.problem(accuses=True), town.street)
        citizen.write(涉及谁=town.street.name)
        citizen.leaves_his_name()
    elif kind != "consultation" and kind != "complaint":
        citizen.write(您的姓名=NAME, 手机号=TELEPHONE)
    return citizen.sends()


def holds(town: StillTown, receipt: Receipt) -> Citizen:
    """Whoever holds the receipt, at his page."""
    citizen = town.citizen()
    citizen.looks_up(receipt)
    return citizen


def reads(officer: Officer, receipt: Receipt, day: str) -> None:
    """The case's page says this day, with its working."""
    officer.opens(receipt)
    assert f"{day}，" in officer.text, officer.text


def acts(officer: Officer, receipt: Receipt, heading: str, verb: str, **fields: str) -> None:
    """Go to an act's page, fill it in and do it."""
    officer.opens(receipt)
    officer.follow(heading)
    officer.write(**fields)
    officer.press(verb)
    assert receipt.number in officer.told, officer.text


def begins(town: StillTown, receipt: Receipt, officer: Officer | None = None) -> None:
    """An officer signs for a case and accepts it."""
    officer = officer or town.officer_of(town.unit)
    for verb in ("签收", "受理"):
        officer.does(receipt, verb)


def answered(town: StillTown, receipt: Receipt, officer: Officer | None = None) -> None:
    """An officer drafts, the head signs, and the case is closed."""
    officer = officer or town.officer_of(town.unit)
    officer.drafts(receipt, REPLY)
    town.head_of(town.unit).releases(receipt, REPLY)
    officer.does(receipt, "办结")


def formally_answered(town: StillTown, receipt: Receipt) -> None:
    """The other unit issues its opinion and hands it over; its head and the office release the
    reply."""
    officer, head = town.officer_of(town.other_unit), town.head_of(town.other_unit)
    issued(receipt, "信访处理意见书", officer, head)
    officer.drafts(receipt, REPLY)
    head.signs(receipt, REPLY)
    town.office().releases(receipt, REPLY, verb="审核并发出答复")
    officer.does(receipt, "办结")


def extended(
    town: StillTown, receipt: Receipt, days: str, reason: str, *, unit_accused: bool = False
) -> None:
    """An officer asks for more time, and the head agrees."""
    unit = town.other_unit if unit_accused else town.unit
    officer = town.officer_of(unit)
    officer.opens(receipt)
    officer.follow("申请延期")
    officer.write(为什么要延期=reason)
    officer.page.get_by_label("再要几").fill(days)
    officer.press("报负责人批")
    acts(town.head_of(unit), receipt, "批延期", "同意延期")


def third_decision(town: StillTown, receipt: Receipt) -> None:
    """The office writes down what the arbiter decided, and where the case stays."""
    office = town.office()
    office.opens(receipt)
    office.follow("分件")
    office.choose(交给哪个单位=town.unit.code)
    office.page.get_by_label("第三次退回").fill("2月7日专题会定的。")
    office.press("就这样分")
    assert receipt.number in office.told, office.text


def accuse(town: StillTown, receipt: Receipt) -> None:
    """The office marks the unit that has a case as accused."""
    office = town.office()
    office.opens(receipt)
    office.follow("标为被反映的单位或人")
    office.choose(**{"哪个单位，或者哪个人": town.unit.code})
    office.write(理由="来件人电话里说是他们扣的。")
    office.press("标为被反映，马上回避")
    assert receipt.number in office.told, office.text


def issued(receipt: Receipt, kind: str, officer: Officer, head: Officer) -> None:
    """An officer drafts a formal document, the head issues it, and it is handed over."""
    officer.drafts_a_document(receipt, kind)
    head.issues_the_document(receipt, kind)
    officer.notes_delivery(receipt, kind, "当面送达")
