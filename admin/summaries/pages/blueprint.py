"""The blueprint that these pages hang on, who reads them, and why a step wasn't done."""

from __future__ import annotations

from flask import Response, abort, current_app
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from admin.accounts.frame import room
from admin.accounts.reader import Reader
from admin.ledger.refusals import DayPassed, NeedsText, SomebodyWasFaster, StepNotAllowed
from admin.publishing.desk import LeaksOpen, NeedsSecondReader
from admin.summaries.planned import Planned, find_planned
from admin.summaries.sending_up import BadFile
from admin.summaries.sight import NoSuchSummary, puts_together
from portal.foundation.errors import error_page
from portal.foundation.links import Links
from portal.foundation.staff import Role

UNIT_ROLES = (Role.OFFICER, Role.HEAD)
OFFICE_ROLES = (Role.OFFICE, Role.OFFICE_HEAD)
# Whoever writes a part; handing it in is the head's.
WRITING_ROLES = (Role.CHECKER, *UNIT_ROLES)
READING_ROLES = (*WRITING_ROLES, *OFFICE_ROLES)
Answer = str | tuple[str, int] | AnyResponse
WHY: dict[type[Exception], str] = {
    StepNotAllowed: "这一步现在不能这样办，或者不该由您来办。",
    SomebodyWasFaster: "您打开这一页以后，有人改过。先看一看，还要办就再按一次。",
    NeedsSecondReader: "您写过、定过这份稿，或者说明过查到的地方，要由另一位负责人审签。",
    LeaksOpen: "还有查到的地方没有说明，不能审签。",
    NeedsText: "还有一定要写的没有写。",
    DayPassed: "日子不对：不能是还没到的一天，回音不能比发出早。",
    BadFile: "文件要是 PDF、DOCX 或者 XLSX，不带宏，最大5兆。",
}

blueprint = room("summaries", __name__)


def links() -> Links:
    """Addresses across the parts."""
    found: Links = current_app.extensions["links"]
    return found


def to_put_together(session: Session, key: str) -> tuple[Reader, Planned]:
    """Whoever works on the whole, and the summary of that key; for others the page doesn't
    exist."""
    reader = maker(session)
    return reader, find_planned(reader.book, key) or abort(404)


def maker(session: Session) -> Reader:
    """Whoever works on the whole; for others the page doesn't exist."""
    reader = Reader.of_the_office(session)
    return reader if puts_together(reader.access) else abort(404)


@blueprint.errorhandler(NoSuchSummary)
def not_there(_error: LookupError) -> Response:
    """What one may not see answers exactly as what doesn't exist."""
    return error_page(404)
