"""What a reply template says: checked when it is saved, every fault at once; and filled for a case.
Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from admin.reply_templates.variables import BY_NAME, variables_for
from portal.campaign.kinds import Kind

_VARIABLE = re.compile(r"\{\{([^{}]*)\}\}")
_GAP = re.compile(r"【([^【】]*)】")
_MOST_QUOTED = 20
# What a Chinese keyboard gives for braces.
_WIDE_BRACES = "\uff5b\uff5d"
# What nobody may promise, or say to a citizen, with what to write instead.
_NEVER = {
    "绝对保密": "写“不会把您的身份和写的内容交给您反映的人和单位”",
    "绝对安全": "写“不会把您的身份和写的内容交给您反映的人和单位”",
    "百分之百": "写查到的数和做了的事",
    "不归我们管": "写清该找谁、电话多少",
    "无可奉告": "写清为什么不能告诉，依据是哪一条",
}


@dataclass(frozen=True)
class Wording:
    """A template's name, the kinds of case that it is for, and its text."""

    name: str
    kinds: tuple[Kind, ...]
    text: str

    def faults(self) -> list[str]:
        """What is wrong with it, a sentence a fault."""
        return [*self._wrong_variables(), *self._wrong_gaps(), *self._never_said()]

    def filled(self, values: Mapping[str, str]) -> str:
        """The text for a case. What has no value there becomes a gap, so that nobody sends it
        unseen."""

        def value(found: re.Match[str]) -> str:
            name = found[1].strip()
            return values.get(name) or f"【{name}】"

        return _VARIABLE.sub(value, self.text)

    def _wrong_variables(self) -> Iterator[str]:
        may_be = {one.name for one in variables_for(self.kinds)}
        for name in dict.fromkeys(one.strip() for one in _VARIABLE.findall(self.text)):
            if name in may_be:
                continue
            if name in BY_NAME:
                yield f"“{{{{{name}}}}}”会写出是谁在办，举报件的答复里不能有：去掉它，或者不选举报"
            else:
                yield f"不认识变量“{{{{{name[:_MOST_QUOTED]}}}}}”{_hint(name, may_be)}"
        rest = _VARIABLE.sub("", self.text)
        if re.search(r"[{}]", rest):
            around = _around(rest, "{}")
            yield f"“{around}”这里的大括号不成对，变量前后各要两个，例如“{{{{来件编号}}}}”"
        if re.search(f"[{_WIDE_BRACES}]", rest):
            around = _around(rest, _WIDE_BRACES)
            yield f"“{around}”这里用了全角的大括号，变量要用半角的“{{{{”和“}}}}”"

    def _wrong_gaps(self) -> Iterator[str]:
        if any(not inside.strip() for inside in _GAP.findall(self.text)):
            yield "有一处空“【】”里没有写要填什么，例如“【补发到账的日子】”"
        rest = _GAP.sub("", self.text)
        if re.search(r"[【】]", rest):
            yield f"“{_around(rest, '【】')}”这里的“【】”不成对"

    def _never_said(self) -> Iterator[str]:
        plain = re.sub(r"\s", "", self.text)
        for words, instead in _NEVER.items():
            if words in plain:
                yield f"不能写“{words}”：{instead}"


def _hint(name: str, known: Iterable[str]) -> str:
    near = get_close_matches(name, known, 1, cutoff=0.5)
    return f"，是不是“{{{{{near[0]}}}}}”" if near else "；能用的变量见下表"


def _around(text: str, signs: str) -> str:
    """A few characters around the first of some signs."""
    at = min(text.index(sign) for sign in signs if sign in text)
    return text[max(0, at - _MOST_QUOTED // 2) : at + _MOST_QUOTED // 2].strip()
