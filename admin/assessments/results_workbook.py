"""The figures of an assessment as a workbook: a line for each answer, over all streets and street
by street."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from admin.assessments.margins import Share
from admin.assessments.results import AssessmentResults
from admin.assessments.tally import Answered
from portal.campaign.book import Book
from portal.foundation.spreadsheets import workbook_of

Cell = str | int | None

ALL, HIDDEN = "全部街道", "不显示"
_WIDTHS = {
    "范围": 24,
    "问题": 48,
    "答案": 20,
    "答了几人": 16,
    "份额": 10,
    "下限": 10,
    "上限": 10,
}
_WORK = {
    "drawn": "抽中（不算备用）",
    "visited": "去访了（算备用）",
    "reached": "访到了",
    "answered": "当面、电话答了",
    "by_slip": "用问卷条答了",
    "complained": "反映过，另算",
    "not_reached": "没访到",
    "declined": "不愿答",
    "moved": "搬走了",
    "slips_waiting": "留了问卷条没有交",
}


def results_workbook(results: AssessmentResults, book: Book) -> bytes:
    """The workbook."""
    return workbook_of("成效评估", _WIDTHS, _lines(results, book))


def work_lines(results: AssessmentResults) -> list[tuple[str, int | str]]:
    """What came of the rows, in words and numbers."""
    numbers = {word: getattr(results.work, name) for name, word in _WORK.items()}
    return [(word, HIDDEN if number is None else number) for word, number in numbers.items()]


def percent(share: float) -> str:
    """A share in whole percents. Tenths would say no more of a sample, and by those of many answers
    one could reckon how many of each street complained."""
    return f"{share * 100:.0f}%"


def _lines(results: AssessmentResults, book: Book) -> Iterator[Sequence[Cell]]:
    for word, number in work_lines(results):
        yield (ALL, "样本", word, number)
    for one in results.questions:
        yield from _of_question(ALL, one, one.answered, one.shares)
        for street in one.by_street:
            name = book.unit_name(street.street)
            yield from _of_question(name, one, street.answered, street.shares)


def _of_question(
    where: str, one: Answered, answered: int | None, shares: Sequence[Share] | None
) -> Iterator[Sequence[Cell]]:
    if answered is None or shares is None:
        yield (where, one.question.text, "", HIDDEN if answered != 0 else 0)
        return
    for text, share in zip(one.question.choices, shares, strict=True):
        ends = (percent(share.share), percent(share.low), percent(share.high))
        yield (where, one.question.text, text, answered, *ends)
