"""总结: what one's own units owe and gave; for the office every summary with how far it is, and who
has given his part and who hasn't; for auditors what was frozen."""

from __future__ import annotations

from dataclasses import dataclass

from flask import abort, render_template
from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.accounts.guard import signed_in, staff_only
from admin.accounts.reader import Reader
from admin.summaries.composing import newest
from admin.summaries.pages.blueprint import OFFICE_ROLES, READING_ROLES, blueprint
from admin.summaries.part_list import part_lines
from admin.summaries.planned import Planned, find_planned, planned_in
from admin.summaries.reminding import reminded
from admin.summaries.sending_up import left_to_send
from admin.summaries.sight import NoSuchSummary, puts_together
from admin.summaries.summary import Summary
from admin.summaries.summary_content import SummaryContent
from admin.summaries.waiting import PartCount, count_parts
from portal.foundation import clock
from portal.foundation.database import reading
from portal.foundation.staff import Role


@dataclass(frozen=True)
class WholeLine:
    """A summary before the office: how many parts came, how far the whole is."""

    planned: Planned
    count: PartCount
    whole: Summary | None
    is_sent: bool


@blueprint.get("/summaries")
@staff_only(*READING_ROLES, Role.AUDITOR)
def summaries() -> str:
    """Every summary, as it concerns whoever reads."""
    with reading() as session:
        reader = Reader.of(session)
        access, book = reader.access, reader.book
        every = planned_in(book)
        own = [
            one
            for one in part_lines(session, access, book, every)
            if one.owed.unit in access.fieldwork
        ]
        counts = count_parts(session, book) if access.as_office else {}
        unsent = left_to_send(session, book) if access.as_office else {}
        return render_template(
            "admin/summaries/summaries.html",
            book=book,
            own=own,
            wholes=[
                WholeLine(one, counts[one.key], newest(session, one.key), not unsent[one.key])
                for one in (every if access.as_office else ())
            ],
            records=_records(session) if _reads_records(reader) else [],
            office=access.as_office,
            makes=puts_together(access),
            several=len({one.owed.unit for one in own}) > 1,
            today=clock.today(),
        )


@blueprint.get("/summaries/<key>")
@staff_only(*OFFICE_ROLES)
def summary(key: str) -> str:
    """Who has given his part and who hasn't, whom to call, when each was reminded."""
    with reading() as session:
        reader = Reader.of_the_office(session)
        planned = find_planned(reader.book, key) or abort(404)
        lines = part_lines(session, reader.access, reader.book, [planned])
        return render_template(
            "admin/summaries/summary.html",
            book=reader.book,
            planned=planned,
            lines=lines,
            left=[one for one in lines if not one.has_come],
            reminded=reminded(session, key),
            whole=newest(session, key),
            makes=puts_together(reader.access),
            today=clock.today(),
        )


@blueprint.get("/summaries/<key>/revisions/<int:revision>")
@staff_only(*OFFICE_ROLES, Role.AUDITOR)
def revision(key: str, revision: int) -> str:
    """What was frozen: numbers, tables, SHA-256; no sentence."""
    with reading() as session:
        reader = Reader.of(session)
        wanted = select(Summary).where(Summary.duty == key, Summary.revision == revision)
        found = session.scalars(wanted).first()
        if found is None or found.content is None or not _reads_records(reader):
            raise NoSuchSummary(key)
        return render_template(
            "admin/summaries/revision.html",
            book=reader.book,
            found=found,
            content=SummaryContent.of(found.content),
            makes=puts_together(reader.access),
        )


def _reads_records(reader: Reader) -> bool:
    """Whether this person reads what was frozen: auditors, and who puts it together."""
    return puts_together(reader.access) or signed_in().holds(Role.AUDITOR)


def _records(session: Session) -> list[Summary]:
    wanted = select(Summary).where(Summary.content.is_not(None))
    return list(session.scalars(wanted.order_by(Summary.id.desc())))
