"""The files of a unit that was drawn, for its team and the office."""

from __future__ import annotations

from admin.accounts.reader import Reader
from admin.files.file_pages import serve_files
from admin.ledger.pages.blueprint import LEDGER_ROLES
from admin.spot_checks.check_file import notes_for, unit_files
from admin.spot_checks.pages.blueprint import blueprint, links
from admin.spot_checks.sight import find_unit
from intake.attachments.stored_file import StoredFile
from portal.foundation.database import reading


def _find(name: str, check_id: int, code: str) -> StoredFile | None:
    with reading() as session:
        reader = Reader.of(session)
        find_unit(session, reader.access, reader.book, (check_id, code))
        [file] = unit_files(session, check_id, code)
        notes = notes_for(session, reader.access, file.entries)
    return next((one for note in notes.values() for one in note.files if one.stored == name), None)


def _back(check_id: int, code: str) -> tuple[str, str]:
    return links().checked_unit(check_id, code), "抽查的单位"


serve_files(
    blueprint,
    "/spot-checks/<int:check_id>/units/<code>",
    *LEDGER_ROLES,
    find=_find,
    back=_back,
)
