"""What is put out: results once a week, a month's figures when it is over; drafted by one person
and released by another."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from admin.demonstration.half_year.stage import MARK, Sitting
from admin.ledger.problem import Problem
from admin.public_figures import preparing
from admin.public_figures import release as figures_release
from admin.publishing import drafting, release
from admin.publishing.drafting import Words
from portal.published.month_figures import MonthFigures
from portal.published.result import Result, ResultState

_AT_ONCE = 12
_FRIDAY = 4
_WORDS = {
    ResultState.RECTIFYING: "正在改。",
    ResultState.RECTIFIED: "单位说改好了，等办公室查。",
    ResultState.STRUCK_OFF: "少领的都补到卡上了。",
    ResultState.CARRIED_OVER: "要等新系统上线，到时候再改。",
    ResultState.UNFOUNDED: "逐户查过，没有少发。",
}


def put_out(sitting: Sitting) -> None:
    """Put out on a Friday what has changed, and after a month's end what it counted."""
    if sitting.day.weekday() == _FRIDAY:
        for problem in _changed(sitting):
            _publish(sitting, problem)
    _publish_month(sitting)


def _changed(sitting: Sitting) -> Sequence[Problem]:
    """Problems whose published state isn't the ledger's, those that were never published after
    those that were."""
    standing = (
        select(Problem)
        .outerjoin(Result, Result.number == Problem.number)
        .where(
            Problem.state.in_(_WORDS),
            (Result.number.is_(None)) | (Result.state != Problem.state),
        )
        .order_by(Result.number.is_(None), Problem.id)
        .limit(_AT_ONCE)
    )
    return sitting.session.scalars(standing).all()


def _publish(sitting: Sitting, problem: Problem) -> None:
    drafter, reader = sitting.publishers()
    words = Words(
        summary=f"{MARK}有一批补贴发晚了，或者发错了。",
        measures=f"{MARK}逐户核对，补发、追回。",
        progress=MARK + _WORDS[problem.state],
    )
    draft = drafting.draft_result(sitting.session, problem, by=drafter, words=words)
    release.release(
        sitting.session,
        draft,
        by=reader,
        version=draft.version,
        problem_version=problem.version,
    )


def _publish_month(sitting: Sitting) -> None:
    month = next(iter(preparing.months(sitting.session)), None)
    if month is None or sitting.session.get(MonthFigures, month) is not None:
        return
    drafter, reader = sitting.publishers()
    draft = preparing.prepare(sitting.session, month, by=drafter, version=0)
    figures_release.release(sitting.session, draft, by=reader, version=draft.version)
