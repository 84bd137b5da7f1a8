"""For the head of a unit: who left it, and what he had in hand."""

from __future__ import annotations

from flask import abort, render_template
from sqlalchemy.orm import Session

from admin.accounts.guard import staff_only
from admin.accounts.reader import Reader
from admin.desk.pages import done
from admin.staffing.leaver import LeftMatter, Matter
from admin.staffing.left_behind import Left, left_units, look_through, matters_of
from admin.staffing.pages.blueprint import Answer, blueprint, go_to, links
from admin.staffing.refusals import NoSuchPerson
from portal.foundation.database import reading, writing
from portal.foundation.formats import moment_day
from portal.foundation.staff import Role

HEADS = (Role.HEAD, Role.OFFICE_HEAD, Role.DISCIPLINE)


@blueprint.get("/leavers")
@staff_only(*HEADS)
def leavers() -> str:
    """The people who left one's units."""
    with reading() as session:
        reader = Reader.of(session)
        rows = [
            (
                one.name,
                reader.book.unit_name(one.unit_code),
                moment_day(one.left_at),
                "看过了" if one.seen_at else "要看",
                links().leavers(one.leaver_id, one.unit_code),
            )
            for one in left_units(session, reader.access)
        ]
        return render_template(
            "admin/staffing/leavers.html",
            rows=rows,
            flash_messages=done.unpack(reader.access.staff_id),
        )


@blueprint.get("/leavers/<int:leaver_id>/<unit>")
@staff_only(*HEADS)
def leaver(leaver_id: int, unit: str) -> str:
    """What he had in hand for a unit, kind by kind."""
    with reading() as session:
        reader = Reader.of(session)
        one = _found(session, reader, leaver_id, unit)
        matters = matters_of(session, reader.access, one)
        groups = [
            (what.official, [(m.ref, _address(m)) for m in matters if m.what is what])
            for what in Matter
        ]
        return render_template(
            "admin/staffing/leaver.html",
            one=one,
            unit=reader.book.unit_name(unit),
            groups=[(heading, rows) for heading, rows in groups if rows],
        )


@blueprint.post("/leavers/<int:leaver_id>/<unit>")
@staff_only(*HEADS)
def looked_through(leaver_id: int, unit: str) -> Answer:
    """Note that it was looked through."""
    with writing() as session:
        reader = Reader.of(session)
        _found(session, reader, leaver_id, unit)
        try:
            look_through(session, reader.access, leaver_id, unit)
        except NoSuchPerson:
            abort(404)
    return go_to(links().leavers(), ["记下了：他手里的事，您看过了。"])


def _found(session: Session, reader: Reader, leaver_id: int, unit: str) -> Left:
    mine = left_units(session, reader.access)
    found = (one for one in mine if (one.leaver_id, one.unit_code) == (leaver_id, unit))
    return next(found, None) or abort(404)


def _address(matter: LeftMatter) -> str:
    """The page on which it goes on; of a package none, since who may see its case has that."""
    found = links()
    if matter.what in {Matter.CASE, Matter.PROPOSAL}:
        return found.case(matter.ref) if matter.case_id else found.closing()
    if matter.what is Matter.ROUND:
        return found.supervision_round(matter.ref)
    if matter.what is Matter.SPOT_CHECK:
        return found.spot_checks()
    return found.assessments(matter.ref) if matter.what is Matter.ASSESSMENT else ""
