"""What is published as a text of its own, as plain pages: notices, results, draws and policies
(plan 三(一)5, 五(二)1, 六(二))."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload, undefer

from admin.appearances.exported import Exported, Page
from portal.campaign.book import Book
from portal.foundation import clock
from portal.published import notice, result
from portal.published.notice import Notice, NoticeFile
from portal.published.result import Result
from portal.published.spot_check_record import SpotCheckRecord, written


def notices(session: Session, page: Page, site: str) -> Iterator[Exported]:
    """Each notice that stands, with its files; the newest first."""
    whole = [selectinload(Notice.files).options(undefer(NoticeFile.content))]
    standing = select(Notice).where(notice.STANDING).options(*whole)
    for one in session.scalars(standing.order_by(Notice.published_on.desc(), Notice.slug)):
        path = f"/notices/{one.slug}"
        filled = page("notice", notice=one, address=site + path)
        files: dict[str, str | bytes] = {f"通知公告/{one.slug}.html": filled}
        for at, file in enumerate(one.files, 1):
            files[f"通知公告/{one.slug}/{at}-{file.title}"] = file.content
        yield Exported(title=one.title, path=path, published_on=one.published_on, files=files)


def results(session: Session, book: Book, page: Page, site: str) -> Iterator[Exported]:
    """Each result that stands, as it reads since its last release."""
    for one in session.scalars(
        select(Result).where(result.STANDING).order_by(Result.released_at.desc(), Result.number)
    ):
        path, day = f"/results/{one.number}", clock.day_of(one.released_at)
        filled = page(
            "result",
            result=one,
            problem=book.problem_types[one.problem_code],
            unit=book.units[one.unit_code],
            place=book.place_name(one.place_code),
            policy=book.policies.get(one.policy_code or ""),
            day=day,
            address=site + path,
        )
        yield Exported(
            title=f"整改结果{one.number}：{one.summary}",
            path=path,
            published_on=day,
            files={f"整改结果/{one.number}.html": filled},
        )


def draws(session: Session, page: Page, site: str) -> Iterator[Exported]:
    """Each draw of a spot check, with its record as a file; the newest first. Of one that is
    promised only, the promise."""
    newest_first = (SpotCheckRecord.committed_at.desc(), SpotCheckRecord.number.desc())
    for one in session.scalars(select(SpotCheckRecord).order_by(*newest_first)):
        path, day = f"/spot-checks/{one.number}", clock.day_of(one.drawn_at or one.committed_at)
        filled = page(
            "draw",
            record=one,
            kept=one.kept,
            on=date.fromisoformat(one.kept["public_number_on"]),
            strata={stratum["code"]: stratum["name"] for stratum in one.kept.get("strata", ())},
            day=day,
            address=site + path,
        )
        name = f"重点抽查/{one.number}"
        yield Exported(
            title=f"重点抽查{one.number}",
            path=path,
            published_on=day,
            files={f"{name}.html": filled, f"{name}.json": written(one.kept)},
        )


def policies(book: Book, page: Page, site: str) -> Iterator[Exported]:
    """Each policy as it is today, since the release of the version that says so."""
    today = clock.today()
    for code, one in book.policies.items():
        path = f"/policies/{code}"
        history = book.histories[code]
        in_force = [version for version in history.versions if version.place[0] <= today]
        day = clock.day_of((in_force or [history.first])[-1].released_at)
        filled = page(
            "policy",
            policy=one,
            unit=book.units[one.unit_code],
            begins=None if in_force else history.first.holds_from,
            day=day,
            today=today,
            address=site + path,
        )
        yield Exported(
            title=one.name, path=path, published_on=day, files={f"补贴政策/{code}.html": filled}
        )
