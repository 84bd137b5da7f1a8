"""Notices: the plan, guides, typical cases, what was achieved; a word in the title goes first."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, case, select

from portal.foundation.formats import day_with_year
from portal.pages.search.finding import Finding, Group
from portal.pages.search.quoting import text_of
from portal.pages.search.sought import Sought
from portal.published.heading import heading_of
from portal.published.notice import STANDING, Notice, NoticeFile, NoticeKind

_TITLE = (Notice.title,)
_TEXTS = (
    Notice.title,
    Notice.summary,
    Notice.body_markdown,
    Notice.source,
    Notice.finding_body,
    Notice.document_number,
)
_READ = (
    Notice.slug,
    Notice.title,
    Notice.kind,
    Notice.published_on,
    Notice.summary,
    Notice.body_html,
)


def notices(sought: Sought) -> Group:
    """What stands and has each word in its texts, or in the name of a file that goes with it."""
    rows, total = sought.first_rows(
        select(*_READ)
        .where(STANDING, sought.in_columns(_TEXTS, _kinds(sought), _files(sought)))
        .order_by(
            case((sought.in_columns(_TITLE), 0), else_=1), Notice.published_on.desc(), Notice.slug
        )
    )
    return Group(
        "notices",
        "通知公告",
        "份",
        [_finding(row, sought) for row in rows],
        total,
        (sought.links.notices(), "通知公告"),
    )


def _kinds(sought: Sought) -> dict[str, list[ColumnElement[bool]]]:
    """A notice is found by what it is, too: 典型案例."""
    return {
        word: [Notice.kind.in_([one for one in NoticeKind if word in one.plain])]
        for word in sought.words
    }


def _files(sought: Sought) -> dict[str, list[ColumnElement[bool]]]:
    return {
        word: [Notice.files.any(NoticeFile.title.icontains(word, autoescape=True))]
        for word in sought.words
    }


def _finding(row: Any, sought: Sought) -> Finding:
    heading = heading_of(row.title)
    in_title = sought.fits([], [heading])
    # What the heading says whole isn't quoted once more.
    cut_off = row.title if heading != row.title else ""
    text = f"{cut_off}\n{row.summary}\n{text_of(row.body_html)}"
    return Finding(
        heading,
        sought.links.notice(row.slug),
        line=day_with_year(row.published_on),
        said="" if in_title else sought.sentence(text),
        kind=row.kind.plain,
    )
