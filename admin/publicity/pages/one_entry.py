"""One entry with its history, and its withdrawal."""

from __future__ import annotations

from flask import render_template, request
from sqlalchemy.orm import Session

from admin.accounts.guard import staff_only
from admin.accounts.staff_names import names_of
from admin.entries.withdrawal import Withdrawal, serve_withdrawal
from admin.publicity.entry_list import history
from admin.publicity.pages.blueprint import ROLES, blueprint, links, recorder, the_entry
from admin.publicity.publicity_entry import PublicityEntry
from admin.publicity.recorder import Recorder
from admin.publicity.recording import withdraw
from portal.foundation.database import reading

_DONE = {
    "entered": "已记下。",
    "corrected": "已更正，原来写的还看得到。",
    "withdrawn": "已撤回，不再计数。",
}
NOUN = "这一条"


@blueprint.get("/publishing/publicity/<int:entry_id>")
@staff_only(*ROLES)
def entry(entry_id: int) -> str:
    """What it says, and what it said before."""
    done = _DONE.get(request.args.get("done", ""))
    with reading() as session:
        me = recorder(session)
        found = the_entry(session, me, entry_id)
        versions, reason = history(session, me, found)
        writers = [version.written_by for version, _ in versions]
        names = names_of(session, [*writers, found.withdrawn_by])
    return render_template(
        "admin/publicity/entry.html",
        book=me.book,
        entry=found,
        versions=versions,
        reason=reason,
        names=names,
        flash_messages=[done] if done else [],
    )


def _find(
    session: Session, entry_id: int, *, to_change: bool = False
) -> tuple[Recorder, PublicityEntry]:
    me = recorder(session)
    return me, the_entry(session, me, entry_id, to_change=to_change)


serve_withdrawal(
    blueprint,
    "/publishing/publicity/<int:entry_id>",
    *ROLES,
    how=Withdrawal(
        noun=NOUN,
        effect="这一条还看得到，写明是谁撤回的、为什么，不再计数。",
        find=_find,
        act=withdraw,
        there=lambda entry_id: links().publicity_entry(entry_id),
    ),
)
