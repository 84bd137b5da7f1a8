"""What is published on the site, by its path: what somebody may say of that it stands elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.campaign.book import Book, book
from portal.foundation import clock
from portal.foundation.formats import month_name
from portal.published import notice, result
from portal.published.appearance import month_path
from portal.published.distribution import Distribution, standing_on
from portal.published.month_figures import MonthFigures
from portal.published.notice import Notice
from portal.published.result import Result
from portal.published.spot_check_record import SpotCheckRecord

# The pages that are published as a whole.
_WHOLE = {
    "/results": "整改结果（整页）",
    "/policies": "补贴政策（整页）",
    "/responsibilities": "谁主管谁负责（整页）",
    "/hotlines": "热线电话（整页）",
    "/figures": "数字公开（整页）",
    "/spot-checks": "重点抽查（整页）",
}


def title_of(session: Session, path: str, found: Book) -> str | None:
    """What is published under a path of this site; None where nothing is."""
    if path in _WHOLE:
        return _WHOLE[path]
    room, _, key = path.removeprefix("/").partition("/")
    if room in _TITLES:
        return _TITLES[room](session, key, found)
    return _month(session, path)


def name_of(session: Session, path: str) -> str:
    """What is called what stood under a path and stands there no more: no more than its note here
    still tells. The path itself where nothing is known."""
    room, _, key = path.removeprefix("/").partition("/")
    if room == "notices":
        return session.scalar(select(Notice.title).where(Notice.slug == key)) or path
    if room in _GONE:
        return f"{_GONE[room]}{key}"
    gone = select(MonthFigures.month)
    return next(
        (_month_title(one) for one in session.scalars(gone) if month_path(one) == path), path
    )


def list_title(one: Distribution, found: Book) -> str:
    """Of which street, which policy and which time a list of recipients tells."""
    street, policy = found.places[one.place_code], found.policies[one.policy_code]
    return f"{street.name}，{policy.name}，{one.period}"


def offered(session: Session) -> list[tuple[str, str]]:
    """The paths and titles that are offered to choose from: whole pages, months, draws, the lists
    that stand, then the notices."""
    found, standing = book(session), select(Distribution).where(standing_on(clock.today()))
    lists = session.scalars(standing.order_by(Distribution.released_at.desc())).all()
    notices = session.execute(
        select(Notice.slug, Notice.title)
        .where(notice.STANDING)
        .order_by(Notice.published_on.desc())
    ).all()
    return [
        *_WHOLE.items(),
        *((month_path(month), _month_title(month)) for month in _months(session)),
        *((f"/spot-checks/{number}", _draw_title(number)) for number in _draws(session)),
        *((f"/distributions/{one.number}", list_title(one, found)) for one in lists),
        *((f"/notices/{slug}", title) for slug, title in notices),
    ]


def _notice(session: Session, key: str, _found: Book) -> str | None:
    return session.scalar(select(Notice.title).where(Notice.slug == key, notice.STANDING))


def _result(session: Session, key: str, _found: Book) -> str | None:
    standing = select(Result.number).where(Result.number == key, result.STANDING)
    number = session.scalar(standing)
    return number and f"整改结果{number}"


def _policy(_session: Session, key: str, found: Book) -> str | None:
    return found.policies[key].name if key in found.policies else None


def _list(session: Session, key: str, found: Book) -> str | None:
    """Of one that was taken down nothing is said; its number stands in its path."""
    one = session.get(Distribution, key)
    return list_title(one, found) if one and one.stands_on(clock.today()) else None


def _draw(session: Session, key: str, _found: Book) -> str | None:
    return _draw_title(key) if session.get(SpotCheckRecord, key) else None


def _draws(session: Session) -> list[str]:
    """The numbers of the draws, the newest first; those too that are promised only."""
    newest_first = (SpotCheckRecord.committed_at.desc(), SpotCheckRecord.number.desc())
    return list(session.scalars(select(SpotCheckRecord.number).order_by(*newest_first)))


def _draw_title(number: str) -> str:
    return f"重点抽查{number}"


def _month(session: Session, path: str) -> str | None:
    titles = {month_path(month): _month_title(month) for month in _months(session)}
    return titles.get(path)


def _months(session: Session) -> list[date]:
    """The months whose figures stand, the newest first."""
    standing = select(MonthFigures.month).where(MonthFigures.kept.is_not(None))
    return list(session.scalars(standing.order_by(MonthFigures.month.desc())))


def _month_title(month: date) -> str:
    return f"{month_name(month)}的数字"


_TITLES: Mapping[str, Callable[[Session, str, Book], str | None]] = {
    "notices": _notice,
    "results": _result,
    "policies": _policy,
    "distributions": _list,
    "spot-checks": _draw,
}
# How each of a room is called without what it told; the number or code follows.
_GONE = {"results": "整改结果", "policies": "补贴", "distributions": "公示名单"}
