"""The grammar of text messages: which few are commands, and all others are words for the line.

A command is only what can't be anything else, since a text taken for one is not registered:
“补贴没发” and “帮助我妈申请低保” are words, though they begin like commands.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from intake.vault.query_codes import LENGTH, is_well_formed, read_code

_SIMPLIFIED = str.maketrans("補充詢碼幫復訂說開評價", "补充询码帮复订说开评价")
_QUERY = re.compile(r"[\W_]*(?:查询进度|查询码|查进度|查一下|查询|查)[\W_]*")
_SUPPLEMENT = re.compile(r"[\W_]*(?:补充|补)(?:查询码)?[\W_]*")
_RATING = re.compile(r"[\W_]*(?:评价|评分|评)(?:查询码)?[\W_]*")
# A score stands by itself: what goes on at once is words (“一直没到账”, “3月的钱”).
_SCORE = re.compile(r"[\W_]*([1-5一二三四五])[分星]?(?=[\W_]|$)")
_NUMERALS = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5}
_HELP = frozenset({"帮助", "回复帮助", "发帮助", "怎么用", "说明", "HELP", "H", "INFO"})
_BARE = frozenset(
    {"查", "查询", "查询码", "查进度", "查询进度", "补", "补充", "评", "评价", "评分"}
)
# Twilio takes the English words for an opt-out too, and then lets nothing through to the sender.
_OPT_OUT = frozenset(
    {"退订", "取消订阅", "TD", "T", "STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT"}
)
_OPT_IN = frozenset({"恢复", "恢复订阅", "恢复通知", "START", "UNSTOP"})
_BETWEEN_SYMBOLS = frozenset(" \t\n\u3000-–—_.·,，:：")
_AROUND_WORDS = " \t\n\u3000,，:：-"
# Fewer symbols, or none but digits, are a date, a telephone or an identity number.
_FEWEST_SYMBOLS, _FEWEST_LETTERS = 10, 2
# As much as somebody adds to a question out of politeness.
_MORE_THAN_A_COURTESY = 12


@dataclass(frozen=True)
class Query:
    """查 CODE: how far is my case?"""

    code: str


@dataclass(frozen=True)
class Supplement:
    """补 CODE 内容: add these words to my case."""

    code: str
    words: str


@dataclass(frozen=True)
class Rating:
    """评 CODE 1-5: how satisfied I am, None where no score was understood; and what I add."""

    code: str
    score: int | None
    words: str = ""


@dataclass(frozen=True)
class Help:
    """帮助, and whatever says nothing at all."""


@dataclass(frozen=True)
class OptOut:
    """退订: no more notices."""


@dataclass(frozen=True)
class OptIn:
    """恢复: notices again."""


@dataclass(frozen=True)
class Words:
    """Anything else: something for the line."""

    text: str


Command = Query | Supplement | Rating | Help | OptOut | OptIn | Words


def understand(text: str) -> Command:
    """What a tidied text asks for; spaces, full width, case and traditional characters are
    forgiven."""
    plain = _plain(text)
    alone = "".join(c for c in plain if c.isalnum())
    if not alone or alone in _HELP or alone in _BARE:
        return Help()
    if alone in _OPT_OUT:
        return OptOut()
    if alone in _OPT_IN:
        return OptIn()
    return _rating(text, plain) or _about_a_case(text, plain) or Words(text)


def _rating(text: str, plain: str) -> Rating | None:
    head = _RATING.match(plain)
    if head is None:
        return None
    code, end = _take_code(plain, head.end())
    if (
        not _is_code(code)
        and not _resembles_code(code)
        and not _is_short_rating(plain[head.end() :])
    ):
        return None
    score = _SCORE.match(plain, end)
    if score is None:
        return Rating(code, None)
    said = score[1]
    words = text[score.end() :].strip(_AROUND_WORDS)
    return Rating(code, _NUMERALS.get(said) or int(said), "" if _says_nothing(words) else words)


def _is_short_rating(plain: str) -> bool:
    """Whether nothing but symbols and a score was sent: a code that lost some, and no words."""
    return all(c.isascii() or not c.isalnum() for c in plain)


def _about_a_case(text: str, plain: str) -> Query | Supplement | None:
    head = _QUERY.match(plain)
    if head:
        code, end = _take_code(plain, head.end())
        if _is_code(code) and _says_much(plain[end:]):
            # Who asks and goes on telling mustn't lose what he tells.
            return Supplement(code, text[end:].strip(_AROUND_WORDS))
        return Query(code) if code and (_is_code(code) or _says_nothing(plain[end:])) else None
    head = _SUPPLEMENT.match(plain)
    code, end = _take_code(plain, head.end() if head else 0)
    if not (_is_code(code) or (head and _resembles_code(code))):
        return None
    if head is None and _says_nothing(plain[end:]):
        return Query(code)
    return Supplement(code, text[end:].strip(_AROUND_WORDS))


def _plain(text: str) -> str:
    """The text in half width, capitals and simplified characters; every character keeps its
    place."""
    narrow = ((c, unicodedata.normalize("NFKC", c).upper()) for c in text)
    return "".join(n if len(n) == 1 else c for c, n in narrow).translate(_SIMPLIFIED)


def _take_code(plain: str, start: int) -> tuple[str, int]:
    """The symbols that may be a code, at most as many as a code has, and where they end."""
    symbols, end = "", start
    for at in range(start, len(plain)):
        char = plain[at]
        if char.isascii() and char.isalnum():
            symbols, end = symbols + char, at + 1
        elif char not in _BETWEEN_SYMBOLS:
            break
        if len(symbols) == LENGTH:
            break
    return symbols, end


def _is_code(symbols: str) -> bool:
    """One text in 32 has a fitting check symbol by chance, so an identity number must not pass."""
    return _resembles_code(symbols) and is_well_formed(read_code(symbols))


def _resembles_code(symbols: str) -> bool:
    letters = sum(c.isalpha() for c in symbols)
    return len(symbols) >= _FEWEST_SYMBOLS and letters >= _FEWEST_LETTERS


def _says_much(plain: str) -> bool:
    return sum(map(str.isalnum, plain)) > _MORE_THAN_A_COURTESY


def _says_nothing(plain: str) -> bool:
    return not any(c.isalnum() for c in plain)
