"""Released results for the tests to read, as the publishing desk leaves them behind."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from portal.campaign.book import Book, book
from portal.campaign.campaign import Campaign
from portal.campaign.kinds import Kind
from portal.campaign.place import PlaceKind
from portal.published.figures_releasing import put_out_month, withdraw_month
from portal.published.month_sheet import (
    ALL,
    OTHERS,
    ByUnit,
    Came,
    Few,
    Hidden,
    MonthSheet,
    Rate,
    Share,
    Timely,
    UnitLine,
)
from portal.published.result import Result, ResultRevision, ResultState

FIRST_DAY = datetime(2022, 7, 1, 2, 0, tzinfo=UTC)


def release(session: Session, number: str, *, of: Book | None = None, **said: Any) -> Result:
    """One result of a campaign under a number, with one revision; whatever isn't said is
    plausible."""
    found = of or book(session)
    fields: dict[str, Any] = {
        "problem_code": "1.2",
        "unit_code": next(iter(found.policies.values())).unit_code,
        "place_code": None,
        "policy_code": next(iter(found.policies)),
        "summary": "津贴漏发三个月",
        "measures": "补发，核对全区名单",
        "progress": "已经补发",
        "state": ResultState.RECTIFYING,
        "rectify_by": date(2022, 7, 31),
        "struck_off_on": None,
        "released_at": FIRST_DAY,
        **said,
    }
    result = Result(number=number, **fields)
    session.add(result)
    session.flush()
    revise(session, result)
    return result


def revise(session: Session, result: Result, *, note: str = "", **said: Any) -> None:
    """Release a result (again), and let every kept page know."""
    for name, value in said.items():
        setattr(result, name, value)
    numbers = session.scalars(
        select(ResultRevision.revision).where(ResultRevision.result_number == result.number)
    )
    session.add(
        ResultRevision(
            result_number=result.number,
            revision=max(numbers, default=0) + 1,
            released_at=result.released_at,
            state=result.state,
            summary=result.summary,
            measures=result.measures,
            progress=result.progress,
            problem_code=result.problem_code,
            unit_code=result.unit_code,
            place_code=result.place_code,
            policy_code=result.policy_code,
            rectify_by=result.rectify_by,
            struck_off_on=result.struck_off_on,
            note=note,
        )
    )
    session.execute(update(Campaign).values(revision=Campaign.revision + 1))
    session.flush()


def release_a_few(session: Session) -> None:
    """One result of every state, from several units, streets and problems."""
    found = book(session)
    units = list(dict.fromkeys(policy.unit_code for policy in found.policies.values()))
    places = streets(found)
    texts = ("津贴漏发三个月", "办卡收取工本费", "社区没有公示发放名单", "老人去世后继续发放")
    for index, state in enumerate([*ResultState, ResultState.STRUCK_OFF, ResultState.RECTIFYING]):
        struck_off = state is ResultState.STRUCK_OFF
        release(
            session,
            f"WT-{index + 1:04d}",
            of=found,
            unit_code=units[index % len(units)],
            problem_code=("1.2", "2.3", "1.5", "1.3")[index % 4],
            place_code=places[index % 3],
            summary=texts[index % 4],
            state=state,
            struck_off_on=date(2022, 7, 20) if struck_off else None,
            released_at=FIRST_DAY + timedelta(days=index),
        )


def streets(found: Book) -> list[str]:
    """The codes of the streets, and a community at the end."""
    of = {kind: [p.code for p in found.places.values() if p.kind is kind] for kind in PlaceKind}
    return [*of[PlaceKind.STREET][:2], of[PlaceKind.COMMUNITY][0]]


def publish_months(session: Session) -> None:
    """April withdrawn again, May in which little is shown, and a full June."""
    units = list(dict.fromkeys(one.unit_code for one in book(session).policies.values()))
    for month in (4, 6):
        put_out_month(session, date(2022, month, 1), full_sheet(units), note="")
    withdraw_month(session, date(2022, 4, 1), revision=1, note="投诉数错了。")
    put_out_month(session, date(2022, 5, 1), SPARSE, note="")


def full_sheet(units: list[str]) -> MonthSheet:
    """A month with every sort of number in it, for the first two units."""
    rare = (Kind.PETITION, Kind.DISCLOSURE_REQUEST)
    return MonthSheet(
        came=Came(
            kinds=(((Kind.CONSULTATION,), 41), ((Kind.COMPLAINT,), 67), (rare, 9)),
            ordinary=117,
            accusations=12,
            total=129,
        ),
        by_unit=ByUnit(
            columns=((Kind.CONSULTATION,), (Kind.COMPLAINT, *rare)),
            lines=(
                UnitLine(units[0], (21, 40), 61),
                UnitLine(units[1], (Hidden.FEW, Hidden.HELD_BACK), 31),
                UnitLine(OTHERS, (Hidden.HELD_BACK, Hidden.HELD_BACK), 25),
            ),
            sums=(41, 76),
        ),
        timely=(
            Timely(units[0], Share(60, few=Few.REST), 8),
            Timely(units[1], Share(30, 30), 6),
            Timely(OTHERS, Share(20), None),
            Timely(ALL, Share(110, 98), 8),
        ),
        rates={
            Rate.SIGNING: Share(117, 110),
            Rate.RETURNING: Share(130, few=Few.PART),
            Rate.SATISFACTION: Share(Hidden.FEW),
        },
    )


SPARSE = MonthSheet(
    came=Came((((Kind.CONSULTATION, Kind.COMPLAINT), 6),), 6, Hidden.FEW, Hidden.HELD_BACK),
    by_unit=None,
    timely=None,
    rates={Rate.SIGNING: Share(0, 0)},
)
