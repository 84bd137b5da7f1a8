"""Words that tell of a person what a list may not tell: a child, an illness, a disability, a loss.
Pure.

It finds too much rather than too little: a finding is mended, or answered in writing where somebody
can know better. That names of children stay away nobody can answer away.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from admin.publishing.plain_digits import plain
from portal.published.discretion import CHILDREN


class Suspicion(StrEnum):
    """What words seem to tell."""

    CHILD = "child"
    ILLNESS = "illness"
    DISABILITY = "disability"
    LOSS = "loss"

    @property
    def plain(self) -> str:
        """What the drafter reads."""
        return {
            Suspicion.CHILD: "像是说孩子",
            Suspicion.ILLNESS: "像是说病情",
            Suspicion.DISABILITY: "像是说残疾类别或者等级",
            Suspicion.LOSS: "像是说家里出的事",
        }[self]


@dataclass(frozen=True)
class Suspected:
    """What the characters start to end (exclusive) of a text seem to tell."""

    suspicion: Suspicion
    start: int
    end: int


# The digits of a text in Chinese are read as figures, but for 十 (十二岁 becomes 十2岁).
_YOUNG = (
    r"(?<![0-9十.])(?:1[0-7]|[0-9])周?岁(?!以上)|(?<![0-9])十[0-7]?周?岁(?!以上)"
    r"|(?:未满|不满|小于)(?:18|十8)周?岁|(?<![0-9])(?:18|十8)周?岁以下|(?<![0-9])[0-9]{1,2}个?月大"
)
_PATTERNS = (
    (Suspicion.CHILD, re.compile(f"(?:{CHILDREN.pattern}|{_YOUNG})")),
    (
        Suspicion.ILLNESS,
        re.compile(
            r"病|癌|瘤|透析|尿毒|艾滋|结核|肝炎|糖尿|高血压|中风|化疗|放疗|手术|住院|痴呆|抑郁|自闭|"
            r"孤独症|并发症|综合征|植物人|瘫|毒瘾"
        ),
    ),
    (
        Suspicion.DISABILITY,
        re.compile(
            r"残|智力|精神|肢体|听力|视力|言语|盲|聋|哑|失能|失智|半自理|护理等级|[0-9四]级|轮椅|假肢|助听器"
        ),
    ),
    (
        Suspicion.LOSS,
        re.compile(
            r"失独|死亡|亡故|去世|遗属|丧|烈属|烈士|服刑|刑满|吸毒|戒毒|离异|离婚|失联|受害"
        ),
    ),
)
_OF_A_NAME = re.compile(r"之子|之女|的(?:儿子|女儿|孩子)|婴|毛毛$")


def suspected(text: str) -> Iterator[Suspected]:
    """Everything in a text that seems to tell such a thing."""
    flat = plain(text)
    for suspicion, pattern in _PATTERNS:
        for match in pattern.finditer(flat.text):
            yield Suspected(suspicion, *flat.span(match.start(), match.end()))


def names_a_child(cell: str) -> bool:
    """Whether what stands for a name seems to be a child's."""
    child = any(one.suspicion is Suspicion.CHILD for one in suspected(cell))
    return child or bool(_OF_A_NAME.search(cell))
