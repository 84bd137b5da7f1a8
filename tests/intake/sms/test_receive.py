"""A text becomes a case, once, and its sender hears number, code and date."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import event, select

from intake.cases.bar import Bar
from intake.cases.case import Case, Channel, Identity
from intake.cases.inbound_text import InboundText
from intake.cases.message import MessageKind
from intake.sms.twilio_media import API
from intake.vault.query_codes import is_well_formed
from portal.campaign.book import book
from portal.campaign.kinds import Kind
from portal.foundation import clock
from tests.deployments import Deployment
from tests.fakes import CITIZEN, Twilio, message_id
from tests.intake.sms.conftest import Line, line_of
from tests.intake.sms.stored import code_in, count, letters, mistyped, the_case

COMPLAINT = "我妈的高龄津贴三个月没发了"
TIP_OFF = "举报民意街道办事处克扣高龄津贴"
OTHER = "+8613987654321"


def test_a_complaint(deployment: Deployment, line: Line) -> None:
    parts = line(COMPLAINT)

    case = the_case(deployment)
    assert (case.kind, case.channel, case.identity) == (
        Kind.COMPLAINT,
        Channel.TEXT,
        Identity.PHONE,
    )
    assert case.unit_code == "MZ"
    assert case.number in parts[0]
    assert is_well_formed(code_in(parts))
    day = case.answer_by
    assert f"由区民政局办，最晚{day.year}年{day.month}月{day.day}日答复您。" in parts[1]
    assert "运营商" in parts[2]
    assert letters(deployment, case, "MZ", MessageKind.WORDS) == [COMPLAINT]
    assert letters(deployment, case, "BGS", MessageKind.CONTACT) == [CITIZEN.removeprefix("+86")]


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("请问高龄津贴怎么领", Kind.CONSULTATION),
        ("80岁了有老年证，街道那边算数吗？", Kind.CONSULTATION),
        ("低保的事", Kind.COMPLAINT),
        ("举报有人冒领低保", Kind.TIP_OFF),
        ("社区刁难我们，民意街道办事处给亲戚办低保", Kind.TIP_OFF),
        ("我要信访，残疾人护理补贴的事要书面处理", Kind.PETITION),
        ("申请公开2021年低保资金的文件，依申请公开", Kind.DISCLOSURE_REQUEST),
        ("谢谢你们，表示感谢", Kind.CONSULTATION),
    ],
)
def test_the_kind_is_read_from_the_words(
    deployment: Deployment, line: Line, words: str, kind: Kind
) -> None:
    line(words)
    assert the_case(deployment).kind is kind


def test_a_tip_off_goes_past_the_street_it_accuses(deployment: Deployment, line: Line) -> None:
    parts = line(TIP_OFF)

    case = the_case(deployment)
    assert (case.kind, case.unit_code) == (Kind.TIP_OFF, "MZ")
    with deployment.database.reading() as session:
        campaign_book = book(session)
        barred = set(session.scalars(select(Bar.unit_code)))
    street = next(u for u in campaign_book.units.values() if u.name == "民意街道办事处")
    assert barred == {street.code} | campaign_book.below(street.code)
    assert letters(deployment, case, "MZ", MessageKind.WORDS) == [TIP_OFF]
    assert letters(deployment, case, street.code, MessageKind.WORDS) == []

    asked = line(f"查 {code_in(parts)}")
    for part in (*parts, *asked):
        for unit in campaign_book.units.values():
            assert unit.name not in part
            assert unit.short_name not in part


def test_a_petition_that_accuses_is_kept_from_whom_it_accuses(
    deployment: Deployment, line: Line
) -> None:
    line("我们联名上访：民意街道办事处刁难办高龄津贴的老人")
    case = the_case(deployment)
    assert case.kind is Kind.PETITION
    assert case.accusing
    with deployment.database.reading() as session:
        street = next(u for u in book(session).units.values() if u.name == "民意街道办事处")
        assert street.code in set(session.scalars(select(Bar.unit_code)))


def test_each_campaign_takes_texts(each_campaign: Deployment) -> None:
    parts = line_of(each_campaign)("残疾人护理补贴两个月没发了")
    case = the_case(each_campaign)
    assert case.number in parts[0]
    assert line_of(each_campaign)(f"查{code_in(parts)}")[0].startswith(f"编号{case.number}：")


def test_the_same_message_at_once_and_later(on_each_database: Deployment) -> None:
    line, sid = line_of(on_each_database), message_id()
    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(lambda _: line(TIP_OFF, sid=sid), range(20)))
    with clock.stopped_at(clock.now() + timedelta(days=40)):
        answers.append(line(TIP_OFF, sid=sid))

    assert len({tuple(parts) for parts in answers}) == 1
    assert len(answers[0]) == 3
    assert count(on_each_database, Case) == 1
    assert count(on_each_database, InboundText) == 1


def test_a_known_id_with_other_words_opens_nothing(deployment: Deployment, line: Line) -> None:
    sid = message_id()
    line(COMPLAINT, sid=sid)
    assert line("别的话", sid=sid) == []
    assert line("帮助", sid=sid) == []
    assert count(deployment, Case) == 1


def test_the_same_words_twice_are_two_messages(deployment: Deployment, line: Line) -> None:
    first, second = line(COMPLAINT), line(COMPLAINT)
    assert code_in(first) != code_in(second)
    assert count(deployment, Case) == 2


def test_who_has_an_open_case_hears_how_to_add_to_it(line: Line) -> None:
    assert any("运营商" in part for part in line(COMPLAINT))
    second = line("低保也没发")
    assert "先前那件" in second[2]
    assert not any("运营商" in part for part in second)
    assert not any("先前那件" in part for part in line(COMPLAINT, sender=OTHER))


@pytest.mark.parametrize("body", ["", "帮助", "？", "……", "😀"])
def test_what_says_nothing_gets_help_and_is_counted(
    deployment: Deployment, line: Line, body: str
) -> None:
    assert "直接发来" in line(body)[0]
    assert count(deployment, Case) == 0
    assert count(deployment, InboundText) == 1


def test_a_picture_isnt_passed_over_in_silence(deployment: Deployment, line: Line) -> None:
    assert "图片收不了" in line(COMPLAINT, NumMedia="1")[0]
    assert "图片收不了" in line("", NumMedia="2")[0]
    assert count(deployment, Case) == 1


def test_a_flood_is_kept_and_one_in_several_answered(deployment: Deployment, line: Line) -> None:
    sids = [message_id() for _ in range(31)]
    answers = [line(f"{COMPLAINT}，第{n}条", sid=sid) for n, sid in enumerate(sids)]

    assert all(answers[:20])
    assert "有几条没有回复" in answers[20][-1]
    assert is_well_formed(code_in(answers[20]))
    assert answers[21:] == [[]] * 10
    assert count(deployment, Case) == 31
    for n in (0, 20, 22):
        assert line(f"{COMPLAINT}，第{n}条", sid=sids[n]) == answers[n]
    assert "没有回复" not in "".join(line(COMPLAINT, sender=OTHER))


def test_a_steady_flood_is_answered_now_and_then(line: Line) -> None:
    code, answered = code_in(line(COMPLAINT)), []
    now = datetime(2022, 6, 15, 2, tzinfo=UTC)
    for _ in range(200):
        now += timedelta(seconds=6)
        with clock.stopped_at(now):
            answered.append(bool(line(f"查 {code}")))
    # Twenty minutes: the first ones, then some in ten minutes and one in each five.
    assert all(answered[:19])
    assert 0 < answered.count(True) < 50


@pytest.mark.parametrize("sender", [CITIZEN, "ICBC"])
def test_whoever_hears_nothing_loses_no_words_to_a_wrong_code(
    deployment: Deployment, line: Line, sender: str
) -> None:
    code = code_in(line(COMPLAINT))
    wrong = mistyped(code)
    for _ in range(25):
        line("帮助", sender=sender)
    before = count(deployment, Case)
    assert line(f"补 {wrong} 四月的也没有", sender=sender) == []
    assert line(f"评 {wrong} 1 他们根本没有来", sender=sender) == []
    assert count(deployment, Case) == before + 2


def test_who_was_never_warned_is_warned_even_in_a_flood(line: Line) -> None:
    for _ in range(20):
        line("帮助")
    assert "运营商" in line(COMPLAINT)[2]


@pytest.mark.parametrize("command", ["查 {code}", "评 {code} 5", "退订", "帮助"])
def test_pictures_with_a_command_that_takes_none(
    deployment: Deployment, line: Line, command: str
) -> None:
    code, sid = code_in(line(COMPLAINT)), message_id()
    told = line(command.format(code=code))
    account = deployment.settings.twilio_account_sid
    path = f"/2010-04-01/Accounts/{account}/Messages/{sid}/Media/ME{'0' * 32}"
    fields = {"sid": sid, "NumMedia": "1", "MediaUrl0": f"{API}{path}"}
    answer = line(command.format(code=code), **fields)
    assert answer[:-1] == told[:2]
    assert "图片没有收下" in answer[-1]
    assert line(command.format(code=code), **fields) == answer
    assert "图片收不了" in "".join(line(command.format(code=code), NumMedia="1"))


def test_further_words_whose_pictures_cant_be_had(line: Line) -> None:
    code = code_in(line(COMPLAINT))
    first, second = line(f"补 {code} 还有照片", NumMedia="1")
    assert "补充的话收到了" in first
    assert "图片收不了" in second


def test_nothing_of_a_text_lies_in_the_clear(
    deployment: Deployment, capfd: pytest.CaptureFixture[str]
) -> None:
    line, sid, marker = line_of(deployment), message_id(), "标记甲乙丙丁"
    code = code_in(line(f"举报民意街道办事处克扣高龄津贴{marker}", sid=sid))
    line(f"补 {code} {marker}")
    line(f"查 {code}")
    line("退订")

    secrets = [marker, CITIZEN[1:], CITIZEN[3:], sid, sid[2:], code]
    shown = "".join(capfd.readouterr())
    for secret in secrets:
        assert secret not in shown
    for file in deployment.settings.data_dir.rglob("*"):
        content = file.read_bytes() if file.is_file() else b""
        for secret in secrets:
            assert secret.encode() not in content, (file, secret)
            assert secret.encode("utf-16-le") not in content


def test_an_answer_is_escaped_and_has_no_cookie(deployment: Deployment) -> None:
    twilio = Twilio(deployment.settings)
    answer = twilio.post(deployment.citizen(), twilio.form("<b>&低保没发"))
    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_door_needs_few_queries(deployment: Deployment, line: Line) -> None:
    line("第一条，热一热")
    statements: list[str] = []
    engine = deployment.public.extensions["database"].engine
    event.listen(engine, "before_cursor_execute", lambda *args: statements.append(args[2]))
    line(COMPLAINT, sender=OTHER)
    assert len(statements) <= 27, statements
