"""Everything that is published, as files that the editors of another portal can put there (plan
五(二)1): each notice as a plain page with its files, each table as a page and a workbook, and a
list of it all."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload, undefer

from portal.campaign.book import Book
from portal.foundation import clock
from portal.foundation.spreadsheets import csv_file
from portal.open_data import campaign_tables, result_tables
from portal.open_data.files import as_xlsx
from portal.open_data.table import Table
from portal.published.appearance import Appearance
from portal.published.notice import STANDING, Notice, NoticeFile

# How a page is made of what stands in it, by the name of its template.
Page = Callable[..., str]
_HEADINGS = ("文件", "标题", "本站网址", "公布日期", "还登在哪里")


def export(session: Session, book: Book, *, page: Page, site: str) -> bytes:
    """A ZIP of everything that stands on the public site; `page` fills a template, `site` begins
    the addresses of this site."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        lines = [
            *_notices(session, archive, page, site),
            *_tables(session, book, archive, page, site),
        ]
        _put(archive, "目录.csv", csv_file([_HEADINGS, *lines]))
    return packed.getvalue()


def _notices(
    session: Session, archive: zipfile.ZipFile, page: Page, site: str
) -> Iterator[list[str]]:
    whole = [selectinload(Notice.files).options(undefer(NoticeFile.content))]
    standing = select(Notice).where(STANDING).options(*whole)
    elsewhere = _elsewhere(session)
    for one in session.scalars(standing.order_by(Notice.published_on.desc(), Notice.slug)):
        path = f"/notices/{one.slug}"
        name = f"通知公告/{one.slug}.html"
        _put(archive, name, page("notice", notice=one, address=site + path))
        for at, file in enumerate(one.files, 1):
            _put(archive, f"通知公告/{one.slug}/{at}-{file.title}", file.content)
        day = one.published_on.isoformat()
        yield [name, one.title, site + path, day, elsewhere.get(path, "")]


def _tables(
    session: Session, book: Book, archive: zipfile.ZipFile, page: Page, site: str
) -> Iterator[list[str]]:
    elsewhere, today = _elsewhere(session), clock.today()
    tables: dict[str, Table] = {
        "/results": result_tables.results(session, book),
        "/policies": campaign_tables.policies(book),
        "/responsibilities": campaign_tables.responsibilities(book, today),
        "/hotlines": campaign_tables.units(book),
    }
    for path, table in tables.items():
        name = f"{table.title}.html"
        _put(archive, name, page("table", table=table, address=site + path, day=today))
        _put(archive, f"{table.title}.xlsx", as_xlsx(table))
        yield [name, table.title, site + path, today.isoformat(), elsewhere.get(path, "")]


def _elsewhere(session: Session) -> dict[str, str]:
    """Where each page stands elsewhere, by its path."""
    said: dict[str, list[str]] = {}
    for one in session.scalars(select(Appearance).order_by(Appearance.appeared_on)):
        told = f"{one.outlet}，{one.appeared_on.isoformat()}" + (
            f"，{one.link}" if one.link else ""
        )
        said.setdefault(one.path, []).append(told)
    return {path: "；".join(told) for path, told in said.items()}


def _put(archive: zipfile.ZipFile, name: str, content: str | bytes) -> None:
    """Without the moment at which it was packed, so that what stands is always one file."""
    archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
