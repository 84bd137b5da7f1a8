"""A unit that was drawn, before its team and the office: visits, findings, what came of it."""

from __future__ import annotations

from flask import render_template, request

from admin.accounts.guard import staff_only
from admin.accounts.reader import Reader
from admin.ledger.pages.blueprint import LEDGER_ROLES
from admin.spot_checks.check_file import notes_for, unit_files
from admin.spot_checks.pages.blueprint import blueprint
from admin.spot_checks.sight import find_unit, is_in_team
from portal.foundation.database import reading

_DONE = {
    "visits": "入户记下了。",
    "finding": "已记入台账，责任单位现在能看到。",
    "conclusion": "记下了，这个单位查完了。",
}


@blueprint.get("/spot-checks/<int:check_id>/units/<code>")
@staff_only(*LEDGER_ROLES)
def checked_unit(check_id: int, code: str) -> str:
    """Show it."""
    with reading() as session:
        reader = Reader.of(session)
        check, unit = find_unit(session, reader.access, reader.book, (check_id, code))
        [file] = unit_files(session, check_id, code)
        return render_template(
            "admin/spot_checks/unit.html",
            book=reader.book,
            office=reader.access.as_office,
            check=check,
            unit=reader.book.units[code],
            file=file,
            notes=notes_for(session, reader.access, file.entries),
            checks_it=is_in_team(session, reader.access, unit.team_id),
            flash_messages=[
                _DONE[done] for done in [request.args.get("done", "")] if done in _DONE
            ],
        )
