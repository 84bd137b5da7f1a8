"""Commands are understood in odd spellings, and words are never taken for one."""

from __future__ import annotations

import pytest

from intake.sms.grammar import (
    Help,
    OptIn,
    OptOut,
    Query,
    Rating,
    Supplement,
    Words,
    understand,
)
from intake.vault.query_codes import is_well_formed, read_code, write_code

CODE = write_code(bytes.fromhex("a1b2c3d4e5f60718293a"))
FOURS = " ".join(CODE[at : at + 4] for at in range(0, len(CODE), 4))


def full_width(text: str) -> str:
    return text.translate({c: c + 0xFEE0 for c in range(0x21, 0x7F)})


FULL_WIDTH, ATM = full_width(CODE), full_width("ATM")


def test_the_sample_code_is_one() -> None:
    assert is_well_formed(CODE)
    assert sum(c.isalpha() for c in CODE) > 2


@pytest.mark.parametrize(
    "text",
    [
        f"查 {CODE}",
        f"查{CODE}",
        f"查{CODE.lower()}",
        f"查　{FULL_WIDTH}",
        f"查 {FOURS}",
        f"查\n{FOURS.replace(' ', '-')}。",
        f"查：{CODE}",
        f"“查”{CODE}",
        f"查詢碼 {CODE}",
        f"查询 {CODE} 谢谢",
        f"【查】{FOURS.lower()}",
        f"{FOURS}",
        f" {CODE} 。",
    ],
)
def test_a_query(text: str) -> None:
    command = understand(text)
    assert isinstance(command, Query)
    assert read_code(command.code) == CODE


@pytest.mark.parametrize(
    "text",
    [
        f"补 {CODE} 还有三月的{ATM}小票",
        f"补{CODE}还有三月的{ATM}小票",
        f"補充　{FULL_WIDTH}，还有三月的{ATM}小票",
        f"补充：{FOURS.lower()}：还有三月的{ATM}小票",
        f"补\n{FOURS}\n还有三月的{ATM}小票\n",
        f"{FOURS} 还有三月的{ATM}小票",
    ],
)
def test_a_supplement_keeps_its_words_as_they_were_typed(text: str) -> None:
    command = understand(text)
    assert isinstance(command, Supplement)
    assert read_code(command.code) == CODE
    assert command.words == f"还有三月的{ATM}小票"


def test_a_supplement_may_begin_with_latin_letters_or_digits() -> None:
    assert understand(f"补 {FOURS} 3月ATM取的") == Supplement(CODE, "3月ATM取的")


def test_whoever_asks_and_goes_on_telling_loses_nothing() -> None:
    told = "为什么还没有到账，村里又来人说不给了"
    assert understand(f"查 {FOURS} {told}") == Supplement(CODE, told)


@pytest.mark.parametrize(
    "text",
    [
        f"评 {CODE} 4",
        f"评价{CODE}，４",
        f"評 {FOURS} 4分",
        f"“评”：{FULL_WIDTH}　四星。",
        f"评分\n{FOURS.lower()}\n4",
    ],
)
def test_a_rating(text: str) -> None:
    command = understand(text)
    assert isinstance(command, Rating)
    assert (read_code(command.code), command.score, command.words) == (CODE, 4, "")


def test_a_rating_keeps_what_follows_it() -> None:
    assert understand(f"评 {CODE} 2，三月的没到") == Rating(CODE, 2, "三月的没到")
    assert understand(f"评 {CODE} 一直没到") == Rating(CODE, None)
    assert understand(f"评 {CODE} 3月的没到") == Rating(CODE, None)


@pytest.mark.parametrize("text", ["评 ABCD 5", f"评 {CODE[:-1]} 5", "评 1234"])
def test_a_mistyped_code_is_still_a_rating(text: str) -> None:
    assert isinstance(understand(text), Rating)


@pytest.mark.parametrize("text", ["查 ABCD", f"查 {CODE[:-1]}", f"查{CODE}X", "查 1234"])
def test_a_mistyped_code_is_still_a_query(text: str) -> None:
    assert isinstance(understand(text), Query)


def test_a_supplement_with_a_mistyped_code_isnt_taken_for_a_new_case() -> None:
    command = understand(f"补 {CODE[:-2]} 还有三月的")
    assert command == Supplement(CODE[:-2], "还有三月的")


@pytest.mark.parametrize(
    "text",
    [
        "帮助",
        "幫助",
        "回复 帮助",
        "“帮助”",
        full_width("HELP"),
        "help!",
        "?",
        "？？",
        "查",
        "补充",
        "评价",
        "",
    ],
)
def test_help(text: str) -> None:
    assert understand(text) == Help()


@pytest.mark.parametrize("text", ["……", "😀😀", "。", " \n "])
def test_what_says_nothing_gets_help(text: str) -> None:
    assert understand(text) == Help()


@pytest.mark.parametrize("text", ["退订", "退訂。", "TD", full_width("td"), "t d", "STOP", "Stop."])
def test_opting_out(text: str) -> None:
    assert understand(text) == OptOut()


@pytest.mark.parametrize("text", ["恢复", "恢復", "start"])
def test_opting_in(text: str) -> None:
    assert understand(text) == OptIn()


@pytest.mark.parametrize(
    "text",
    [
        "补贴没有发",
        "补 2021年的低保没发",
        "补20210301到20220301的钱一分没有",
        "补发420102195001011234张三的高龄津贴",
        "查处贪污的村干部",
        "查一下我的低保为什么没发",
        "查查2020年到2021年的账",
        "帮助我妈申请低保",
        "退订短信的时候扣了我的钱",
        "42010219500101123X 张三的低保没发",
        "恢复我的低保",
        "评残没有通过",
        "评低保的时候没有公示",
    ],
)
def test_words_that_only_look_like_a_command(text: str) -> None:
    assert understand(text) == Words(text)
