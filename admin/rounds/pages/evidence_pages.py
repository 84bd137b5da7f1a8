"""The files of what a round saw at a unit, for the office; and those of a unit's reports on an
order, for whoever reads these."""

from __future__ import annotations

from admin.accounts.reader import Reader
from admin.files.file_pages import serve_files
from admin.rounds import round_texts
from admin.rounds.pages.blueprint import OFFICE_ROLES, READING_ROLES, blueprint, links
from admin.rounds.round_file import find_round, find_visit, open_order
from intake.attachments.stored_file import StoredFile
from portal.foundation.database import reading


def _find(name: str, key: str, unit: str) -> StoredFile | None:
    with reading() as session:
        reader = Reader.of_the_office(session)
        one = find_round(session, reader.access, key)
        visit = find_visit(session, one, unit, reader.hand())
        own = round_texts.read_own(session, one, reader.hand())
    seen = (text for text in own if text.visit_id == visit.id)
    return next((file for text in seen for file in text.files if file.stored == name), None)


def _back(key: str, unit: str) -> tuple[str, str]:
    return links().supervision_round(key), "这次督导"


def _find_of_report(name: str, key: str) -> StoredFile | None:
    with reading() as session:
        reader = Reader.of(session)
        texts = open_order(session, reader.access, key, reader.hand()).texts
    return next((file for text in texts for file in text.files if file.stored == name), None)


def _back_to_order(key: str) -> tuple[str, str]:
    return links().round_order(key), "督导交代的事"


serve_files(blueprint, "/rounds/<key>/units/<unit>", *OFFICE_ROLES, find=_find, back=_back)
serve_files(
    blueprint,
    "/rounds/orders/<key>",
    *READING_ROLES,
    find=_find_of_report,
    back=_back_to_order,
    of="report_file",
)
