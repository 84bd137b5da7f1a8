"""What a text must not publish: people's numbers, addresses, words and names from inside. Pure.

It finds too much rather than too little: whoever drafts mends a finding or answers it in writing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from admin.ledger.coinciding import coinciding, naming
from admin.publishing.name_shapes import names_in_shape
from admin.publishing.plain_digits import (
    Run,
    has_card_check,
    is_citizen_number,
    is_date,
    is_old_citizen_number,
    plain,
    runs,
)

_CHAT = re.compile(r"(?:QQ|qq|微信|VX|vx|wx)号?码?[：: ]{0,2}[A-Za-z0-9_\-]{5,20}")
_EMAIL = re.compile(r"[^\s@]{1,64}@[A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+)+")
_HOUSE = re.compile(
    r"[0-9]+ ?[A-Za-z]?(?:栋|幢|单元|室)"
    r"|[0-9]{2,4}房(?!屋|间|产|租)"
    # A building, a staircase and a door, as people write them; a day has four digits in front, a
    # telephone more behind.
    r"|(?<![0-9\-])[1-9][0-9]{0,2}-[0-9]{1,2}-[0-9]{2,4}(?![0-9\-])"
    # A street number; but neither a day of the month nor the number of a document.
    r"|(?<![0-9月第\u3015\]])[0-9]{1,5}号(?!文|令|公告|通知|决定|意见)"
)
_LANDLINE = re.compile(
    r"(?<![0-9])\(?0[0-9]{2,3}\)?[ \-—–]{0,2}[0-9]{3,4}[ \-—–]?[0-9]{4}(?![0-9])"
)
_OLD_CITIZEN_NUMBER = re.compile(r"(?<![0-9])[0-9]{15}(?![0-9Xx])")
# With the country in front.
_LONGEST_MOBILE = 13
_MOBILE = re.compile(r"(?=(1[3-9][0-9]{9}))")
# Local numbers have eight digits; sums, counts and days of that length are no telephones.
_LOCAL = re.compile(
    r"(?<![0-9.\-])[2-8][0-9]{3}[ \-]?[0-9]{4}(?![0-9.\-]*[0-9]|[ ]?(?:元|万|亿|人|户|年|份|次|件))"
)
_LONGEST_CARD, _SHORTEST_CARD = 19, 16
# A name under a star is masked already; in Markdown two of them only make letters bold.
_MASK = frozenset("*\uff0a×○\u3007")


class Leak(StrEnum):
    """What sort of thing was found. Two words cover all that comes from inside, on purpose: whoever
    only publishes must not learn from a finding whether a name is the reporter's."""

    CITIZEN_NUMBER = "citizen_number"
    MOBILE = "mobile"
    TELEPHONE = "telephone"
    CARD = "card"
    LONG_NUMBER = "long_number"
    EMAIL = "email"
    CHAT = "chat"
    HOUSE = "house"
    INSIDE_WORDS = "inside_words"
    INSIDE_NAME = "inside_name"
    FILE = "file"

    @property
    def plain(self) -> str:
        """What the drafter reads."""
        return _PLAIN[self]


_PLAIN = {
    Leak.CITIZEN_NUMBER: "身份证号",
    Leak.MOBILE: "手机号码",
    Leak.TELEPHONE: "电话号码",
    Leak.CARD: "银行卡号",
    Leak.LONG_NUMBER: "一长串数字，可能是账号",
    Leak.EMAIL: "电子邮箱",
    Leak.CHAT: "微信号或QQ号",
    Leak.HOUSE: "门牌号",
    Leak.INSIDE_WORDS: "和内部材料的原话一样",
    Leak.INSIDE_NAME: "像是姓名，或者不公开的电话、编号",
    Leak.FILE: "附件，里面的字和照片要人从头看到尾",
}

# What belongs to one person and never to an office: no word in writing lets it be published.
NEVER = frozenset({Leak.CITIZEN_NUMBER, Leak.MOBILE, Leak.CARD})


@dataclass(frozen=True)
class Finding:
    """One thing found in the characters start to end (exclusive) of a text."""

    leak: Leak
    start: int
    end: int


@dataclass(frozen=True)
class Inside:
    """What a text is compared with. `own_numbers` are telephones that are published anyway, and
    `own_names` names of units and places, some of which read like people's."""

    words: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    own_numbers: frozenset[str] = frozenset()
    own_names: frozenset[str] = frozenset()


def find(text: str, inside: Inside) -> list[Finding]:
    """Everything in a text that somebody has to mend or to answer for, in the order of the text."""
    found = [
        *_numbers(text, inside.own_numbers),
        *_patterns(text),
        *(Finding(Leak.INSIDE_WORDS, *span) for span in coinciding(text, inside.words)),
        *(Finding(Leak.INSIDE_NAME, *span) for span in _names(text, inside)),
    ]
    return sorted(_outermost(found), key=lambda one: (one.start, one.end))


def _names(text: str, inside: Inside) -> Iterator[tuple[int, int]]:
    """Names that are known, and whatever reads like one. Nothing tells the two apart, or a finding
    would say whether a name that somebody tries is a reporter's."""
    yield from naming(text, inside.names)
    shapes = [
        (start, end) for start, end in names_in_shape(text) if _MASK.isdisjoint(text[start:end])
    ]
    ours = naming(text, inside.own_names) if shapes else []
    for start, end in shapes:
        if not any(first <= start and end <= last for first, last in ours):
            yield start, end


def _numbers(text: str, own: frozenset[str]) -> Iterator[Finding]:
    flat = plain(text)
    for run in runs(flat.text):
        for leak, start, end in (*_people(run), *_mobiles(run, own), *_accounts(run)):
            yield Finding(leak, *flat.span(*run.span(start, end)))
    for leak, match in (*_landlines(flat.text, own), *_old_numbers(flat.text)):
        yield Finding(leak, *flat.span(match.start(), match.end()))


def _landlines(text: str, own: frozenset[str]) -> Iterator[tuple[Leak, re.Match[str]]]:
    local = {number[-8:] for number in own}
    for match in _LANDLINE.finditer(text):
        if re.sub(r"\D", "", match.group()) not in own:
            yield Leak.TELEPHONE, match
    for match in _LOCAL.finditer(text):
        digits = re.sub(r"\D", "", match.group())
        if digits not in local and not is_date(digits):
            yield Leak.TELEPHONE, match


def _old_numbers(text: str) -> Iterator[tuple[Leak, re.Match[str]]]:
    for match in _OLD_CITIZEN_NUMBER.finditer(text):
        if is_old_citizen_number(match.group()):
            yield Leak.CITIZEN_NUMBER, match


def _people(run: Run) -> Iterator[tuple[Leak, int, int]]:
    for at in range(len(run.digits) - 17):
        if is_citizen_number(run.digits[at : at + 18]):
            yield Leak.CITIZEN_NUMBER, at, at + 18
    if len(run.digits) == 15 and is_old_citizen_number(run.digits):
        yield Leak.CITIZEN_NUMBER, 0, 15


def _mobiles(run: Run, own: frozenset[str]) -> Iterator[tuple[Leak, int, int]]:
    ours = [
        (match.start(), match.end())
        for number in own
        for match in re.finditer(re.escape(number), run.digits)
    ]
    # In a longer row of digits it is only chance as likely as not.
    leak = Leak.MOBILE if len(run.digits) <= _LONGEST_MOBILE else Leak.TELEPHONE
    for match in _MOBILE.finditer(run.digits):
        start, end = match.start(), match.start() + 11
        if not any(first <= start and end <= last for first, last in ours):
            yield leak, start, end


def _accounts(run: Run) -> Iterator[tuple[Leak, int, int]]:
    length = len(run.digits)
    for size in range(_LONGEST_CARD, _SHORTEST_CARD - 1, -1):
        for at in range(length - size + 1):
            if has_card_check(run.digits[at : at + size]):
                yield Leak.CARD, at, at + size
    if length >= _SHORTEST_CARD:
        yield Leak.LONG_NUMBER, 0, length


def _patterns(text: str) -> Iterator[Finding]:
    flat = plain(text)
    for leak, pattern in ((Leak.EMAIL, _EMAIL), (Leak.CHAT, _CHAT), (Leak.HOUSE, _HOUSE)):
        for match in pattern.finditer(flat.text):
            yield Finding(leak, *flat.span(match.start(), match.end()))


def _outermost(found: Iterable[Finding]) -> list[Finding]:
    """One finding for each stretch: of two that lie in each other the more telling is kept."""
    order = list(Leak)
    kept: list[Finding] = []
    for one in sorted(found, key=lambda one: (order.index(one.leak), one.start - one.end)):
        if one.leak is Leak.INSIDE_WORDS or not any(
            other.start <= one.start and one.end <= other.end for other in kept
        ):
            kept.append(one)
    return kept
