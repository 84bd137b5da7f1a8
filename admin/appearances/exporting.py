"""Everything that is published, as files that the editors of another portal can put there (plan
五(二)1): each text as a plain page, each table as a page and a workbook, and a list of it all."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.appearances import exported_tables, exported_texts
from admin.appearances.exported import Exported, Page
from portal.campaign.book import Book
from portal.foundation.spreadsheets import csv_file
from portal.published.appearance import Appearance

_HEADINGS = ("文件", "标题", "本站网址", "公布日期", "还登在哪里")


def export(session: Session, book: Book, *, page: Page, site: str) -> bytes:
    """A ZIP of everything that stands on the public site; `page` fills a template, `site` begins
    the addresses of this site."""
    packed, lines = io.BytesIO(), []
    elsewhere = _elsewhere(session)
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for one in _every(session, book, page, site):
            for name, content in one.files.items():
                _put(archive, name, content)
            day, stands = one.published_on.isoformat(), elsewhere.get(one.path, "")
            lines.append([one.name, one.title, site + one.path, day, stands])
        _put(archive, "目录.csv", csv_file([_HEADINGS, *lines]))
    return packed.getvalue()


def _every(session: Session, book: Book, page: Page, site: str) -> Iterator[Exported]:
    yield from exported_texts.notices(session, page, site)
    yield from exported_tables.tables(session, book, page, site)
    yield from exported_texts.results(session, book, page, site)
    yield from exported_texts.draws(session, page, site)
    yield from exported_texts.policies(book, page, site)
    yield from exported_tables.months(session, book, page, site)
    yield from exported_tables.lists(session, book, page, site)


def _elsewhere(session: Session) -> dict[str, str]:
    """Where each page stands elsewhere, by its path."""
    said: dict[str, list[str]] = {}
    standing = select(Appearance).where(Appearance.gone_on.is_(None))
    for one in session.scalars(standing.order_by(Appearance.appeared_on, Appearance.id)):
        told = f"{one.outlet}，{one.appeared_on.isoformat()}" + (
            f"，{one.link}" if one.link else ""
        )
        said.setdefault(one.path, []).append(told)
    return {path: "；".join(told) for path, told in said.items()}


def _put(archive: zipfile.ZipFile, name: str, content: str | bytes) -> None:
    """Without the moment at which it was packed, so that what stands is always one file."""
    archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
