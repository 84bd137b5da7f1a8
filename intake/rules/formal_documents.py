"""Formal documents (文书): which there are, which of them fits which kind of case, what each has to
say, and how it is numbered. Pure tables.

信访工作条例 23 (notice of acceptance or not, in writing), 32 (what a handling opinion holds), 34
(extension); 政府信息公开条例 30 (correction), 33 (extension), 36 (the seven answers).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class DocumentKind(StrEnum):
    """What a document is. `slug` is its word in addresses."""

    ACCEPTANCE = "acceptance"
    NON_ACCEPTANCE = "non_acceptance"
    HANDLING_OPINION = "handling_opinion"
    DISCLOSURE_ANSWER = "disclosure_answer"
    CORRECTION = "correction"
    EXTENSION = "extension"

    @property
    def slug(self) -> str:
        """The kind as it stands in an address."""
        return self.value.replace("_", "-")

    @property
    def official(self) -> str:
        """What stands at the head of the document."""
        return _NAMES[self][0]

    @property
    def short(self) -> str:
        """The word that stands for it in a number."""
        return _NAMES[self][1]

    @classmethod
    def from_slug(cls, slug: str) -> DocumentKind | None:
        """The kind of an address, or None where no kind is called so."""
        return next((kind for kind in cls if kind.slug == slug), None)


_NAMES = {
    DocumentKind.ACCEPTANCE: ("受理告知书", "受告"),
    DocumentKind.NON_ACCEPTANCE: ("不予受理告知书", "不受告"),
    DocumentKind.HANDLING_OPINION: ("信访处理意见书", "信处"),
    DocumentKind.DISCLOSURE_ANSWER: ("信息公开答复书", "信公"),
    DocumentKind.CORRECTION: ("补正告知书", "补正"),
    DocumentKind.EXTENSION: ("延期告知书", "延告"),
}

# A tip-off's reporter must not learn which unit has it, and a consultation is answered in plain
# words, so neither gets a document. The keys are the values of `Kind`.
FITS: Mapping[str, tuple[DocumentKind, ...]] = {
    "complaint": (
        DocumentKind.ACCEPTANCE,
        DocumentKind.NON_ACCEPTANCE,
        DocumentKind.EXTENSION,
    ),
    "petition": (
        DocumentKind.ACCEPTANCE,
        DocumentKind.NON_ACCEPTANCE,
        DocumentKind.HANDLING_OPINION,
        DocumentKind.EXTENSION,
    ),
    "disclosure_request": (
        DocumentKind.DISCLOSURE_ANSWER,
        DocumentKind.CORRECTION,
        DocumentKind.EXTENSION,
    ),
}

# What a case of a kind has to be answered by. Of petitions only those that no other procedure is
# for get an opinion (信访工作条例 31(6), 32); the others are answered as their procedure has it.
_ANSWERS: Mapping[tuple[str, str | None], DocumentKind] = {
    ("petition", "6"): DocumentKind.HANDLING_OPINION,
    ("disclosure_request", None): DocumentKind.DISCLOSURE_ANSWER,
}

# 信访工作条例 32, and 政府信息公开条例 36 in its order.
OUTCOMES: Mapping[DocumentKind, Mapping[str, str]] = {
    DocumentKind.HANDLING_OPINION: {
        "support": "请求有事实和依据，予以支持",
        "explain": "请求合理，但缺乏依据，做好解释",
        "not_support": "请求缺乏事实和依据，不予支持",
    },
    DocumentKind.DISCLOSURE_ANSWER: {
        "published": "已经主动公开，告知怎么找到",
        "disclosed": "可以公开，随本答复提供",
        "withheld": "依法不予公开",
        "absent": "检索过，没有这份信息",
        "not_ours": "不由本单位公开，告知由谁负责",
        "repeated": "已经答复过，重复申请不再处理",
        "by_other_law": "有专门规定的登记资料，按规定查询",
    },
}

# What each document has to say, in its order: the field and what it is called there.
PARTS: Mapping[DocumentKind, Mapping[str, str]] = {
    DocumentKind.ACCEPTANCE: {
        "request": "请求事项",
        "facts": "来件情况",
        "opinion": "受理决定",
        "basis": "法律依据",
        "remedies": "您的权利",
    },
    DocumentKind.NON_ACCEPTANCE: {
        "request": "请求事项",
        "facts": "来件情况",
        "grounds": "不予受理的理由",
        "basis": "法律依据",
        "door": "该找谁",
        "remedies": "您的权利",
    },
    DocumentKind.HANDLING_OPINION: {
        "request": "请求事项",
        "facts": "查明的事实",
        "grounds": "理由",
        "basis": "法律依据",
        "outcome": "结论",
        "opinion": "处理意见",
        "remedies": "不服怎么办",
    },
    DocumentKind.DISCLOSURE_ANSWER: {
        "request": "申请的内容",
        "facts": "查找的情况",
        "grounds": "理由",
        "basis": "法律依据",
        "outcome": "结论",
        "opinion": "答复",
        "remedies": "不服怎么办",
    },
    DocumentKind.CORRECTION: {
        "request": "申请的内容",
        "grounds": "哪里不清楚",
        "opinion": "要补正什么",
        "until": "补正的期限",
        "basis": "法律依据",
        "remedies": "不补正会怎样",
    },
    DocumentKind.EXTENSION: {
        "request": "请求事项",
        "grounds": "延期的理由",
        "until": "延长到哪天",
        "basis": "法律依据",
        "remedies": "您的权利",
    },
}

USUAL_NUMBER = "{unit}{kind}〔{year}〕{serial}号"


@dataclass(frozen=True)
class Number:
    """Where a document stands: counted by unit, kind and year."""

    unit: str
    kind: DocumentKind
    year: int
    serial: int

    def written(self, pattern: str) -> str:
        """The number as it is printed. An empty pattern means the usual one."""
        return (pattern or USUAL_NUMBER).format(
            unit=self.unit, kind=self.kind.short, year=self.year, serial=self.serial
        )


def formal_answer(case_kind: str, route: str) -> DocumentKind | None:
    """The document by which a case of this kind is answered, `route` being the one of 信访工作条例
    31 that it goes; None where a reply is enough."""
    return _ANSWERS.get((case_kind, None)) or _ANSWERS.get((case_kind, route))


def fitting(case_kind: str) -> tuple[DocumentKind, ...]:
    """The documents that a case of this kind may get."""
    return FITS.get(case_kind, ())
