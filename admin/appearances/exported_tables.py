"""What is published as tables: whole tables, a month's figures, lists of recipients while they
stand (plan 三(一)5, 五(二)1)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.appearances.exported import Exported, Page
from admin.appearances.published_items import list_title
from portal.campaign.book import Book
from portal.foundation import clock
from portal.foundation.formats import month_name
from portal.foundation.spreadsheets import csv_file
from portal.open_data import campaign_tables, figure_tables, result_tables
from portal.open_data.files import as_csv, as_json, as_xlsx
from portal.open_data.table import Table
from portal.published.appearance import month_path
from portal.published.discretion import shows_rows, shows_sums
from portal.published.distribution import Distribution, standing_on
from portal.published.distribution_row import DistributionRow
from portal.published.month_figures import MonthFigures
from portal.published.month_view import view_of

# What a list of recipients may tell besides names and sums.
_OPTIONAL = {"community": "社区", "people": "人数", "standard": "标准"}


def tables(session: Session, book: Book, page: Page, site: str) -> Iterator[Exported]:
    """Each whole table as a page and a workbook, as it reads today."""
    today = clock.today()
    whole: dict[str, Table] = {
        "/results": result_tables.results(session, book),
        "/policies": campaign_tables.policies(book),
        "/responsibilities": campaign_tables.responsibilities(book, today),
        "/hotlines": campaign_tables.units(book),
        "/figures": figure_tables.figures(session, book),
    }
    for path, table in whole.items():
        filled = page("table", table=table, address=site + path, day=today)
        yield Exported(
            title=table.title,
            path=path,
            published_on=today,
            files={f"{table.title}.html": filled, f"{table.title}.xlsx": as_xlsx(table)},
        )


def months(session: Session, book: Book, page: Page, site: str) -> Iterator[Exported]:
    """Each month of figures that stands, as a page and as data; the newest first."""
    standing = select(MonthFigures).where(MonthFigures.kept.is_not(None))
    for one in session.scalars(standing.order_by(MonthFigures.month.desc())):
        sheet, path, day = one.sheet, month_path(one.month), clock.day_of(one.changed_at)
        if sheet is None:
            continue
        view, table = view_of(one.month, sheet, book), figure_tables.figures_of([one], book)
        name = f"数字公开/{one.month:%Y-%m}"
        yield Exported(
            title=f"{month_name(one.month)}的数字",
            path=path,
            published_on=day,
            files={
                f"{name}.html": page("month", view=view, day=day, address=site + path),
                f"{name}.csv": as_csv(table),
                f"{name}.json": as_json(table),
            },
        )


def lists(session: Session, book: Book, page: Page, site: str) -> Iterator[Exported]:
    """Each list of recipients that may be read today, with the rows or the sums that its page
    shows and nothing else. Once it is taken down it is in no export any more."""
    standing = select(Distribution).where(standing_on(clock.today()))
    order = (Distribution.released_at.desc(), Distribution.number)
    for one in session.scalars(standing.order_by(*order)):
        policy, path = book.policies[one.policy_code], f"/distributions/{one.number}"
        has_rows = shows_rows(one, policy)
        rows = _rows(session, one) if has_rows else []
        filled = page(
            "list",
            one=one,
            book=book,
            rows=rows,
            has_rows=has_rows,
            has_sums=shows_sums(one, policy),
            address=site + path,
        )
        name = f"分配结果公示/{one.number}"
        files: dict[str, str | bytes] = {f"{name}.html": filled}
        if has_rows:
            files[f"{name}.csv"] = csv_file(_lines(one, rows, book))
        yield Exported(
            title=list_title(one, book), path=path, published_on=one.shown_from, files=files
        )


def _rows(session: Session, one: Distribution) -> Sequence[DistributionRow]:
    rows = select(DistributionRow).where(DistributionRow.distribution_number == one.number)
    return session.scalars(rows.order_by(DistributionRow.position)).all()


def _lines(one: Distribution, rows: Sequence[DistributionRow], book: Book) -> Iterator[list[str]]:
    """The rows under the headings of the columns that they fill, sums in yuan."""
    told = {name: heading for name, heading in _OPTIONAL.items() if name in one.columns}
    yield ["姓名", "金额（元）", *told.values()]
    for row in rows:
        community = book.places[row.community_code].name if row.community_code else ""
        said = {"community": community, "people": str(row.people), "standard": row.standard}
        yield [row.name, f"{row.amount:.2f}", *(said[name] for name in told)]
